package io.jenkins.plugins.hss;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.BuildListener;
import hudson.model.FreeStyleBuild;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.Run;
import hudson.security.AuthorizationStrategy;
import hudson.security.SecurityRealm;
import io.jenkins.plugins.hss.fake.Answer;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.Zips;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import jenkins.model.ArtifactManager;
import jenkins.model.ArtifactManagerConfiguration;
import jenkins.model.ArtifactManagerFactory;
import jenkins.model.Jenkins;
import jenkins.util.VirtualFile;
import org.htmlunit.html.HtmlAnchor;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Reports that builds keep. */
@ExtendWith(FastPolling.class)
class ReportTest extends SharedJenkins {
    private static final byte[] ZIP = Zips.of("报告.csv", "findings");
    private static final String ARCHIVE =
            "hssImageReportExport reportType: 'sensitive-info', cicdName: 'shop', archiveReport: true";

    @BeforeEach
    void report() {
        hss.service().report(ZIP);
    }

    @AfterEach
    void contractIsKept() {
        hss.assertKept();
    }

    @Test
    void reportIsKeptByteForByte() throws Exception {
        WorkflowRun b = hss.runs(Result.SUCCESS, ARCHIVE);

        String name = "hss-shop-sensitive-info-" + hss.service().taskIds().get(0) + ".zip";
        Builds.assertKeeps(ZIP, name, b);
        assertEquals(
                List.of(name),
                b.getArtifacts().stream().map(artifact -> artifact.relativePath).toList());
        assertThat(
                HssJenkins.log(b),
                allOf(containsString("Archived the report as " + name), not(containsString("fingerprint"))));
    }

    @Test
    void freestyleKeepsItAlike() throws Exception {
        FreeStyleBuild b = hss.runs(Result.SUCCESS, hss.freestyle(HssJenkins.builder("""
                {"reportType": "sensitive-info", "cicdName": "shop", "archiveReport": true}""")));

        String name = "hss-shop-sensitive-info-" + hss.service().taskIds().get(0) + ".zip";
        Builds.assertKeeps(ZIP, name, b);
    }

    @Test
    void pageAndRemoteApiTellWhereItIsAndWhatIsInIt() throws Exception {
        WorkflowRun b = hss.runs(Result.SUCCESS, ARCHIVE);

        JsonNode export = Builds.export(j, b);
        String name = export.get("report").textValue();
        assertEquals(ZIP.length, export.get("reportSize").intValue());
        assertEquals("[\"报告.csv\"]", export.get("reportFiles").toString());
        var page = Builds.page(j, b);
        assertThat(page.getBody().getTextContent(), allOf(containsString("报告.csv"), containsString(ZIP.length + " B")));
        HtmlAnchor link = page.getFirstByXPath("//a[@download='" + name + "']");
        try (InputStream content = j.createWebClient()
                .getPage(page.getFullyQualifiedUrl(link.getHrefAttribute()))
                .getWebResponse()
                .getContentAsStream()) {
            assertArrayEquals(ZIP, content.readAllBytes());
        }
    }

    @Test
    void pageHidesTheReportFromWhoMayNotReadArtifacts() throws Exception {
        WorkflowRun b = hss.runs(Result.SUCCESS, ARCHIVE);
        String permission = "hudson.security.ArtifactsPermission";
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader"));
        System.setProperty(permission, "true");
        try (JenkinsRule.WebClient client = j.createWebClient()) {
            HtmlPage page = client.withJavaScriptEnabled(false).login("reader").getPage(b);
            assertThat(page.getBody().getTextContent(), containsString("HSS image reports"));
            assertNull(page.getFirstByXPath("//a[@download]"));
            assertThat(page.getBody().getTextContent(), not(containsString("报告.csv")));
        } finally {
            System.clearProperty(permission);
            j.jenkins.setAuthorizationStrategy(AuthorizationStrategy.UNSECURED);
            j.jenkins.setSecurityRealm(SecurityRealm.NO_AUTHENTICATION);
        }
    }

    @Test
    void cicdNameThatIsNoFileNameIsReplacedInPart() throws Exception {
        WorkflowRun b = hss.runs(
                Result.SUCCESS,
                "hssImageReportExport reportType: 'apps', cicdName: '../a b\\\\c:\"d\"', archiveReport: true");

        Builds.assertKeeps(
                ZIP, "hss-.._a_b_c_d_-apps-" + hss.service().taskIds().get(0) + ".zip", b);
    }

    @Test
    void longNameFitsTheFileSystem() throws Exception {
        WorkflowRun b = hss.runs(
                Result.SUCCESS,
                "hssImageReportExport reportType: 'sensitive-info', cicdName: '安' * 128, archiveReport: true");

        String name = Builds.export(j, b).get("report").textValue();
        Builds.assertKeeps(ZIP, name, b);
        assertTrue(name.getBytes(UTF_8).length <= 255, name);
    }

    @Test
    void twoReportsOfOneTypeStandSideBySide() throws Exception {
        WorkflowRun b = hss.runs(Result.SUCCESS, "parallel a: { " + ARCHIVE + " }, b: { " + ARCHIVE + " }");

        assertEquals(2, b.getArtifacts().size());
        for (JsonNode export : Builds.exports(j, b)) {
            Builds.assertKeeps(ZIP, export.get("report").textValue(), b);
        }
    }

