package io.jenkins.plugins.hss;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import hudson.EnvVars;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.FakeHss;
import io.jenkins.plugins.hss.fake.ScannedImage;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Aborted at whatever point, a build that waits for a scan ends at once, and its scan has failed. */
@ExtendWith(FastPolling.class)
class ScanAbortTest extends SharedJenkins {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What a build is doing when it is aborted. */
    enum Phase {
        QUEUED,
        LISTING,
        WAITING,
        READING,
        WAITING_TO_READ_AGAIN,
        DOUBTING;

        void prepare(HssJenkins hss) throws Exception {
            FakeHss service = hss.service();
            ScannedImage image = ScannedImage.of("shop/web:42")
                    .scanned(Instant.now().plusSeconds(60))
                    .level("High")
                    .vulnerabilities(1, 0, 0);
            if (this != WAITING) {
                service.images(image);
            }
            switch (this) {
                case QUEUED -> hss.ownAccount(1);
                case LISTING -> service.always(Api.IMAGES, Answers.stall());
                case WAITING -> FastPolling.slow();
                case READING -> service.always(Api.VULNERABILITIES, Answers.stall());
                case WAITING_TO_READ_AGAIN ->
                    service.always(
                            Api.VULNERABILITIES,
                            Answers.gateway(503, "APIGW.0613", "no backend").withHeader("Retry-After", "300"));
                case DOUBTING -> image.clean().set("vul_num", 7);
            }
        }

        void await(HssJenkins hss, Run<?, ?> b) throws Exception {
            FakeHss service = hss.service();
            switch (this) {
                case QUEUED, LISTING -> service.await(Api.IMAGES, 1, PATIENCE);
                case WAITING -> j.waitForMessage("HSS has no image shop/web:42", b);
                case READING, WAITING_TO_READ_AGAIN -> service.await(Api.VULNERABILITIES, 1, PATIENCE);
                case DOUBTING -> j.waitForMessage("Everything is read once more in a minute", b);
            }
        }
    }

    @AfterEach
    void usualPace() {
        FastPolling.fast();
        hss.assertKept();
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void pipelineEndsAtOnceAndWhatFollowsKnows(Phase phase) throws Exception {
        phase.prepare(hss);
        WorkflowRun b = hss.starts("""
                pipeline {
                    agent none
                    stages {
                        stage('Scan') {
                            steps {
                                hssImageScanResult image: 'shop/web:42', notScanned: 'UNSTABLE'
                                echo 'not reached'
                            }
                        }
                    }
                    post {
                        always {
                            echo "result=$env.HSS_SCAN_RESULT"
                        }
                    }
                }
                """);
        phase.await(hss, b);

        b.doStop();

        assertAborted(b);
        j.assertLogContains("result=failed", b);
        j.assertLogNotContains("not reached", b);
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void freestyleEndsAtOnce(Phase phase) throws Exception {
        phase.prepare(hss);
        FreeStyleProject job = j.createFreeStyleProject();
        job.getBuildersList().add(builder());
        job.getBuildersList().add(builder());
        var b = job.scheduleBuild2(0).waitForStart();
        phase.await(hss, b);

        b.doStop();

        assertAborted(b);
    }

    private static HssImageScanResultBuilder builder() throws Exception {
        return new HssImageScanResultBuilder(HssJenkins.step(ImageScanResult.class, """
                {"image": "shop/web:42", "notScanned": "UNSTABLE"}"""));
    }

    @Test
    void buildThatWaitsForWhatAnotherReadsEndsAloneAndTheOtherGoesOn() throws Exception {
        hss.service().next(Api.IMAGES, Answers.stall());
        WorkflowRun reading = hss.starts("hssImageScanResult 'shop/web:42'");
        hss.service().await(Api.IMAGES, 1, PATIENCE);
        WorkflowRun waiting = hss.starts("hssImageScanResult 'shop/web:43'");
        j.waitForMessage("Waiting for the scan of shop/web:43", waiting);

        waiting.doStop();
        assertAborted(waiting);
        WorkflowRun next = hss.starts("hssImageScanResult 'shop/web:44'");
        j.waitForMessage("Waiting for the scan of shop/web:44", next);
        hss.service()
                .images(ScannedImage.of("shop/web:44").scanned(Instant.now().plusSeconds(60)));
        reading.doStop();
        assertAborted(reading);

        j.assertBuildStatusSuccess(j.waitForCompletion(next));
    }

    private void assertAborted(Run<?, ?> b) throws Exception {
        Awaitility.await().atMost(5, TimeUnit.SECONDS).until(() -> !b.isBuilding());
        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(b));
        HssJenkins.log(b);
        assertEquals("failed", Builds.scan(j, b).get("result").textValue());
        EnvVars env = b.getEnvironment(TaskListener.NULL);
        assertEquals("failed", env.get("HSS_SCAN_RESULT"));
        assertThat(env.get("HSS_SCAN_REASON"), containsString("The build was aborted."));
        assertNull(env.get("HSS_SCAN_VULNERABILITY"));
    }
}
