package io.jenkins.plugins.hss.scan;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.BuildListener;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.hss.client.CallContext;
import io.jenkins.plugins.hss.engine.Finding;
import io.jenkins.plugins.hss.engine.FindingType;
import io.jenkins.plugins.hss.engine.ScanResult;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestBuilder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a scan makes of its build, and what the build keeps of it. */
@WithJenkins
class BuildScanTest {
    private static final String IMAGE = "shop/web:42";

    private static JenkinsRule j;

    @BeforeAll
    static void start(JenkinsRule rule) {
        j = rule;
    }

    @AfterAll
    static void stop() throws Exception {
        j.after();
    }

    private interface Action {
        void perform(AbstractBuild<?, ?> build, BuildListener listener) throws InterruptedException, IOException;
    }

    private static FreeStyleBuild runs(Result expected, Action action) throws Exception {
        FreeStyleProject job = j.createFreeStyleProject();
        job.getBuildersList().add(new TestBuilder() {
            @Override
            public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
                    throws InterruptedException, IOException {
                action.perform(build, listener);
                return true;
            }
        });
        FreeStyleBuild build = j.buildAndAssertStatus(expected, job);
        assertFalse(JenkinsRule.getLog(build).contains("\tat "), JenkinsRule.getLog(build));
        return build;
    }

    private static CallContext calls() {
        return new CallContext(Instant.now().plusSeconds(60));
    }

    private static ImageScan goOn(Run<?, ?> build, TaskListener listener, ScanParameters parameters, ScanRecord scan)
            throws IOException, InterruptedException {
        return new BuildScan(build, listener, parameters, scan.getNumber(), calls(), null).run(number -> {});
    }

    private static ScanRecord only(Run<?, ?> build) {
        List<ScanRecord> scans = build.getAction(HssScansAction.class).getScans();
        assertEquals(1, scans.size());
        return scans.get(0);
    }

    private static Map<String, String> variables(Run<?, ?> build) throws Exception {
        EnvVars env = build.getEnvironment(TaskListener.NULL);
        env.keySet().removeIf(name -> !name.startsWith("HSS_SCAN_"));
        return env;
    }

    @Test
    void failedGateFailsTheBuildInOneLine() throws Exception {
        FreeStyleBuild b = runs(
                Result.FAILURE,
                (build, listener) -> goOn(build, listener, Scans.parameters(IMAGE), add(build, Scans.result(2, 0, 0))));

        assertThat(
                JenkinsRule.getLog(b),
                containsString("shop/web:42: vulnerability, high and above: 2, and 1 or more fail the build\n"));
        assertEquals("failed", only(b).getResult());
    }

    @Test
    void unstableGateMakesTheBuildUnstable() throws Exception {
        FreeStyleBuild b = runs(Result.UNSTABLE, (build, listener) -> {
            ImageScan scan = goOn(build, listener, Scans.parameters(IMAGE), add(build, Scans.result(0, 30, 0)));
            assertEquals("unstable", scan.getResult());
        });
        assertThat(JenkinsRule.getLog(b), containsString("all types: 31, and 20 or more make the build unstable"));
    }

    @Test
    void resultOfABuildIsNeverImproved() throws Exception {
        runs(Result.FAILURE, (build, listener) -> {
            build.setResult(Result.FAILURE);
            goOn(build, listener, Scans.parameters(IMAGE), add(build, Scans.result(0, 30, 0)));
        });
    }

    @Test
    void passedScanTellsItsNumbers() throws Exception {
        FreeStyleBuild b = runs(Result.SUCCESS, (build, listener) -> {
            ImageScan scan = goOn(build, listener, Scans.parameters(IMAGE), add(build, Scans.result(0, 3, 2)));
            assertEquals("passed", scan.getResult());
            assertEquals(5, scan.count("vulnerability"));
            assertEquals(3, scan.count("vulnerability", "medium"));
            assertEquals(0, scan.count("vulnerability", "high"));
            assertEquals(1, scan.count("malwares"));
            assertEquals("6f1c0a9e2b", scan.getImageId());
            assertEquals(Scans.DIGEST, scan.getDigest());
            assertEquals("High", scan.getSeverity());
            assertEquals("2026-01-01T00:00:00Z", scan.getScannedAt());
            assertEquals(Jenkins.get().getRootUrl() + build.getUrl() + "hss-findings/1/", scan.getUrl());
        });
        assertThat(JenkinsRule.getLog(b), containsString("[HSS] shop/web:42: all quality gates passed"));
    }

