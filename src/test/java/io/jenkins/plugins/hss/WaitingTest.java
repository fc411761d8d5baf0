package io.jenkins.plugins.hss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.Run;
import hudson.tasks.Fingerprinter;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import java.io.File;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Builds that follow their export to its end. */
@WithJenkins
class WaitingTest {
    private static final byte[] ZIP = Zips.of("报告.csv", "findings");

    private static JenkinsRule j;
    private HssJenkins hss;

    @BeforeAll
    static void shareJenkins(JenkinsRule rule) {
        j = rule;
        System.setProperty("io.jenkins.plugins.hss.run.Pace.firstMillis", "20");
        System.setProperty("io.jenkins.plugins.hss.run.Pace.longestMillis", "100");
    }

    @AfterAll
    static void usualPace() {
        System.clearProperty("io.jenkins.plugins.hss.run.Pace.firstMillis");
        System.clearProperty("io.jenkins.plugins.hss.run.Pace.longestMillis");
    }

    @BeforeEach
    void setUp() throws Exception {
        hss = new HssJenkins(j);
        hss.service().report(ZIP);
    }

    @AfterEach
    void tearDown() {
        assertEquals(List.of(), hss.service().violations());
        hss.close();
    }

    @Test
    void waitsForTheEnd() throws Exception {
        hss.service().exportsTake(Duration.ofMillis(300));

        WorkflowRun b = hss.runs(
                Result.SUCCESS, "echo 'id=' + hssImageReportExport(reportType: 'malwares', waitForCompletion: true)");

        String id = hss.service().taskIds().get(0);
        j.assertLogContains("id=" + id, b);
        j.assertLogContains("The export task " + id + " is running", b);
        j.assertLogContains("The export task " + id + " has succeeded", b);
        assertTrue(hss.service().calls(Api.STATUS).size() > 1);
        assertEquals(1, hss.service().tasks());
        assertEquals(ExportRecord.State.SUCCEEDED, export(b).getState());
    }

    @Test
    void keepsTheReportByteForByte() throws Exception {
        WorkflowRun b = hss.runs(
                Result.SUCCESS,
                "hssImageReportExport reportType: 'sensitive-info', cicdName: 'a/b', archiveReport: true");

        String name = "hss-a_b-sensitive-info-" + hss.service().taskIds().get(0) + ".zip";
        assertArtifact(b, name);
        assertEquals(List.of("报告.csv"), export(b).getReportFiles());
        assertEquals(
                name,
                b.getAction(Fingerprinter.FingerprintAction.class)
                        .getRecords()
                        .keySet()
                        .iterator()
                        .next());
    }

    @Test
    void freestyleKeepsTheReport() throws Exception {
        FreeStyleProject p = j.createFreeStyleProject();
        HssImageReportExportBuilder builder = new HssImageReportExportBuilder("files");
        builder.setArchiveReport(true);
        p.getBuildersList().add(builder);

        FreeStyleBuild b = j.buildAndAssertSuccess(p);

        assertArtifact(b, "hss-files-" + hss.service().taskIds().get(0) + ".zip");
    }

    @Test
    void brokenReportIsFetchedAgainAndNeverKept() throws Exception {
        hss.service().next(Api.DOWNLOAD, Answers.truncatedZip(), Answers.notAZip());
        WorkflowRun good = hss.runs(Result.SUCCESS, "hssImageReportExport reportType: 'apps', archiveReport: true");
        assertArtifact(good, export(good).getReport());
        assertEquals(3, hss.service().calls(Api.DOWNLOAD).size());

        hss.service().always(Api.DOWNLOAD, Answers.notAZip());
        WorkflowRun bad = hss.runs(Result.FAILURE, "hssImageReportExport reportType: 'apps', archiveReport: true");
        assertTrue(bad.getArtifacts().isEmpty());
        j.assertLogContains("empty, cut, or no zip file", bad);
        j.assertLogNotContains("\tat ", bad);
        assertNothingLeft(bad);
    }

