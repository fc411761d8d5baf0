package io.jenkins.plugins.hss;

import static io.jenkins.plugins.hss.Benchmark.heap;
import static io.jenkins.plugins.hss.Benchmark.print;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import io.jenkins.plugins.hss.config.HssConnection;
import io.jenkins.plugins.hss.fake.Api;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

/** What many builds cost that wait at once; run by name only, and described in docs/performance.md. */
class WaitingBenchmark extends SharedJenkins {
    private static final int BUILDS = 1_000;
    private static final int WARM = 50;
    private static final Duration LONG = Duration.ofMinutes(20);
    private static final String WAIT = "hssImageReportExport reportType: 'apps', waitForCompletion: true";
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    @Test
    void thousandBuilds() throws Exception {
        try (StandIn service = new StandIn()) {
            HssConnection connection = hss.connection();
            connection.setEndpoint(service.url());
            WorkflowJob sleeping = job("sleep time: 7200, unit: 'SECONDS'");
            WorkflowJob waiting = job(WAIT);
            service.exportsTake(Duration.ofHours(2));
            // Classes, caches and pools are warm before anything is counted.
            end(start(sleeping, WARM));
            List<WorkflowRun> first = start(waiting, WARM);
            Awaitility.await().atMost(LONG).until(() -> service.tasks() == WARM);
            end(first);

            settle();
            int threads = THREADS.getThreadCount();
            long asleep = heapOf(start(sleeping, BUILDS), "asleep");

            List<WorkflowRun> builds = start(waiting, BUILDS);
            Awaitility.await().atMost(LONG).until(() -> service.tasks() == WARM + BUILDS);
            settle();
            long heap = heap();
            print("waiting: %d threads before, %d during", threads, THREADS.getThreadCount());
            print("waiting: %.1f%% of a core", cpu());
            awaitSuccess(service, builds);
            end(builds);
            settle();
            long awake = heap - heap();
            print(
                    "waiting: heap of a build %.1f kB asleep, %.1f kB waiting: %+.1f kB",
                    asleep / 1e3 / BUILDS, awake / 1e3 / BUILDS, (awake - asleep) / 1e3 / BUILDS);
            assertEquals(WARM + BUILDS, service.tasks());
        }
    }

    /** Measures running builds by what is free after their end, and ends them. */
    private static long heapOf(List<WorkflowRun> builds, String how) throws Exception {
        settle();
        long heap = heap();
        print("%s: %d threads, %.1f%% of a core", how, THREADS.getThreadCount(), cpu());
        end(builds);
        settle();
        return heap - heap();
    }

    private static void awaitSuccess(StandIn service, List<WorkflowRun> builds) throws Exception {
        long end = System.nanoTime();
        service.exportsTake(Duration.ZERO);
        long[] delays = new long[BUILDS];
        Arrays.fill(delays, -1);
        Awaitility.await().atMost(LONG).pollInterval(Duration.ofMillis(100)).until(() -> {
            for (int i = 0; i < BUILDS; i++) {
                if (delays[i] < 0 && !builds.get(i).isBuilding()) {
                    delays[i] = (System.nanoTime() - end) / 1_000_000;
                }
            }
            return LongStream.of(delays).noneMatch(delay -> delay < 0);
        });
        Arrays.sort(delays);
        print(
                "waiting: end known after %.1f s (median), %.1f s (last); the budget of 600 a minute allows %.1f s, %.1f s",
                delays[BUILDS / 2] / 1e3, delays[BUILDS - 1] / 1e3, BUILDS / 2 / 10.0, BUILDS / 10.0);
        for (WorkflowRun build : builds) {
            assertEquals(Result.SUCCESS, build.getResult());
        }
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

    /** Aborts those that still run, and deletes them all. */
    private static void end(List<WorkflowRun> builds) throws Exception {
        for (WorkflowRun build : builds) {
            if (build.isBuilding()) {
                build.getExecution().interrupt(Result.ABORTED);
            }
        }
        awaitEnd(builds);
        for (WorkflowRun build : builds) {
            build.delete();
        }
    }

    /** Lets pools shrink to what they hold while nothing begins or ends. */
    private static void settle() throws InterruptedException {
        Thread.sleep(85_000);
        System.gc();
        Thread.sleep(5_000);
    }

    private static double cpu() throws InterruptedException {
        var os = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = os.getProcessCpuTime();
        long time = System.nanoTime();
        Thread.sleep(60_000);
        return 100.0 * (os.getProcessCpuTime() - cpu) / (System.nanoTime() - time);
    }
}