    @Test
    void numberThatIsNotKnownIsNeverZero() throws Exception {
        FreeStyleBuild b = j.buildAndAssertSuccess(j.createFreeStyleProject());
        ImageScan scan = copy(new ImageScan(Scans.add(b, IMAGE, Scans.result(0, 1, 0)), "url"));
        assertEquals(1, scan.count("vulnerability", "medium"));
        assertThat(
                assertThrows(IllegalStateException.class, () -> scan.count("sensitive-info"))
                        .getMessage(),
                containsString("sensitive-info"));
        assertThrows(IllegalStateException.class, () -> scan.count("sensitive-info", "high"));
        assertThrows(IllegalArgumentException.class, () -> scan.count("cve"));
        assertThat(
                assertThrows(IllegalArgumentException.class, () -> scan.count("vulnerability", "critical"))
                        .getMessage(),
                containsString("high, medium, low"));

        ImageScan none = copy(new ImageScan(
                ScanRecord.of(1, Scans.parameters(IMAGE)).ended(Outcome.NOT_SCANNED, "no scan", 1), "url"));
        assertEquals("notScanned", none.getResult());
        assertThat(
                assertThrows(IllegalStateException.class, () -> none.count("vulnerability"))
                        .getMessage(),
                containsString(IMAGE + " was not scanned"));
    }

