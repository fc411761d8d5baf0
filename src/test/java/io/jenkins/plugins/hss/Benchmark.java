package io.jenkins.plugins.hss;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.GarbageCollectionNotificationInfo;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import io.jenkins.plugins.hss.client.ExportField;
import io.jenkins.plugins.hss.client.ExportRequest;
import io.jenkins.plugins.hss.client.Gate;
import io.jenkins.plugins.hss.client.HssClient;
import io.jenkins.plugins.hss.client.TokenAuthentication;
import io.jenkins.plugins.hss.config.HssConnection;
import io.jenkins.plugins.hss.config.JenkinsTransport;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.FakeHss;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;
import org.awaitility.Awaitility;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the plugin costs; run by name only, and described in docs/performance.md. */
class Benchmark extends SharedJenkins {
    private static final int WAITING = 1_000;
    private static final Duration LONG = Duration.ofMinutes(20);
    private static final String WAIT = "hssImageReportExport reportType: 'apps', waitForCompletion: true";

    @TempDir
    private Path folder;

    private static void print(String format, Object... values) {
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

    // Many builds

    @Test
    void thousandWaitingBuilds() throws Exception {
        HssConnection connection = hss.connection();
        connection.setCallsPerMinute(600);
        WorkflowJob sleeping = job("sleep 7200");
        WorkflowJob waiting =
                job("hssImageReportExport reportType: 'apps', waitForCompletion: true, timeoutMinutes: 120");
        hss.service().exportsTake(Duration.ofHours(2));
        // Classes, caches and pools are warm before anything is counted.
        abort(start(sleeping, 50));
        List<WorkflowRun> first = start(waiting, 50);
        Awaitility.await().atMost(LONG).until(() -> hss.service().tasks() == 50);
        abort(first);

        settle();
        long threadsBefore = threads();
        List<WorkflowRun> sleepers = start(sleeping, WAITING);
        settle();
        long heapSleeping = heap();
        double cpuSleeping = cpu();
        print("waiting: %d sleeping: %d threads, %.1f%% of a core", WAITING, threads(), cpuSleeping);
        abort(sleepers);
        settle();
        long heapBetween = heap();

        List<WorkflowRun> waiters = start(waiting, WAITING);
        Awaitility.await().atMost(LONG).until(() -> hss.service().tasks() == 50 + WAITING);
        settle();
        long heapWaiting = heap();
        long threadsDuring = threads();
        print("waiting: threads %d before, %d during", threadsBefore, threadsDuring);
        print(
                "waiting: heap per build %.1f kB asleep (freed after: to %d MB), %.1f kB waiting: %+.1f kB",
                (heapSleeping - heapBetween) / 1e3 / WAITING,
                heapBetween >> 20,
                (heapWaiting - heapBetween) / 1e3 / WAITING,
                (heapWaiting - heapSleeping) / 1e3 / WAITING);
        print("waiting: %.1f%% of a core, fake service included", cpu());

        long end = System.nanoTime();
        hss.service().exportsTake(Duration.ZERO);
        long[] delays = new long[WAITING];
        Arrays.fill(delays, -1);
        Awaitility.await().atMost(LONG).pollInterval(Duration.ofMillis(100)).until(() -> {
            for (int i = 0; i < WAITING; i++) {
                if (delays[i] < 0 && !waiters.get(i).isBuilding()) {
                    delays[i] = (System.nanoTime() - end) / 1_000_000;
                }
            }
            return LongStream.of(delays).noneMatch(delay -> delay < 0);
        });
        Arrays.sort(delays);
        print(
                "waiting: end known after %.1f s (median), %.1f s (last); the budget of 600 a minute allows %.1f s, %.1f s",
                delays[WAITING / 2] / 1e3, delays[WAITING - 1] / 1e3, WAITING / 2 / 10.0, WAITING / 10.0);
        for (WorkflowRun build : waiters) {
            assertEquals(Result.SUCCESS, build.getResult());
        }
        assertEquals(50 + WAITING, hss.service().tasks());
    }

    @Test
    void thirtyBuildsOnTwentyCalls() throws Exception {
        hss.connection().setCallsPerMinute(20);
        hss.service().callsPerMinute(20);
        long begin = System.nanoTime();
        List<WorkflowRun> builds = start(job(WAIT), 30);
        awaitEnd(builds);
        print(
                "budget: 30 builds on 20 calls a minute took %.1f s, with at most %d submits and %d reads in a minute;"
                        + " the least possible is 65 s: the 21st submit after a minute, its first read 5 s later",
                (System.nanoTime() - begin) / 1e9,
                hss.service().mostCallsInAMinute(Api.SUBMIT),
                hss.service().mostCallsInAMinute(Api.STATUS));
        for (WorkflowRun build : builds) {
            assertEquals(Result.SUCCESS, build.getResult());
        }
        assertEquals(30, hss.service().calls(Api.SUBMIT).size());
    }

    private WorkflowJob job(String script) throws Exception {
        WorkflowJob job = hss.pipeline(script);
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("N")));
        return job;
    }

    private static List<WorkflowRun> start(WorkflowJob job, int builds) throws Exception {
        int first = job.getNextBuildNumber();
        for (int i = 0; i < builds; i++) {
            job.scheduleBuild2(0, new ParametersAction(new StringParameterValue("N", "" + i)));
        }
        List<WorkflowRun> started = new ArrayList<>();
        for (int number = first; number < first + builds; number++) {
            int each = number;
            WorkflowRun build =
                    Awaitility.await().atMost(LONG).until(() -> job.getBuildByNumber(each), Objects::nonNull);
            build.getExecutionPromise().get();
            started.add(build);
        }
        return started;
    }

    private static void awaitEnd(List<WorkflowRun> builds) {
        for (WorkflowRun build : builds) {
            Awaitility.await().atMost(LONG).until(() -> !build.isLogUpdated());
        }
    }

    private static void abort(List<WorkflowRun> builds) throws Exception {
        for (WorkflowRun build : builds) {
            build.getExecution().interrupt(Result.ABORTED);
        }
        awaitEnd(builds);
        for (WorkflowRun build : builds) {
            build.delete();
        }
    }

    /** Lets pools shrink to what they hold while nothing begins or ends. */
    private static void settle() throws InterruptedException {
        Thread.sleep(90_000);
    }

    /** Counts all threads but those of the stand-in, which has one for each open connection. */
    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName().startsWith("fake-hss"))
                .count();
    }

    private static long heap() throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            System.gc();
            Thread.sleep(500);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static double cpu() throws InterruptedException {
        var os = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = os.getProcessCpuTime();
        long time = System.nanoTime();
        Thread.sleep(60_000);
        return 100.0 * (os.getProcessCpuTime() - cpu) / (System.nanoTime() - time);
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

    private static double median(List<Double> values) {
        List<Double> warm = values.stream().skip(2).sorted().toList();
        return warm.get(warm.size() / 2);
    }
}
