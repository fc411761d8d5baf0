package io.jenkins.plugins.hss;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.GarbageCollectionNotificationInfo;
import hudson.model.Result;
import io.jenkins.plugins.hss.client.ExportField;
import io.jenkins.plugins.hss.client.ExportRequest;
import io.jenkins.plugins.hss.client.Gate;
import io.jenkins.plugins.hss.client.HssClient;
import io.jenkins.plugins.hss.client.TokenAuthentication;
import io.jenkins.plugins.hss.config.JenkinsTransport;
import io.jenkins.plugins.hss.fake.FakeHss;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a step and a report cost; run by name only, and described in docs/performance.md. */
class Benchmark extends SharedJenkins {
    @TempDir
    private Path folder;

    static void print(String format, Object... values) {
        System.out.println("BENCHMARK " + String.format(format, values));
    }

    // One step

    @Test
    void step() throws Exception {
        String export = "hssImageReportExport 'apps'";
        String sleep = "sleep time: 1, unit: 'MILLISECONDS'";
        String curl = "sh 'curl --silent --show-error --fail --output /dev/null --header \"X-Auth-Token: "
                + HssJenkins.TOKEN
                + "\" --json \\'{\"export_size\":1,\"security_report_type\":\"apps\",\"operate_all\":true}\\' "
                + hss.service().url() + "/v5/" + FakeHss.PROJECT + "/image/security-report/export-tasks'";
        List<String> steps = List.of("echo 'x'", sleep, export, curl);
        List<List<Double>> rounds =
                steps.stream().<List<Double>>map(step -> new ArrayList<>()).toList();
        for (int round = -2; round < 7; round++) {
            for (int i = 0; i < steps.size(); i++) {
                boolean node = steps.get(i).startsWith("sh ");
                double millis = round(steps.get(i), node);
                if (round >= 0) {
                    rounds.get(i).add(millis);
                }
            }
        }
        for (int i = 0; i < steps.size(); i++) {
            List<Double> sorted = rounds.get(i).stream().sorted().toList();
            print(
                    "step: %-40.40s median %6.1f ms (%.1f to %.1f)",
                    steps.get(i), sorted.get(sorted.size() / 2), sorted.get(0), sorted.get(sorted.size() - 1));
        }
    }

    private double round(String step, boolean node) throws Exception {
        String loop = "def t = System.currentTimeMillis(); for (int i = 0; i < 30; i++) { " + step
                + " }\n echo 'took ' + (System.currentTimeMillis() - t) + ' ms'";
        WorkflowRun build = hss.runs(Result.SUCCESS, node ? "node { " + loop + " }" : loop);
        String log = HssJenkins.log(build);
        return Long.parseLong(log.replaceAll("(?s).*took (\\d+) ms.*", "$1")) / 30.0;
    }

    // One large report

    @Test
    void largeReport() throws Exception {
        long size = 1L << 30;
        hss.service().reportOfSize(size);
        HssClient client = new HssClient(
                JenkinsTransport.get(),
                new HssClient.Scope(hss.service().url(), null, FakeHss.PROJECT, null),
                new TokenAuthentication(HssJenkins.TOKEN),
                Gate.OPEN);
        String task = client.submit(ExportRequest.builder()
                        .with(ExportField.SECURITY_REPORT_TYPE, "apps")
                        .with(ExportField.EXPORT_SIZE, 1L)
                        .build())
                .join();
        String file = client.task(task).join().fileId();
        Path ours = folder.resolve("ours.zip");
        Path theirs = folder.resolve("theirs.zip");
        String url = hss.service().url() + "/v5/" + FakeHss.PROJECT + "/download/" + file;
        List<Double> plugin = new ArrayList<>();
        List<Double> curl = new ArrayList<>();
        long before = heap();
        AtomicLong most = new AtomicLong(before);
        NotificationListener listener = (notification, handback) -> most.accumulateAndGet(
                GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData())
                        .getGcInfo()
                        .getMemoryUsageAfterGc()
                        .entrySet()
                        .stream()
                        .filter(pool -> pool.getKey().startsWith("G1 ")
                                && !pool.getKey().contains("Meta"))
                        .mapToLong(pool -> pool.getValue().getUsed())
                        .sum(),
                Math::max);
        List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
        collectors.forEach(
                collector -> ((NotificationEmitter) collector).addNotificationListener(listener, null, null));
        for (int round = 0; round < 9; round++) {
            long time = System.nanoTime();
            client.download(file, ours).join();
            plugin.add(size / 1e6 / ((System.nanoTime() - time) / 1e9));
            time = System.nanoTime();
            int exit = new ProcessBuilder(
                            "curl", "-s", "-f", "-o", theirs.toString(), "-H", "X-Auth-Token: " + HssJenkins.TOKEN, url)
                    .inheritIO()
                    .start()
                    .waitFor();
            curl.add(size / 1e6 / ((System.nanoTime() - time) / 1e9));
            assertEquals(0, exit);
            assertEquals(-1, Files.mismatch(ours, theirs));
        }
        print("report: 1 GiB at %.0f MB/s, by curl at %.0f MB/s (medians of 7 after 2)", median(plugin), median(curl));
        print("report: live heap grew by %.1f MB at the most", (most.get() - before) / 1e6);
    }

    /** What is live once everything else is collected, bytes. */
    static long heap() throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            System.gc();
            Thread.sleep(500);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static double median(List<Double> values) {
        List<Double> warm = values.stream().skip(2).sorted().toList();
        return warm.get(warm.size() / 2);
    }
}