    private static ImageScan copy(ImageScan scan) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(scan);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (ImageScan) in.readObject();
        }
    }

    @Test
    void imageWithoutScanFailsOrIsUnstable() throws Exception {
        FreeStyleBuild failed = runs(
                Result.FAILURE,
                (build, listener) -> goOn(build, listener, Scans.parameters(IMAGE), addNotScanned(build)));
        assertEquals("notScanned", variables(failed).get("HSS_SCAN_RESULT"));
        assertEquals("HSS has no such image.", variables(failed).get("HSS_SCAN_REASON"));
        runs(Result.UNSTABLE, (build, listener) -> {
            ImageScan scan =
                    goOn(build, listener, Scans.parameters(IMAGE, Result.UNSTABLE, false), addNotScanned(build));
            assertEquals("notScanned", scan.getResult());
        });
    }

    private static ScanRecord addNotScanned(Run<?, ?> build) throws IOException {
        HssScansAction action = HssScansAction.of(build);
        int number = action.add(next -> ScanRecord.of(next, Scans.parameters(IMAGE)));
        action.update(number, scan -> scan.ended(Outcome.NOT_SCANNED, "HSS has no such image.", 1));
        return action.get(number);
    }

    private static ScanRecord add(Run<?, ?> build, ScanResult result) throws IOException {
        HssScansAction action = HssScansAction.of(build);
        int number = action.add(next -> ScanRecord.of(next, Scans.parameters(IMAGE)));
        action.files().write(number, result);
        action.update(number, scan -> scan.judged(result, JudgedGate.reason(result.gates()), 1));
        return action.get(number);
    }

    @Test
    void whatGoesWrongBeforeTheFirstCallIsAFailedScan() throws Exception {
        FreeStyleBuild b = runs(Result.FAILURE, (build, listener) -> {
            add(build, Scans.result(0, 0, 1));
            assertEquals("passed", environment(build).get("HSS_SCAN_RESULT"));
            new BuildScan(build, listener, Scans.parameters("shop/db:1"), 0, calls(), null).run(number -> {});
        });

        assertEquals("failed", variables(b).get("HSS_SCAN_RESULT"));
        assertThat(variables(b).get("HSS_SCAN_REASON"), containsString("no-such-credentials"));
        assertNull(variables(b).get("HSS_SCAN_VULNERABILITY"), "of an earlier scan");
    }

    private static EnvVars environment(Run<?, ?> build) throws IOException, InterruptedException {
        return build.getEnvironment(TaskListener.NULL);
    }

    @Test
    void abortedScanIsAFailedOne() throws Exception {
        FreeStyleBuild b = runs(Result.ABORTED, (build, listener) -> {
            CallContext calls = calls();
            calls.cancel();
            new BuildScan(build, listener, Scans.parameters(IMAGE), 0, calls, null).run(number -> {});
        });
        assertEquals("failed", variables(b).get("HSS_SCAN_RESULT"));
        assertEquals("The build was aborted.", variables(b).get("HSS_SCAN_REASON"));
    }

    @Test
    void abortIsKnownBeforeTheThreadOfTheScanHasEnded() throws Exception {
        FreeStyleBuild b = j.buildAndAssertSuccess(j.createFreeStyleProject());
        HssScansAction action = HssScansAction.of(b);
        int number = action.add(next -> ScanRecord.of(next, Scans.parameters(IMAGE)));
        action.replace(number, scan -> scan.aborted(1));
        action.update(number, scan -> scan.judged(Scans.result(0, 0, 0), "", 2));
        assertEquals("failed", environment(b).get("HSS_SCAN_RESULT"));
        assertNull(environment(b).get("HSS_SCAN_VULNERABILITY"));
    }

    @Test
    void consoleIsThatOfTheRegion() {
        assertEquals("https://console.huaweicloud.com/hss2/?region=cn-north-4", ScanRecord.consoleUrl("cn-north-4"));
        assertNull(ScanRecord.consoleUrl(null));
        assertNull(ScanRecord.consoleUrl("eu-west-101"), "a console of its own");
        assertNull(ScanRecord.consoleUrl("x&y"));
    }

    @Test
    void environmentTellsTheLatestScan() throws Exception {
        FreeStyleBuild b = runs(Result.SUCCESS, (build, listener) -> {
            add(build, Scans.result(0, 3, 2));
            EnvVars env = environment(build);
            assertEquals("passed", env.get("HSS_SCAN_RESULT"));
            assertNull(env.get("HSS_SCAN_REASON"));
            assertEquals("5", env.get("HSS_SCAN_VULNERABILITY"));
            assertEquals("0", env.get("HSS_SCAN_VULNERABILITY_HIGH"));
            assertEquals("3", env.get("HSS_SCAN_VULNERABILITY_MEDIUM"));
            assertEquals("1", env.get("HSS_SCAN_MALWARES_HIGH"));
            assertNull(env.get("HSS_SCAN_MALWARES_LOW"), "malware has no level");
            assertNull(env.get("HSS_SCAN_SENSITIVE_INFO"), "not read");
            assertThat(env.get("HSS_SCAN_URL"), containsString(build.getUrl() + "hss-findings/1/"));

            HssScansAction.of(build).add(next -> ScanRecord.of(next, Scans.parameters(IMAGE)));
            env = environment(build);
            assertNull(env.get("HSS_SCAN_RESULT"), "still running");
            assertNull(env.get("HSS_SCAN_VULNERABILITY"));
        });
        assertEquals("failed", variables(b).get("HSS_SCAN_RESULT"), "it ended without a verdict");
    }

    @Test
    void restartKeepsTheSummaryAndTheFindings() throws Exception {
        FreeStyleBuild b = j.buildAndAssertSuccess(j.createFreeStyleProject());
        ScanRecord before = Scans.add(b, IMAGE, Scans.result(2, 1, 0));
        String xml = Jenkins.XSTREAM2.toXML(before);
        assertThat(xml, xml.getBytes(StandardCharsets.UTF_8).length, lessThan(2000));

        Map<String, String> variables = variables(b);
        b.getParent().doReload();
        FreeStyleBuild read = b.getParent().getBuildByNumber(1);
        assertNotSame(b, read);
        assertEquals(xml, Jenkins.XSTREAM2.toXML(only(read)));
        assertEquals(variables, variables(read));
        List<Finding> rows =
                HssScansAction.of(read).files().read(1).findings().get(0).findings();
        assertEquals(Scans.result(2, 1, 0).findings().get(0).findings(), rows);
    }

    @Test
    void largeSummaryStaysSmall() throws Exception {
        String name = "组织/".repeat(100) + "web";
        ScanRecord scan = ScanRecord.of(1, Scans.parameters(name + ":" + "9".repeat(128)));
        scan = scan.judged(Scans.result(9, 9, 9), "gate; ".repeat(1000), 1);
        String xml = Jenkins.XSTREAM2.toXML(scan);
        assertThat(xml, xml.getBytes(StandardCharsets.UTF_8).length, lessThan(2500));
    }

    @Test
    void findingsBecomeArtifactsThatReplaceNone() throws Exception {
        String image = "Registry.example:5000/组织/web_1.x:42";
        String name = "hss-Registry.example-5000----web_1.x-42-1";
        FreeStyleBuild b = runs(Result.FAILURE, (build, listener) -> {
            ScanResult result = Scans.result(1, 0, 0);
            File folder = HssScansAction.of(build).files().temporary(1);
            FindingsArchive archive = new FindingsArchive(build, 1, image, folder);
            assertEquals(List.of(name + ".sarif", name + ".json"), archive.keep(result, false, listener, calls()));
            archive.keep(Scans.result(2, 0, 0), true, listener, calls());
            archive.keep(Scans.result(2, 0, 0), false, listener, calls());
        });

        assertThat(JenkinsRule.getLog(b), containsString(name + ".sarif already"));
        FilePath json = new FilePath(new File(b.getArtifactsDir(), name + ".json"));
        assertThat(json.readToString(), containsString("RHSA-2026:1"));
        assertFalse(json.readToString().contains("RHSA-2026:2"), "replaced");
        assertEquals(2, b.getArtifacts().size());
    }

    @Test
    void nothingHalfDoneIsLeft() throws Exception {
        FreeStyleBuild b = j.buildAndAssertSuccess(j.createFreeStyleProject());
        FindingsFiles files = HssScansAction.of(b).files();
        files.write(1, Scans.result(1, 0, 0));
        File folder = files.temporary(1).getParentFile();
        assertTrue(files.temporary(1).mkdirs());
        assertTrue(new File(folder, "1.json.gz.4711.new").createNewFile());
        assertTrue(new File(folder, "11.json.gz.4711.new").createNewFile());

        files.clean(1);

        assertArrayNames(folder, "1.json.gz", "11.json.gz.4711.new");
    }

    private static void assertArrayNames(File folder, String... names) {
        String[] found = folder.list();
        assertEquals(List.of(names), List.of(found).stream().sorted().toList());
    }

    @Test
    void typeWithoutSeveritiesIsCountedByItsOnlyOne() {
        List<TypeCounts> counts =
                TypeCounts.parse(TypeCounts.format(List.of(Scans.findings(FindingType.NON_COMPLIANT_APP, List.of()))));
        assertEquals(Map.of("medium", 0L), counts.get(0).getSeverities());
        assertNull(counts.get(0).of("high"));
    }
}
