package io.jenkins.plugins.hss;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.GarbageCollectionNotificationInfo;
import hudson.model.Item;
import hudson.model.Result;
import io.jenkins.plugins.hss.client.CallContext;
import io.jenkins.plugins.hss.client.ExportField;
import io.jenkins.plugins.hss.client.ExportRequest;
import io.jenkins.plugins.hss.client.ExportTask;
import io.jenkins.plugins.hss.client.HssClient;
import io.jenkins.plugins.hss.client.SendListener;
import io.jenkins.plugins.hss.config.ConnectionOverrides;
import io.jenkins.plugins.hss.config.ResolvedConnection;
import io.jenkins.plugins.hss.fake.FakeHss;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
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
        Map<String, List<Double>> times = new LinkedHashMap<>();
        for (String step : steps) {
            print("step: %-40.40s first call %.1f ms", step, times(step, 1).get(0));
            times.put(step, new ArrayList<>());
        }
        List<String> shuffled = new ArrayList<>(steps);
        for (int round = -2; round < 3; round++) {
            Collections.shuffle(shuffled);
            for (String step : shuffled) {
                List<Double> measured = times(step, 30);
                if (round >= 0) {
                    times.get(step).addAll(measured);
                }
            }
        }
        times.forEach((step, measured) -> {
            Collections.sort(measured);
            print(
                    "step: %-40.40s median %.1f ms, p90 %.1f ms, largest %.1f ms",
                    step,
                    measured.get(measured.size() / 2),
                    measured.get(measured.size() * 9 / 10),
                    measured.get(measured.size() - 1));
        });
    }

    /** Returns how long each call of a step took, in milliseconds. */
    private List<Double> times(String step, int calls) throws Exception {
        String loop = "def times = []; for (int i = 0; i < " + calls + "; i++) { def t = System.currentTimeMillis(); "
                + step + "; times << System.currentTimeMillis() - t }\n echo \"took ${times.join(' ')} ms\"";
        WorkflowRun build = hss.runs(Result.SUCCESS, step.startsWith("sh ") ? "node { " + loop + " }" : loop);
        return Stream.of(HssJenkins.log(build)
                        .replaceAll("(?s).*took ([0-9 ]+) ms.*", "$1")
                        .split(" "))
                .map(Double::valueOf)
                .toList();
    }

    // One large report

    @Test
    void largeReport() throws Exception {
        long size = 1L << 30;
        hss.service().reportOfSize(size);
        HssClient client = ResolvedConnection.ofItem((Item) null, new ConnectionOverrides(null, null, null, null, null))
                .client(new CallContext(Instant.now().plus(Duration.ofHours(1))));
        String taskId = client.submit(
                ExportRequest.builder()
                        .with(ExportField.SECURITY_REPORT_TYPE, "apps")
                        .with(ExportField.EXPORT_SIZE, 1L)
                        .build(),
                SendListener.NONE);
        ExportTask task = client.task(taskId);
        Path ours = folder.resolve("ours.zip");
        Path theirs = folder.resolve("theirs.zip");
        String url = hss.service().url() + "/v5/" + FakeHss.PROJECT + "/download/" + task.fileId();
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
            client.download(task, ours);
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
