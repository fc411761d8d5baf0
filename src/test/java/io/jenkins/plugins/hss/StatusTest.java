package io.jenkins.plugins.hss;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Result;
import hudson.model.TaskListener;
import hudson.util.StreamTaskListener;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jenkinsci.plugins.workflow.cps.CpsFlowExecution;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a build says about its export while it waits. */
@ExtendWith(FastPace.class)
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

        j.waitForMessage("waiting for its turn", b);

        assertThat(status(), matchesPattern("Waiting for its turn" + SINCE));
        assertThat(
                onlyLine("waiting for its turn"),
                matchesPattern(
                        "\\[HSS] .+: waiting for its turn for about (1 min|5\\d sec|\\d+ sec).*, so that the calls a"
                                + " minute of the account are kept"));
        assertEquals("QUEUED", Builds.export(j, b).get("state").textValue());
    }

    @Test
    void submitUnderWaySaysSo() throws Exception {
        hss.service().always(Api.SUBMIT, Answers.stallButAct());
        b = hss.starts(WAITING);
        hss.service().await(Api.SUBMIT, 1, PATIENCE);

        assertThat(status(), matchesPattern("Being submitted" + SINCE));
        assertEquals("SUBMITTING", Builds.export(j, b).get("state").textValue());
    }

    @Test
    void refusalAsOneTooManyIsAWaitThatTheLogTells() throws Exception {
        hss.ownAccount(600);
        hss.service()
                .next(Api.SUBMIT, Answers.gateway(429, "APIGW.0308", "too many").withHeader("Retry-After", "240"));
        b = hss.starts(WAITING);

        j.waitForMessage("waiting for its turn for about 4 min", b);

        assertThat(status(), matchesPattern("Waiting for its turn" + SINCE));
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
        assertThat(lines.get(0), startsWith("[HSS] Submitting the export of Software"));
        assertThat(lines.get(1), startsWith("[HSS] HSS has created the export task " + id));
        assertThat(lines.get(2), startsWith("[HSS] The export task " + id + " is in_line after "));
        assertThat(lines.get(3), startsWith("[HSS] The export task " + id + " is running after "));
        assertThat(lines.get(4), startsWith("[HSS] The export task " + id + " has succeeded"));
    }

    @Test
    void longWaitIsToldOnceInAWhile() throws Exception {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        Instant began = Instant.parse("2026-01-31T08:00:00Z");
        AtomicReference<Instant> now = new AtomicReference<>(began);
        try (StreamTaskListener listener = new StreamTaskListener(text, StandardCharsets.UTF_8)) {
            ExportLog log = new ExportLog((TaskListener) listener, now::get);
            for (int minute = 0; minute < 12; minute++) {
                log.running("t1", began, "running");
                now.updateAndGet(time -> time.plus(Duration.ofMinutes(1)));
            }
        }

        assertEquals(
                List.of(
                        "[HSS] The export task t1 is running after 0 ms",
                        "[HSS] The export task t1 is running after 5 min 0 sec",
                        "[HSS] The export task t1 is running after 10 min"),
                text.toString(StandardCharsets.UTF_8).lines().toList());
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
