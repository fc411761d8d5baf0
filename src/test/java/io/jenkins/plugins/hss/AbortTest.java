package io.jenkins.plugins.hss;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.hss.fake.Answer;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.FakeHss;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Aborted at whatever point, a build ends at once, leaves the service alone, and says what it leaves there. */
@ExtendWith(FastPolling.class)
class AbortTest extends SharedJenkins {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What a build is doing when it is aborted. */
    enum Phase {
        QUEUED("No task was created in HSS."),
        SUBMITTING("HSS may have created a task: look at the export tasks in the HSS console"),
        WAITING_TO_SUBMIT_AGAIN("No task was created in HSS."),
        COUNTING("Export task %s continues in HSS."),
        PAUSING("Export task %s continues in HSS."),
        READING_THE_STATE("Export task %s continues in HSS."),
        WAITING_TO_READ_AGAIN("Export task %s continues in HSS."),
        DOWNLOADING("Export task %s continues in HSS.");

        private final String standing;

        Phase(String standing) {
            this.standing = standing;
        }

        void prepare(HssJenkins hss) throws Exception {
            FakeHss service = hss.service();
            switch (this) {
                case QUEUED -> hss.spendSubmit();
                case SUBMITTING -> service.always(Api.SUBMIT, Answers.stallButAct());
                case WAITING_TO_SUBMIT_AGAIN -> service.always(Api.SUBMIT, unavailable());
                case COUNTING -> service.always(Api.STATISTIC, Answers.stall());
                case PAUSING -> FastPolling.slow();
                case READING_THE_STATE -> service.always(Api.STATUS, Answers.stall());
                case WAITING_TO_READ_AGAIN -> service.always(Api.STATUS, unavailable());
                case DOWNLOADING -> service.always(Api.DOWNLOAD, Answers.stallWithin());
            }
        }

        private static Answer unavailable() {
            return Answers.gateway(503, "APIGW.0613", "no backend").withHeader("Retry-After", "300");
        }

        void await(HssJenkins hss, Run<?, ?> b) throws Exception {
            FakeHss service = hss.service();
            switch (this) {
                case QUEUED -> j.waitForMessage("rate limit reached", b);
                case SUBMITTING -> service.await(Api.SUBMIT, 1, PATIENCE);
                case WAITING_TO_SUBMIT_AGAIN -> {
                    service.await(Api.SUBMIT, 1, PATIENCE);
                    Awaitility.await().until(() -> state(b).equals("QUEUED"));
                }
                case COUNTING -> service.await(Api.STATISTIC, 1, PATIENCE);
                case PAUSING -> j.waitForMessage("records match", b);
                case READING_THE_STATE, WAITING_TO_READ_AGAIN -> service.await(Api.STATUS, 1, PATIENCE);
                case DOWNLOADING -> service.await(Api.DOWNLOAD, 1, PATIENCE);
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
    void pipelineEndsAtOnceAndSaysWhatItLeaves(Phase phase) throws Exception {
        phase.prepare(hss);
        WorkflowRun b = hss.starts("""
                hssImageReportExport reportType: 'apps', archiveReport: true, unstableAbove: 100
                hssImageReportExport reportType: 'apps'
                """);
        phase.await(hss, b);

        b.doStop();

        assertAborted(b, phase);
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void freestyleEndsAtOnceAndSaysWhatItLeaves(Phase phase) throws Exception {
        phase.prepare(hss);
        var job = hss.freestyle(HssJenkins.builder("""
                {"reportType": "apps", "archiveReport": true, "unstableAbove": "100"}"""));
        job.getBuildersList().add(HssJenkins.builder("{\"reportType\": \"apps\"}"));
        var b = job.scheduleBuild2(0).waitForStart();
        phase.await(hss, b);

        b.doStop();

        assertAborted(b, phase);
    }

    @Test
    void branchIsAbortedWithTheOthers() throws Exception {
        hss.service().next(Api.STATUS, Answers.stall());
        WorkflowRun b = hss.starts("""
                parallel failFast: true, 'export': {
                    hssImageReportExport reportType: 'apps', waitForCompletion: true
                }, 'other': {
                    waitUntil { env.HSS_EXPORT_TASK_ID != null }
                    error 'broken'
                }
                """);

        j.assertBuildStatus(Result.FAILURE, j.waitForCompletion(b));

        j.assertLogContains("Aborted. Export task " + hss.service().taskIds().get(0) + " continues in HSS.", b);
        assertEquals("ABORTED", state(b));
    }

    private void assertAborted(Run<?, ?> b, Phase phase) throws Exception {
        Awaitility.await().atMost(5, TimeUnit.SECONDS).until(() -> !b.isBuilding());
        int calls = hss.service().calls().size();
        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(b));
        String id = hss.service().tasks() == 0 ? null : hss.service().taskIds().get(0);
        assertThat(HssJenkins.log(b), containsString("[HSS] Aborted. " + phase.standing.formatted(id)));
        JsonNode export = Builds.export(j, b);
        assertEquals("ABORTED", export.get("state").textValue());
        assertEquals(
                phase.standing.contains("%s") ? id : null, export.get("taskId").textValue());
        Awaitility.await()
                .during(300, TimeUnit.MILLISECONDS)
                .until(() -> hss.service().calls().size() == calls);
        Builds.assertNothingLeft(b);
    }

    private static String state(Run<?, ?> b) throws Exception {
        return Builds.export(j, b).get("state").textValue();
    }
}
