package io.jenkins.plugins.hss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleBuild;
import hudson.model.RestartListener;
import hudson.model.Result;
import io.jenkins.plugins.hss.fake.Answer;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.Zips;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** While Jenkins is quieting down, Pipelines begin nothing that a restart would have to wait for. */
@ExtendWith(FastPolling.class)
class QuietDownTest extends SharedJenkins {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @AfterEach
    void goOn() {
        j.jenkins.doCancelQuietDown();
        hss.assertKept();
    }

    private static Answer throttled() {
        return Answers.gateway(429, "APIGW.0308", "too many").withHeader("Retry-After", "1");
    }

    @Test
    void pipelineSubmitsWhenTheQuietDownIsCancelled() throws Exception {
        hss.service().next(Api.SUBMIT, throttled());
        WorkflowRun b = hss.starts("hssImageReportExport reportType: 'apps'");
        hss.service().await(Api.SUBMIT, 1, PATIENCE);
        quietDown();

        Awaitility.await()
                .during(3, TimeUnit.SECONDS)
                .atMost(PATIENCE)
                .until(() -> hss.service().calls(Api.SUBMIT).size() == 1);
        j.jenkins.doCancelQuietDown();

        j.assertBuildStatusSuccess(j.waitForCompletion(b));
        assertEquals(1, hss.service().tasks());
    }

    @Test
    void freestyleBuildGoesOn() throws Exception {
        hss.service().next(Api.SUBMIT, throttled());
        var job = hss.freestyle(HssJenkins.builder("{\"reportType\": \"apps\"}"));
        FreeStyleBuild b = job.scheduleBuild2(0).waitForStart();
        hss.service().await(Api.SUBMIT, 1, PATIENCE);
        quietDown();

        j.assertBuildStatusSuccess(j.waitForCompletion(b));
        assertTrue(j.jenkins.isQuietingDown());
    }

    @Test
    void pipelineArchivesWhenTheQuietDownIsCancelled() throws Exception {
        hss.service().exportsTake(Duration.ofHours(1)).report(Zips.of("a.csv", "1"));
        WorkflowRun b = hss.starts("hssImageReportExport reportType: 'apps', archiveReport: true");
        hss.service().await(Api.STATUS, 1, PATIENCE);
        quietDown();
        hss.service().exportsTake(Duration.ZERO);
        hss.service().await(Api.DOWNLOAD, 1, PATIENCE);

        Awaitility.await()
                .during(2, TimeUnit.SECONDS)
                .atMost(PATIENCE)
                .until(() -> Builds.export(j, b).get("report").isNull());
        j.jenkins.doCancelQuietDown();

        j.assertBuildStatusSuccess(j.waitForCompletion(b));
        assertFalse(Builds.export(j, b).get("report").isNull());
    }

    @Test
    void submitOnTheWireHoldsARestartBack() throws Exception {
        hss.service().next(Api.SUBMIT, Answers.stall());
        WorkflowRun b = hss.starts("hssImageReportExport reportType: 'apps'");
        hss.service().await(Api.SUBMIT, 1, PATIENCE);
        StepExecution step = Builds.stepOf(b);

        assertTrue(step.blocksRestart());
        assertFalse(RestartListener.isAllReady());

        b.doStop();
        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(b));
        Awaitility.await().until(() -> !step.blocksRestart());
    }

    @Test
    void waitForATaskHoldsNoRestartBack() throws Exception {
        hss.service().exportsTake(Duration.ofHours(1));
        WorkflowRun b = hss.starts("hssImageReportExport reportType: 'apps', waitForCompletion: true");
        hss.service().await(Api.STATUS, 1, PATIENCE);

        assertFalse(Builds.stepOf(b).blocksRestart());

        b.doStop();
        j.waitForCompletion(b);
    }

    @SuppressWarnings("deprecation")
    private static void quietDown() throws Exception {
        j.jenkins.doQuietDown();
    }
}
