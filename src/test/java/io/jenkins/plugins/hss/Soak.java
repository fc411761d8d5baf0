package io.jenkins.plugins.hss;

import static io.jenkins.plugins.hss.Benchmark.heap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.tasks.LogRotator;
import io.jenkins.plugins.hss.config.HssConnection;
import io.jenkins.plugins.hss.config.HssGlobalConfiguration;
import io.jenkins.plugins.hss.export.ExportRecord;
import io.jenkins.plugins.hss.export.HssExportsAction;
import io.jenkins.plugins.hss.fake.Answer;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.FakeHss;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.awaitility.Awaitility;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Hundreds of builds among random faults, aborts and restarts: nothing is exported twice and nothing left; run by name. */
class Soak {
    private static final int RESTARTS = 5;
    private static final int BUILDS = 60;
    private static final List<String> TYPES =
            List.of("malwares", "apps", "files", "sensitive-info", "non-compliant-app", "build-command-risks");
    /** What may go wrong at any call, most calls being answered as they should. */
    private static final List<Answer> FAULTS = List.of(
            Answers.closeAfterReading(),
            Answers.closeAfterReadingButAct(),
            Answers.resetBeforeReading(),
            Answers.resetAfterReading(),
            Answers.cut(),
            Answers.garbage(),
            Answers.html(502, "<html>bad gateway</html>"),
            Answers.empty(500),
            Answers.hss(400, "HSS.0001", "参数错误"),
            Answers.gateway(503, "APIGW.0613", "The backend service is unavailable"),
            Answers.gateway(429, "APIGW.0308", "The throttling threshold has been reached")
                    .withHeader("Retry-After", "1"));

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private final long seed = Long.getLong("soak.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final FakeHss service = new FakeHss().token(HssJenkins.TOKEN);
    private final Map<String, String> jobs = new ConcurrentHashMap<>();
    private int begun;

    @BeforeEach
    void quickly() {
        System.setProperty("io.jenkins.plugins.hss.firstPollMillis", "50");
        System.setProperty("io.jenkins.plugins.hss.maxPollMillis", "500");
    }

    @AfterEach
    void usually() {
        System.clearProperty("io.jenkins.plugins.hss.firstPollMillis");
        System.clearProperty("io.jenkins.plugins.hss.maxPollMillis");
        service.close();
    }

    @Test
    void nothingIsExportedTwiceAndNothingIsLeft() throws Throwable {
        System.out.println("SOAK seed " + seed);
        service.exportsTake(Duration.ofSeconds(2));
        for (Api api : Api.ofExports()) {
            service.always(api, exchange -> fault().give(exchange));
        }
        List<Long> heaps = new ArrayList<>();
        for (int session = 0; session <= RESTARTS; session++) {
            boolean last = session == RESTARTS;
            sessions.then(j -> {
                connect();
                for (int i = 0; i < BUILDS; i++) {
                    begin(j);
                    abortOne();
                    Thread.sleep(random.nextInt(150));
                }
                if (last) {
                    Awaitility.await().atMost(Duration.ofMinutes(10)).until(() -> builds().noneMatch(Run::isBuilding));
                    assertAccounted();
                    assertNothingLeft();
                }
                heaps.add(heap() >> 20);
            });
        }
        System.out.println("SOAK " + begun + " builds, " + service.calls().size() + " calls, " + service.tasks()
                + " tasks, heap after each session (MB): " + heaps);
    }

    /** In one Jenkins whose old builds are discarded: what is left of an export once its build is gone? */
    @Test
    void heapStaysFlat() throws Throwable {
        System.out.println("SOAK seed " + seed);
        for (Api api : Api.ofExports()) {
            service.always(api, exchange -> fault().give(exchange));
        }
        List<Long> heaps = new ArrayList<>();
        sessions.then(j -> {
            connect();
            WorkflowJob pipeline = j.createProject(WorkflowJob.class, "pipeline");
            pipeline.setDefinition(new CpsFlowDefinition(
                    "hssImageReportExport reportType: 'apps', archiveReport: true, unstableAbove: 1", true));
            HssImageReportExportBuilder export = new HssImageReportExportBuilder("apps");
            export.setArchiveReport(true);
            FreeStyleProject freestyle = j.createProject(FreeStyleProject.class, "freestyle");
            freestyle.getBuildersList().add(export);
            pipeline.setBuildDiscarder(new LogRotator(-1, 1, -1, -1));
            freestyle.setBuildDiscarder(new LogRotator(-1, 1, -1, -1));
            for (int round = 0; round < 8; round++) {
                for (int i = 0; i < 40; i++) {
                    pipeline.scheduleBuild2(0).waitForStart();
                    freestyle.scheduleBuild2(0).get();
                }
                Awaitility.await().atMost(Duration.ofMinutes(10)).until(() -> builds().noneMatch(Run::isBuilding));
                heaps.add(heap() >> 10);
            }
        });
        System.out.println(
                "SOAK " + service.tasks() + " tasks in one Jenkins, heap after each eighth of them (kB): " + heaps);
        // A single heap goes up and down by some MB; what is left behind only adds up.
        assertTrue(
                Collections.min(heaps.subList(4, 8)) <= Collections.max(heaps.subList(0, 4)), () -> "grows: " + heaps);
    }

    private synchronized Answer fault() {
        return random.nextInt(100) < 15 ? FAULTS.get(random.nextInt(FAULTS.size())) : Answers.behave();
    }

    private void connect() throws Exception {
        HssConnection connection = new HssConnection(HssJenkins.CONNECTION);
        connection.setEndpoint(service.url().toString());
        connection.setProjectId(FakeHss.PROJECT);
        connection.setCredentialsId(HssJenkins.CREDENTIALS);
        connection.setCallsPerMinute(600);
        HssGlobalConfiguration.get().setConnections(List.of(connection));
        HssJenkins.credentials(HssJenkins.token(CredentialsScope.GLOBAL, HssJenkins.CREDENTIALS, HssJenkins.TOKEN));
    }

    private void begin(JenkinsRule j) throws Exception {
        String name = "build-" + ++begun;
        String type = TYPES.get(random.nextInt(TYPES.size()));
        boolean wait = random.nextBoolean();
        boolean archive = wait && random.nextBoolean();
        if (random.nextInt(4) == 0) {
            HssImageReportExportBuilder export = new HssImageReportExportBuilder(type);
            export.setCicdName(name);
            export.setWaitForCompletion(wait);
            export.setArchiveReport(archive);
            export.setTimeoutMinutes("2");
            FreeStyleProject job = j.createProject(FreeStyleProject.class, name);
            job.getBuildersList().add(export);
            job.scheduleBuild2(0).waitForStart();
        } else {
            WorkflowJob job = j.createProject(WorkflowJob.class, name);
            job.setDefinition(new CpsFlowDefinition(
                    "hssImageReportExport reportType: '" + type + "', cicdName: '" + name + "', waitForCompletion: "
                            + wait + ", archiveReport: " + archive + ", timeoutMinutes: 2",
                    true));
            job.scheduleBuild2(0).waitForStart();
        }
        jobs.put(name, type);
    }

    private void abortOne() {
        if (random.nextInt(10) == 0) {
            builds().filter(Run::isBuilding)
                    .findAny()
                    .map(build -> build.getExecutor())
                    .ifPresent(executor -> executor.interrupt());
        }
    }

    private static Stream<Run<?, ?>> builds() {
        return Jenkins.get().getAllItems(Job.class).stream()
                .flatMap(job -> Stream.ofNullable(((Job<?, ?>) job).getLastBuild()));
    }

    /** Each build has its task, or says that there may be one; none has two. */
    private void assertAccounted() throws IOException {
        List<String> names = service.cicdNamesOfTasks();
        List<String> ids = service.taskIds();
        for (Run<?, ?> build : (Iterable<Run<?, ?>>) builds()::iterator) {
            String name = build.getParent().getName();
            HssExportsAction action = build.getAction(HssExportsAction.class);
            List<String> tasks = Stream.iterate(0, i -> i < names.size(), i -> i + 1)
                    .filter(i -> names.get(i).equals(name))
                    .map(ids::get)
                    .toList();
            assertTrue(tasks.size() <= 1, () -> name + " has the tasks " + tasks);
            String known = action == null || action.getExports().isEmpty()
                    ? null
                    : action.getExports().iterator().next().getTaskId();
            if (known != null) {
                assertEquals(List.of(known), tasks, name);
            } else if (!tasks.isEmpty()) {
                String log = JenkinsRule.getLog(build);
                boolean killed = build instanceof hudson.model.FreeStyleBuild
                        && action.getExports().iterator().next().getState() == ExportRecord.State.SUBMITTING;
                assertTrue(killed || log.contains("HSS may have created a task"), name + ": " + log);
            }
        }
        assertEquals(List.of(), service.violations());
    }

    private void assertNothingLeft() throws IOException {
        try (Stream<Path> files = Files.walk(Jenkins.get().getRootDir().toPath())) {
            assertEquals(
                    List.of(),
                    files.filter(file -> file.toString().contains("hss-exports")
                                    && !file.toString().endsWith(".xml"))
                            .filter(Files::isRegularFile)
                            .toList());
        }
        assertEquals(0, Queue.getInstance().getItems().length);
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertFalse(
                        Thread.getAllStackTraces().keySet().stream()
                                .anyMatch(thread -> thread.getName().startsWith("Huawei Cloud HSS")),
                        "threads"));
    }
}