    @Test
    void remoteArtifactManagerGetsTheReport(@TempDir Path elsewhere) throws Exception {
        var factories = ArtifactManagerConfiguration.get().getArtifactManagerFactories();
        factories.add(new Elsewhere(elsewhere.toFile()));
        try {
            WorkflowRun b = hss.runs(Result.SUCCESS, ARCHIVE);

            String name = Builds.export(j, b).get("report").textValue();
            assertArrayEquals(ZIP, Files.readAllBytes(elsewhere.resolve(b.getExternalizableId() + "/" + name)));
            Builds.assertKeeps(ZIP, name, b);
            assertFalse(new File(b.getRootDir(), "archive").exists());
        } finally {
            factories.clear();
        }
    }

    static Stream<Answer> brokenReports() {
        return Stream.of(
                Answers.truncatedZip(),
                Answers.notAZip(),
                Answers.empty(200),
                Answers.bytes(200, "application/zip", "PK".getBytes(UTF_8)),
                Answers.status(200, "{\"error_code\": \"HSS.0011\"}"));
    }

    @ParameterizedTest
    @MethodSource("brokenReports")
    void brokenReportIsFetchedThreeTimesAndNeverKept(Answer broken) throws Exception {
        hss.service().always(Api.DOWNLOAD, broken);

        WorkflowRun b = hss.runs(Result.FAILURE, ARCHIVE);

        assertEquals(3, hss.service().calls(Api.DOWNLOAD).size());
        assertThat(
                HssJenkins.log(b),
                containsString("ERROR: The report that HSS sent is empty, truncated, or not a ZIP file"));
        assertNothingKept(b);
    }

    @ParameterizedTest
    @MethodSource("brokenReports")
    void reportThatComesWholeTheThirdTimeIsKept(Answer broken) throws Exception {
        hss.service().next(Api.DOWNLOAD, broken, broken);

        WorkflowRun b = hss.runs(Result.SUCCESS, ARCHIVE);

        Builds.assertKeeps(ZIP, Builds.export(j, b).get("report").textValue(), b);
    }

    @Test
    void downloadThatIsCutOnTheWayIsFetchedAgain() throws Exception {
        hss.service().next(Api.DOWNLOAD, Answers.cut());

        WorkflowRun b = hss.runs(Result.SUCCESS, ARCHIVE);

        Builds.assertKeeps(ZIP, Builds.export(j, b).get("report").textValue(), b);
        assertEquals(2, hss.service().calls(Api.DOWNLOAD).size());
    }

    @Test
    void refusedDownloadFailsTheBuildAndLeavesNothing() throws Exception {
        hss.service().always(Api.DOWNLOAD, Answers.hss(404, "HSS.0011", "文件不存在"));

        WorkflowRun b = hss.runs(Result.FAILURE, ARCHIVE);

        assertEquals(1, hss.service().calls(Api.DOWNLOAD).size());
        assertThat(HssJenkins.log(b), allOf(containsString("HSS.0011"), containsString("文件不存在")));
        assertNothingKept(b);
    }

    @Test
    void namesInAnotherEncodingAreNoReasonToRefuseAReport() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, Charset.forName("GBK"))) {
            zip.putNextEntry(new ZipEntry("镜像安全报告.csv"));
            zip.write(1);
        }
        hss.service().report(bytes.toByteArray());

        WorkflowRun b = hss.runs(Result.SUCCESS, ARCHIVE);

        JsonNode export = Builds.export(j, b);
        assertEquals("[\"镜像安全报告.csv\"]", export.get("reportFiles").toString());
        Builds.assertKeeps(bytes.toByteArray(), export.get("report").textValue(), b);
    }

    private void assertNothingKept(Run<?, ?> b) throws Exception {
        assertTrue(b.getArtifacts().isEmpty());
        assertTrue(Builds.export(j, b).get("report").isNull());
        assertEquals("FAILED", Builds.export(j, b).get("state").textValue());
        Builds.assertNothingLeft(b);
    }

    /** Keeps artifacts anywhere but with the build. */
    public static final class Elsewhere extends ArtifactManagerFactory {
        private final File folder;

        Elsewhere(File folder) {
            this.folder = folder;
        }

        @Override
        public ArtifactManager managerFor(Run<?, ?> build) {
            return new Manager(new File(folder, build.getExternalizableId()));
        }

        private static final class Manager extends ArtifactManager {
            private final File folder;

            Manager(File folder) {
                this.folder = folder;
            }

            @Override
            public void onLoad(Run<?, ?> build) {}

            @Override
            public void archive(
                    FilePath workspace, Launcher launcher, BuildListener listener, Map<String, String> artifacts)
                    throws IOException, InterruptedException {
                for (Map.Entry<String, String> artifact : artifacts.entrySet()) {
                    workspace.child(artifact.getValue()).copyTo(new FilePath(new File(folder, artifact.getKey())));
                }
            }

            @Override
            public boolean delete() {
                return false;
            }

            @Override
            public VirtualFile root() {
                return VirtualFile.forFile(folder);
            }
        }
    }
}
