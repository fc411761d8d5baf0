package io.jenkins.plugins.hss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.Result;
import io.jenkins.plugins.hss.fake.Answer;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The token is on the wire and nowhere else, and the server's log stays quiet. */
class SecrecyTest extends SharedJenkins {
    private final Traces traces = new Traces();

    @BeforeEach
    void record() {
        traces.record();
    }

    @AfterEach
    void stopRecording() {
        traces.close();
    }

    @Test
    void goodRunsLeaveNoTokenBehindAndAreNotWorthALineInTheServersLog() throws Exception {
        WorkflowJob pipeline = hss.pipeline("""
                hssImageReportExport reportType: 'malwares', cicdName: 'a'
                hssImageReportExport reportType: 'apps', credentialsId: 'hss-token'
                """);
        FreeStyleProject freestyle =
                hss.freestyle(HssJenkins.builder("{\"reportType\": \"files\", \"credentialsId\": \"hss-token\"}"));

        hss.runs(Result.SUCCESS, pipeline);
        hss.runs(Result.SUCCESS, freestyle);

        hss.assertKept();
        assertEquals(
                Set.of(HssJenkins.TOKEN),
                Set.copyOf(hss.service().calls().stream()
                        .map(call -> call.header("x-auth-token"))
                        .toList()));
        assertNothingLeft(pipeline, freestyle);
        assertEquals(
                List.of(),
                traces.logs().stream()
                        .filter(log -> String.valueOf(log.getLoggerName()).startsWith(Traces.PACKAGE))
                        .filter(log -> log.getLevel().intValue() >= Level.INFO.intValue())
                        .map(LogRecord::getMessage)
                        .toList());
    }

    @Test
    void badRunsLeaveNoTokenBehind() throws Exception {
        String echo = "no such token: " + HssJenkins.TOKEN;
        List<Answer> answers = List.of(
                Answers.hss(401, "HSS.0010", echo),
                Answers.gateway(500, "APIGW.0601", echo).withHeader("X-Request-Id", HssJenkins.TOKEN),
                Answers.status(400, "{\"error_code\":\"" + HssJenkins.TOKEN + "\"}"),
                Answers.html(502, "<p>" + echo),
                Answers.redirect(302, "https://example.com/?token=" + HssJenkins.TOKEN),
                Answers.status(200, "{\"task_id\":\"a/" + HssJenkins.TOKEN + "\"}"),
                Answers.closeAfterReadingButAct(),
                Answers.garbage());
        WorkflowJob pipeline = hss.pipeline("hssImageReportExport reportType: 'malwares', credentialsId: 'hss-token'");
        FreeStyleProject freestyle = hss.freestyle(HssJenkins.builder("{\"reportType\": \"files\"}"));

        for (Answer answer : answers) {
            hss.service().next(Api.SUBMIT, answer, answer);
            hss.runs(Result.FAILURE, pipeline);
            hss.runs(Result.FAILURE, freestyle);
        }
        hss.service().always(Api.SUBMIT, Answers.stall());
        WorkflowRun stalled = pipeline.scheduleBuild2(0).waitForStart();
        hss.service().await(Api.SUBMIT, 2 * answers.size() + 1, Duration.ofSeconds(30));
        assertNothingLeft(pipeline);
        stalled.doStop();
        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(stalled));

        hss.assertKept();
        assertNothingLeft(pipeline, freestyle);
    }

    private void assertNothingLeft(Job<?, ?>... jobs) throws Exception {
        for (Job<?, ?> job : jobs) {
            List<Path> files = traces.files(job.getRootDir().toPath(), "<?xml");
            assertTrue(files.stream().anyMatch(file -> file.endsWith("config.xml")), files.toString());
            assertTrue(files.stream().anyMatch(file -> file.endsWith("build.xml")), files.toString());
        }
        assertEquals(List.of(), traces.files(j.jenkins.getRootDir().toPath(), HssJenkins.TOKEN));
        assertTrue(traces.isLogged("recorded"));
        assertFalse(traces.isLogged(HssJenkins.TOKEN));
    }
}
