package io.jenkins.plugins.hss;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.StringParameterDefinition;
import hudson.model.TaskListener;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.ScannedImage;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.io.IOUtils;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.UnstableBuilder;

/** The result of a scan as Jenkinsfiles and freestyle jobs use it. */
class ScanPipelineTest extends SharedJenkins {
    private static final String POLL = "io.jenkins.plugins.hss.imagePollMillis";

    @BeforeAll
    static void quickly() {
        System.setProperty(POLL, "100");
    }

    @AfterAll
    static void usually() {
        System.clearProperty(POLL);
    }

    @AfterEach
    void theContractWasKept() {
        hss.assertKept();
    }

    @Test
    void smallestCallReturnsWhatIsKnownOfTheImage() throws Exception {
        ScannedImage image =
                scanned("shop/web:42").level("High").vulnerabilities(3, 20, 14).malware();

        WorkflowRun b = hss.runs(Result.SUCCESS, """
                def scan = hssImageScanResult image: 'shop/web:42'
                echo "${scan.count('vulnerability', 'high')} of ${scan.count('vulnerability')}, ${scan.count('risk-config')} settings"
                echo "${scan.result} ${scan.severity} ${scan.imageId} ${scan.digest}"
                echo "env ${env.HSS_SCAN_RESULT} ${env.HSS_SCAN_VULNERABILITY} ${env.HSS_SCAN_VULNERABILITY_HIGH} ${env.HSS_SCAN_MALWARES} ${env.HSS_SCAN_RISK_CONFIG} ${env.HSS_SCAN_BUILD_COMMAND_RISKS}"
                echo "${scan.url == env.HSS_SCAN_URL}"
                """);

        j.assertLogContains("3 of 37, 0 settings", b);
        j.assertLogContains("passed High " + image.text("image_id") + " " + image.text("image_digest"), b);
        j.assertLogContains("env passed 37 3 1 0 null", b);
        j.assertLogContains("true", b);
    }

    @Test
    void aFailedGateFailsTheBuildWithOneLine() throws Exception {
        scanned("shop/web:42").level("High").vulnerabilities(3, 0, 0);

        WorkflowRun b = hss.runs(Result.FAILURE, """
                try {
                    hssImageScanResult image: 'shop/web:42', qualityGates: [
                        [type: 'vulnerability', severity: 'high', threshold: 1],
                        [type: 'malwares', threshold: 1]]
                } finally {
                    echo "env ${env.HSS_SCAN_RESULT}: ${env.HSS_SCAN_REASON}"
                }
                """);

        String log = HssJenkins.log(b);
        assertThat(log, containsString("vulnerability, high and above: 3, and 1 or more fail the build"));
        assertThat(log, containsString("env failed: vulnerability, high and above"));
        assertThat(log, containsString("malwares: 0, fewer than 1"));
    }

    @Test
    void aCriticalityOfUnstableMakesTheBuildUnstable() throws Exception {
        scanned("shop/web:42").level("Low").vulnerabilities(0, 0, 2);

        WorkflowRun b = hss.runs(Result.UNSTABLE, """
                def scan = hssImageScanResult image: 'shop/web:42', qualityGates: [
                    [threshold: 2, criticality: 'UNSTABLE']]
                echo "went on: ${scan.result}"
                """);

        j.assertLogContains("went on: unstable", b);
    }

    @Test
    void anImageThatHssCouldNotScanFailsUnlessTheBuildSaysOtherwise() throws Exception {
        scanned("shop/web:42").status("failed").set("scan_failed_code", "image_over_sized");

        hss.runs(Result.FAILURE, "hssImageScanResult image: 'shop/web:42'");
        WorkflowRun b = hss.runs(Result.UNSTABLE, """
                def scan = hssImageScanResult image: 'shop/web:42', notScanned: 'UNSTABLE'
                echo "went on: ${scan.result}"
                try { scan.count('vulnerability') } catch (e) { echo 'no number' }
                """);

        j.assertLogContains("went on: notScanned", b);
        j.assertLogContains("no number", b);
        j.assertLogContains("image_over_sized", b);
    }

    @Test
    void theScanOfAnEarlierBuildIsNotTaken() throws Exception {
        ScannedImage image = scanned("shop/web:42").scanned(Instant.now().minusSeconds(3600));

        WorkflowRun b = hss.starts("hssImageScanResult image: 'shop/web:42'");
        j.waitForMessage("scannedAfter", b);
        image.scanned(Instant.now().plusSeconds(1));

        j.assertBuildStatusSuccess(j.waitForCompletion(b));
    }

