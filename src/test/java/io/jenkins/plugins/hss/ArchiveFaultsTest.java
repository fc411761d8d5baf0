package io.jenkins.plugins.hss;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.BuildListener;
import hudson.model.FreeStyleBuild;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.hss.fake.Zips;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jenkins.model.ArtifactManager;
import jenkins.model.ArtifactManagerConfiguration;
import jenkins.model.ArtifactManagerFactory;
import jenkins.util.VirtualFile;
import org.awaitility.Awaitility;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvnet.hudson.test.JenkinsRule;

/** Whatever an artifact manager does, the build ends, and nothing half-done is left. */
@ExtendWith(FastPolling.class)
class ArchiveFaultsTest extends SharedJenkins {
    private static final String ARCHIVE = "hssImageReportExport reportType: 'files', archiveReport: true";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final CountDownLatch archiving = new CountDownLatch(1);

    @BeforeEach
    void report() {
        hss.service().report(Zips.of("report.csv", "findings"));
    }

    @AfterEach
    void usualManager() {
        ArtifactManagerConfiguration.get().getArtifactManagerFactories().clear();
        hss.assertKept();
    }

    static Stream<Throwable> faults() {
        return Stream.of(
                new IOException("bucket is gone"),
                new CancellationException("bucket is gone"),
                new IllegalStateException("bucket is gone"),
                new NoClassDefFoundError("bucket is gone"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void faultOfTheArchiveFailsTheBuild(Throwable fault) throws Exception {
        manage(() -> {
            throw fault;
        });

        WorkflowRun b = hss.runs(Result.FAILURE, ARCHIVE);
        FreeStyleBuild freestyle = hss.runs(
                Result.FAILURE,
                hss.freestyle(HssJenkins.builder("{\"reportType\": \"files\", \"archiveReport\": true}")));

        assertFailed(b);
        assertFailed(freestyle);
    }

    private void assertFailed(Run<?, ?> b) throws Exception {
        assertThat(JenkinsRule.getLog(b), containsString("bucket is gone"));
        assertEquals("FAILED", Builds.export(j, b).get("state").textValue());
        assertNothingLeft(b);
    }

    @Test
    void abortInterruptsTheArchive() throws Exception {
        manage(() -> new CountDownLatch(1).await());
        WorkflowRun b = hss.starts(ARCHIVE);
        assertTrue(archiving.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));

        b.doStop();

        assertAborted(b);
    }

    @Test
    void abortOfAFreestyleBuildInterruptsTheArchive() throws Exception {
        manage(() -> new CountDownLatch(1).await());
        var b = hss.freestyle(HssJenkins.builder("{\"reportType\": \"files\", \"archiveReport\": true}"))
                .scheduleBuild2(0)
                .waitForStart();
        assertTrue(archiving.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));

        b.doStop();

        assertAborted(b);
    }

    private void assertAborted(Run<?, ?> b) throws Exception {
        Awaitility.await().atMost(5, TimeUnit.SECONDS).until(() -> !b.isBuilding());
        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(b));
        assertThat(
                HssJenkins.log(b),
                containsString("Aborted. Export task " + hss.service().taskIds().get(0) + " continues in HSS."));
        Awaitility.await().atMost(5, TimeUnit.SECONDS).untilAsserted(() -> {
            assertNothingLeft(b);
            assertEquals("ABORTED", Builds.export(j, b).get("state").textValue());
        });
    }

    private static void assertNothingLeft(Run<?, ?> b) {
        Builds.assertNothingLeft(b);
        String[] artifacts = b.getArtifactsDir().list();
        assertEquals(0, artifacts == null ? 0 : artifacts.length);
    }

    private interface Fault {
        void happen() throws Throwable;
    }

    private void manage(Fault fault) {
        ArtifactManagerConfiguration.get().getArtifactManagerFactories().add(new Factory(fault, archiving));
    }

    /** Keeps half of a file with the build before the fault happens. */
    public static final class Factory extends ArtifactManagerFactory {
        private final Fault fault;
        private final CountDownLatch archiving;

        Factory(Fault fault, CountDownLatch archiving) {
            this.fault = fault;
            this.archiving = archiving;
        }

        @Override
        public ArtifactManager managerFor(Run<?, ?> build) {
            return new Manager(this, build);
        }
    }

    private static final class Manager extends ArtifactManager {
        private final transient Factory factory;
        private final transient Run<?, ?> build;

        Manager(Factory factory, Run<?, ?> build) {
            this.factory = factory;
            this.build = build;
        }

        @Override
        public void onLoad(Run<?, ?> loaded) {}

        @Override
        public void archive(
                FilePath workspace, Launcher launcher, BuildListener listener, Map<String, String> artifacts)
                throws IOException, InterruptedException {
            File folder = build.getArtifactsDir();
            Files.createDirectories(folder.toPath());
            for (String name : artifacts.keySet()) {
                Files.writeString(folder.toPath().resolve(name), "half");
            }
            factory.archiving.countDown();
            try {
                factory.fault.happen();
            } catch (IOException | InterruptedException | RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public boolean delete() {
            return false;
        }

        @Override
        public VirtualFile root() {
            return VirtualFile.forFile(build.getArtifactsDir());
        }
    }
}