    @Test
    void failedTaskFailsTheBuild() throws Exception {
        hss.service().exportsEnd("failure");

        WorkflowRun b = hss.runs(Result.FAILURE, "hssImageReportExport reportType: 'apps', waitForCompletion: true");

        j.assertLogContains("ERROR: The export task " + hss.service().taskIds().get(0) + " has failed in HSS", b);
        j.assertLogNotContains("\tat ", b);
    }

    @Test
    void recordsAreCountedAndJudged() throws Exception {
        hss.service().records(42);

        WorkflowRun unstable = hss.runs(
                Result.UNSTABLE,
                "hssImageReportExport reportType: 'build-command-risks', unstableAbove: 41, failAbove: 42\n"
                        + "echo 'records=' + env.HSS_EXPORT_RECORDS_BUILD_COMMAND_RISKS");
        j.assertLogContains("records=42", unstable);
        WorkflowRun failed = hss.runs(Result.FAILURE, "hssImageReportExport reportType: 'apps', failAbove: 41");
        j.assertLogContains("ERROR: 42 records match the filters, more than failAbove allows (41)", failed);
        hss.runs(Result.SUCCESS, "hssImageReportExport reportType: 'apps', unstableAbove: 42, failAbove: 42");
        assertEquals(42, export(failed).getRecords());
    }

    @Test
    void readsRideOutWhatPasses() throws Exception {
        hss.service().next(Api.STATUS, Answers.gateway(502, "APIGW.0610", "bad gateway"), Answers.garbage());

        hss.runs(Result.SUCCESS, "hssImageReportExport reportType: 'apps', waitForCompletion: true");

        assertEquals(1, hss.service().tasks());
    }

    @Test
    void readsEndAtOnceWhereNothingPasses() throws Exception {
        hss.service().always(Api.STATUS, Answers.hss(403, "HSS.0013", "no permission"));

        WorkflowRun b = hss.runs(Result.FAILURE, "hssImageReportExport reportType: 'apps', waitForCompletion: true");

        assertEquals(1, hss.service().calls(Api.STATUS).size());
        j.assertLogContains("HSS.0013", b);
    }

    @Test
    void abortEndsSoonAndNoCallFollows() throws Exception {
        hss.service().exportsTake(Duration.ofHours(1));
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(
                new CpsFlowDefinition("hssImageReportExport reportType: 'apps', waitForCompletion: true", true));
        WorkflowRun b = job.scheduleBuild2(0).waitForStart();
        hss.service().await(Api.STATUS, 2, Duration.ofSeconds(30));

        b.doStop();
        Awaitility.await().atMost(5, TimeUnit.SECONDS).until(() -> !b.isLogUpdated());

        j.assertBuildStatus(Result.ABORTED, b);
        j.assertLogContains(
                "Aborted. The export task " + hss.service().taskIds().get(0) + " goes on in HSS.", b);
        int calls = hss.service().calls().size();
        Awaitility.await()
                .during(500, TimeUnit.MILLISECONDS)
                .atMost(2, TimeUnit.SECONDS)
                .until(() -> hss.service().calls().size() == calls);
        assertEquals(ExportRecord.State.ABORTED, export(b).getState());
    }

    private static ExportRecord export(Run<?, ?> b) {
        return b.getAction(HssExportsAction.class).getExports().iterator().next();
    }

    private static void assertArtifact(Run<?, ?> b, String name) throws Exception {
        assertEquals(name, export(b).getReport());
        try (InputStream artifact = b.getArtifactManager().root().child(name).open()) {
            assertArrayEquals(ZIP, artifact.readAllBytes());
        }
        assertNothingLeft(b);
    }

    private static void assertNothingLeft(Run<?, ?> b) {
        File[] left = new File(b.getRootDir(), "hss-exports").listFiles((dir, name) -> !name.endsWith(".xml"));
        assertFalse(Stream.of(left).findAny().isPresent(), () -> List.of(left).toString());
    }
}