    @Test
    void findingsAreArchivedAndNothingOfASecretIsAnywhere() throws Exception {
        scanned("shop/web:42").level("High").secret().vulnerabilities(1, 0, 0);

        WorkflowRun b = hss.runs(Result.SUCCESS, "hssImageScanResult image: 'shop/web:42', archiveFindings: true");

        assertEquals(
                List.of("hss-shop-web-42-1.json", "hss-shop-web-42-1.sarif"),
                b.getArtifacts().stream()
                        .map(Run.Artifact::getFileName)
                        .sorted()
                        .toList());
        assertTrue(artifact(b, "hss-shop-web-42-1.sarif").contains("\"ruleId\""));
        assertNowhere(b, "canary-content");
        assertNowhere(b, "canary-description");
        assertNowhere(b, HssJenkins.TOKEN);
    }

    @Test
    void aStepWhoseParametersAreRefusedLeavesNoVerdictOfAnEarlierOne() throws Exception {
        scanned("shop/web:42");

        WorkflowRun b = hss.runs(Result.FAILURE, """
                hssImageScanResult image: 'shop/web:42'
                echo "first ${env.HSS_SCAN_RESULT}"
                try {
                    hssImageScanResult image: 'shop/web', qualityGates: [[threshold: 1]]
                } finally {
                    echo "second ${env.HSS_SCAN_RESULT}: ${env.HSS_SCAN_REASON}"
                }
                """);

        j.assertLogContains("first passed", b);
        j.assertLogContains("second failed: \"shop/web\" has no tag", b);
    }

    @Test
    void freestyleBuildsJudgeInABuildStepAndAfterIt() throws Exception {
        scanned("shop/web:42").level("High").vulnerabilities(1, 0, 0);
        FreeStyleProject job = j.createFreeStyleProject();
        job.getBuildersList().add(new HssImageScanResultBuilder(HssJenkins.step(ImageScanResult.class, """
                        {"image": "shop/web:${TAG}", "types": ["vulnerability"]}""")));
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("TAG", "42")));
        job.getBuildersList().add(new UnstableBuilder());
        job.getPublishersList().add(new HssImageScanResultPublisher(HssJenkins.step(ImageScanResult.class, """
                        {"image": "shop/web:42", "qualityGates": [{"type": "vulnerability", "threshold": "1"}]}""")));

        FreeStyleBuild b = hss.runs(Result.FAILURE, job);

        assertThat(HssJenkins.log(b), containsString("vulnerability: 1, and 1 or more fail the build"));
        assertEquals("failed", b.getEnvironment(TaskListener.NULL).get("HSS_SCAN_RESULT"));
    }

    @Test
    void allWhoWaitShareOneReader() throws Exception {
        int images = 8;
        IntStream.range(0, images).forEach(i -> scanned("shop/image" + i + ":1"));

        hss.runs(Result.SUCCESS, """
                def branches = [:]
                for (int i = 0; i < %d; i++) {
                    def name = "shop/image${i}:1"
                    branches[name] = { hssImageScanResult image: name, types: ['malwares'] }
                }
                parallel branches
                """.formatted(images));

        // Each alone would read twice, by two calls each time.
        int calls = hss.service().calls(Api.IMAGES).size();
        assertTrue(calls <= 2 * images, () -> calls + " calls");
    }

    private ScannedImage scanned(String name) {
        ScannedImage image = ScannedImage.of(name).scanned(Instant.now().plusSeconds(60));
        hss.service().images(image);
        return image;
    }

    private static String artifact(Run<?, ?> b, String name) throws IOException {
        try (InputStream in = b.getArtifactManager().root().child(name).open()) {
            return IOUtils.toString(in, StandardCharsets.UTF_8);
        }
    }

    /** Looks into every file of the build, compressed ones too. */
    private static void assertNowhere(Run<?, ?> b, String text) throws IOException {
        try (Stream<Path> files = Files.walk(b.getRootDir().toPath())) {
            files.map(Path::toFile)
                    .filter(File::isFile)
                    .forEach(file -> assertFalse(content(file).contains(text), file::toString));
        }
    }

    private static String content(File file) {
        try {
            byte[] bytes = Files.readAllBytes(file.toPath());
            return file.getName().endsWith(".gz")
                    ? IOUtils.toString(new GZIPInputStream(new ByteArrayInputStream(bytes)), StandardCharsets.UTF_8)
                    : new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
