package io.jenkins.plugins.hss;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.Run;
import hudson.util.Secret;
import io.jenkins.plugins.hss.config.HssConnection;
import io.jenkins.plugins.hss.config.HssGlobalConfiguration;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.FakeHss;
import io.jenkins.plugins.hss.fake.Zips;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * Exports that are under way while the process of Jenkins is killed; the service lives in the process of the test.
 *
 * <p>What runs in Jenkins' process sees nothing of the plugin but what is public: other class loaders loaded it.
 */
class KilledJenkinsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final byte[] ZIP = Zips.of("report.csv", "findings");

    @RegisterExtension
    private final RealJenkinsExtension jenkins = new RealJenkinsExtension()
            .javaOptions("-Dio.jenkins.plugins.hss.firstPollMillis=20", "-Dio.jenkins.plugins.hss.maxPollMillis=100");

    private final FakeHss service = new FakeHss().token("token").report(ZIP).exportsTake(Duration.ofHours(1));

    @BeforeEach
    void start() throws Throwable {
        jenkins.startJenkins();
        jenkins.runRemotely(KilledJenkinsTest::connect, service.url().toString());
    }

    @AfterEach
    void close() {
        assertEquals(List.of(), service.violations());
        service.close();
    }

    @Test
    void waitGoesOnForTheSameTask() throws Throwable {
        jenkins.runRemotely(KilledJenkinsTest::startStep, "waiting", "waitForCompletion: true, unstableAbove: 100");
        service.await(Api.STATUS, 2, PATIENCE);
        restartKilled();
        service.exportsTake(Duration.ZERO);

        String outcome = jenkins.runRemotely(KilledJenkinsTest::outcome, "waiting");

        String id = service.taskIds().get(0);
        assertThat(
                outcome,
                allOf(
                        startsWith("SUCCESS"),
                        containsString("id=" + id + " env=" + id + " records=42"),
                        containsString("\"state\":\"SUCCEEDED\"")));
        assertEquals(1, service.calls(Api.SUBMIT).size());
        assertEquals(1, service.calls(Api.STATISTIC).size());
    }

    /** The clock of a file server may be any time off: what was saved when is no matter. */
    @ParameterizedTest
    @ValueSource(ints = {0, -10, 10})
    void interruptedSubmitEndsWithWhatToCheckAndIsNeverRepeated(int minutesOff) throws Throwable {
        service.next(Api.SUBMIT, Answers.stallButAct());
        jenkins.runRemotely(KilledJenkinsTest::startStep, "submitting", "waitForCompletion: true");
        service.await(Api.SUBMIT, 1, PATIENCE);
        kill();
        shiftTimes("submitting", Duration.ofMinutes(minutesOff));
        jenkins.startJenkins();

        String outcome = jenkins.runRemotely(KilledJenkinsTest::outcome, "submitting");

        assertThat(
                outcome,
                allOf(
                        startsWith("FAILURE"),
                        containsString("ERROR: Jenkins was stopped while the export was being submitted. HSS may have"
                                + " created a task: look at the export tasks in the HSS console"),
                        containsString("\"state\":\"FAILED\"")));
        assertEquals(1, service.calls(Api.SUBMIT).size());
        assertEquals(1, service.tasks());
    }

    @Test
    void queueAndDownloadBeginAgainAndFreestyleTellsWhatItLeft() throws Throwable {
        service.exportsTake(Duration.ZERO).next(Api.DOWNLOAD, Answers.stallWithin());
        jenkins.runRemotely(KilledJenkinsTest::startStep, "downloading", "archiveReport: true");
        service.await(Api.DOWNLOAD, 1, PATIENCE);
        service.exportsTake(Duration.ofHours(1));
        int polls = service.calls(Api.STATUS).size();
        jenkins.runRemotely(KilledJenkinsTest::startFreestyle, "freestyle");
        service.await(Api.STATUS, polls + 1, PATIENCE);
        jenkins.runRemotely(KilledJenkinsTest::startQueued, "queued");
        assertEquals(2, service.calls(Api.SUBMIT).size());
        service.exportsTake(Duration.ZERO);
        restartKilled();

        String queued = jenkins.runRemotely(KilledJenkinsTest::outcome, "queued");
        String downloading = jenkins.runRemotely(KilledJenkinsTest::outcome, "downloading");
        String freestyle = jenkins.runRemotely(KilledJenkinsTest::outcome, "freestyle");

        assertEquals(3, service.calls(Api.SUBMIT).size());
        assertThat(
                queued,
                allOf(
                        startsWith("SUCCESS"),
                        containsString("id=" + service.taskIds().get(2))));
        assertThat(
                downloading,
                allOf(
                        startsWith("SUCCESS"),
                        containsString("id=" + service.taskIds().get(0)),
                        containsString(Base64.getEncoder().encodeToString(ZIP))));
        assertThat(
                freestyle,
                allOf(
                        containsString("\"state\":\"FAILED\""),
                        containsString("The build ended before the export did. Export task "
                                + service.taskIds().get(1) + " continues in HSS.")));
    }

    private void restartKilled() throws Throwable {
        kill();
        jenkins.startJenkins();
    }

    private void kill() throws Exception {
        Process process = jenkins.getProcess();
        jenkins.stopJenkinsForcibly();
        process.waitFor();
    }

    private void shiftTimes(String name, Duration by) throws IOException {
        Path build = jenkins.getHome().toPath().resolve("jobs/" + name + "/builds/1");
        try (Stream<Path> files = Files.walk(build)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Instant time = Files.getLastModifiedTime(file).toInstant().plus(by);
                Files.setLastModifiedTime(file, FileTime.from(time));
            }
        }
    }

    private static void connect(JenkinsRule j, String url) throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "hss", null, Secret.fromString("token")));
        SystemCredentialsProvider.getInstance().save();
        HssConnection connection = new HssConnection("fake");
        connection.setEndpoint(url);
        connection.setProjectId(FakeHss.PROJECT);
        connection.setCredentialsId("hss");
        connection.setCallsPerMinute(600);
        HssGlobalConfiguration.get().setConnections(List.of(connection));
    }

    private static void startStep(JenkinsRule j, String name, String parameters) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(
                "def id = hssImageReportExport reportType: 'files', " + parameters + "\n"
                        + "echo \"id=$id env=$env.HSS_EXPORT_TASK_ID records=$env.HSS_EXPORT_RECORDS_FILES\"",
                true));
        WorkflowRun b = job.scheduleBuild2(0).waitForStart();
        j.waitForMessage("[HSS] Exporting", b);
    }

    /** The one call a minute has just been made by others, as far as this account knows. */
    private static void startQueued(JenkinsRule j, String name) throws Exception {
        HssConnection connection = HssGlobalConfiguration.get().getConnections().get(0);
        connection.setCallsPerMinute(1);
        HssGlobalConfiguration.get().setConnections(List.of(connection));
        startStep(j, name, "waitForCompletion: false");
        j.waitForMessage(
                "rate limit reached",
                j.jenkins.getItemByFullName(name, WorkflowJob.class).getLastBuild());
    }

    private static void startFreestyle(JenkinsRule j, String name) throws Exception {
        FreeStyleProject job = j.createFreeStyleProject(name);
        HssImageReportExportBuilder builder = new HssImageReportExportBuilder("files");
        builder.setWaitForCompletion(true);
        job.getBuildersList().add(builder);
        job.scheduleBuild2(0).waitForStart();
    }

    /** Waits for the end of a build and returns its result, what its remote API tells, its artifacts and its log. */
    private static String outcome(JenkinsRule j, String name) throws Exception {
        Run<?, ?> b =
                j.waitForCompletion(j.jenkins.getItemByFullName(name, Job.class).getBuildByNumber(1));
        StringBuilder outcome = new StringBuilder(b.getResult() + "\n");
        outcome.append(j.createWebClient()
                .goTo(b.getUrl() + "api/json?tree=actions[exports[*]]", "application/json")
                .getWebResponse()
                .getContentAsString());
        for (var artifact : b.getArtifacts()) {
            try (var content =
                    b.getArtifactManager().root().child(artifact.relativePath).open()) {
                outcome.append('\n').append(Base64.getEncoder().encodeToString(content.readAllBytes()));
            }
        }
        return outcome.append('\n')
                .append(new String(b.getLogInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .toString();
    }
}
