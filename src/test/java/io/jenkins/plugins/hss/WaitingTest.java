package io.jenkins.plugins.hss;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.FreeStyleBuild;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Builds that follow their export to its end. */
@ExtendWith(FastPolling.class)
class WaitingTest extends SharedJenkins {

    @AfterEach
    void contractIsKept() {
        hss.assertKept();
    }

    @Test
    void stepEndsWhenTheTaskHasSucceeded() throws Exception {
        hss.service().exportsTake(Duration.ofMillis(300));

        WorkflowRun b = hss.runs(
                Result.SUCCESS, "echo 'id=' + hssImageReportExport(reportType: 'malwares', waitForCompletion: true)");

        String id = hss.service().taskIds().get(0);
        assertThat(
                HssJenkins.log(b),
                allOf(
                        containsString("id=" + id),
                        containsString("[HSS] Export task " + id + ": running ("),
                        containsString("[HSS] Export task " + id + " succeeded")));
        assertThat(hss.service().calls(Api.STATUS).size(), greaterThan(1));
        assertEquals(1, hss.service().tasks());
        assertDone(b);
    }

    @Test
    void buildStepEndsWhenTheTaskHasSucceeded() throws Exception {
        hss.service().exportsTake(Duration.ofMillis(300));

        FreeStyleBuild b = hss.runs(Result.SUCCESS, hss.freestyle(HssJenkins.builder("""
                {"reportType": "malwares", "waitForCompletion": true}""")));

        assertThat(HssJenkins.log(b), containsString(" succeeded"));
        assertDone(b);
    }

    @Test
    void failedTaskFailsTheBuildAndIsNamed() throws Exception {
        hss.service().exportsEnd("failure");
        WorkflowRun pipeline =
                hss.runs(Result.FAILURE, "hssImageReportExport reportType: 'apps', waitForCompletion: true");
        FreeStyleBuild freestyle = hss.runs(Result.FAILURE, hss.freestyle(HssJenkins.builder("""
                {"reportType": "apps", "archiveReport": true}""")));

        List<String> ids = hss.service().taskIds();
        assertFailed(ids.get(0), pipeline);
        assertFailed(ids.get(1), freestyle);
        assertEquals(0, hss.service().calls(Api.DOWNLOAD).size());
    }

    @Test
    void fileThatNobodyDownloadsNeedsNoId() throws Exception {
        hss.service().always(Api.STATUS, Answers.status(200, "{\"task_status\": \"success\"}"));

        hss.runs(Result.SUCCESS, "hssImageReportExport reportType: 'apps', waitForCompletion: true");

        WorkflowRun b = hss.runs(Result.FAILURE, "hssImageReportExport reportType: 'apps', archiveReport: true");
        assertThat(
                HssJenkins.log(b),
                containsString("ERROR: Downloading the report failed: the response has no usable file_id"));
    }

    private static void assertDone(Run<?, ?> b) throws Exception {
        JsonNode export = Builds.export(j, b);
        assertEquals("SUCCEEDED", export.get("state").textValue());
        assertFalse(export.get("endedAt").isNull());
        assertThat(
                Builds.page(j, b).getBody().getTextContent(),
                allOf(containsString("Succeeded"), containsString("took ")));
    }

    private static void assertFailed(String id, Run<?, ?> b) throws Exception {
        String error = "Export task " + id + " failed in HSS";
        assertThat(HssJenkins.log(b), containsString("ERROR: " + error));
        JsonNode export = Builds.export(j, b);
        assertEquals("FAILED", export.get("state").textValue());
        assertThat(export.get("error").textValue(), containsString(error));
        assertThat(Builds.page(j, b).getBody().getTextContent(), containsString(error));
        Builds.assertNothingLeft(b);
    }
}
