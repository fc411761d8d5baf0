package io.jenkins.plugins.hss;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Result;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowExecution;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a build says about its export while it waits. */
@ExtendWith(FastPolling.class)
class StatusTest extends SharedJenkins {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String WAITING = "hssImageReportExport reportType: 'apps', waitForCompletion: true";
    private static final String SINCE = " since \\S.+";

    private WorkflowRun b;

    @AfterEach
    void abort() throws Exception {
        if (b != null) {
            b.doStop();
            j.waitForCompletion(b);
        }
        hss.assertKept();
    }

    @Test
    void queuedExportSaysSinceWhenAndTheLogForHowLongAbout() throws Exception {
        hss.spendSubmit();
        b = hss.starts(WAITING);

        j.waitForMessage("rate limit reached", b);

        assertThat(status(), matchesPattern("waiting to submit the export" + SINCE));
        assertThat(
                onlyLine("rate limit reached"),
                matchesPattern("\\[HSS] .+: rate limit reached, waiting about (1 min|\\d+ sec).*"));
        assertEquals("QUEUED", Builds.export(j, b).get("state").textValue());
    }

    @Test
    void submitUnderWaySaysSo() throws Exception {
        hss.service().always(Api.SUBMIT, Answers.stallButAct());
        b = hss.starts(WAITING);
        hss.service().await(Api.SUBMIT, 1, PATIENCE);

        assertThat(status(), matchesPattern("submitting the export" + SINCE));
        assertEquals("SUBMITTING", Builds.export(j, b).get("state").textValue());
    }

    @Test
    void refusalAsOneTooManyIsAWaitThatTheLogTells() throws Exception {
        hss.ownAccount(600);
        hss.service()
                .next(Api.SUBMIT, Answers.gateway(429, "APIGW.0308", "too many").withHeader("Retry-After", "240"));
        b = hss.starts(WAITING);

        j.waitForMessage("Trying again in 4 min", b);

        assertThat(status(), matchesPattern("waiting to submit the export" + SINCE));
    }

    @Test
    void waitingStepNamesItsTaskInTheThreadDump() throws Exception {
        hss.service().exportsTake(Duration.ofHours(1));
        b = hss.starts(WAITING);
        hss.service().await(Api.STATUS, 1, PATIENCE);

        String id = hss.service().taskIds().get(0);
        assertThat(status(), matchesPattern("waiting for the HSS export task " + id + SINCE));
        assertThat(
                ((CpsFlowExecution) b.getExecution()).getThreadDump().toString(),
                allOf(containsString("hssImageReportExport"), containsString("waiting for the HSS export task " + id)));
        assertEquals("RUNNING", Builds.export(j, b).get("state").textValue());
    }

    @Test
    void logTellsEachChangeOfStateOnce() throws Exception {
        hss.service()
                .exportsTake(Duration.ofHours(1))
                .next(
                        Api.STATUS,
                        Answers.status(200, "{\"task_status\": \"in_line\"}"),
                        Answers.status(200, "{\"task_status\": \"in_line\"}"));
        b = hss.starts(WAITING);
        hss.service().await(Api.STATUS, 8, PATIENCE);
        hss.service().exportsTake(Duration.ZERO);

        j.assertBuildStatus(Result.SUCCESS, j.waitForCompletion(b));

        String id = hss.service().taskIds().get(0);
        List<String> lines = lines();
        assertEquals(5, lines.size(), lines::toString);
        assertThat(lines.get(0), startsWith("[HSS] Exporting Software"));
        assertThat(lines.get(1), startsWith("[HSS] Export task " + id + " created"));
        assertThat(lines.get(2), startsWith("[HSS] Export task " + id + ": in_line ("));
        assertThat(lines.get(3), startsWith("[HSS] Export task " + id + ": running ("));
        assertThat(lines.get(4), startsWith("[HSS] Export task " + id + " succeeded"));
    }

    private String status() throws Exception {
        return Builds.stepOf(b).getStatus();
    }

    private List<String> lines() throws Exception {
        return HssJenkins.log(b)
                .lines()
                .filter(line -> line.startsWith("[HSS]"))
                .toList();
    }

    private String onlyLine(String part) throws Exception {
        List<String> lines =
                lines().stream().filter(line -> line.contains(part)).toList();
        assertEquals(1, lines.size(), lines::toString);
        return lines.get(0);
    }
}
