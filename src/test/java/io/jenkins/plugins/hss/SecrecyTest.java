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
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.LogRecorder;

/** The token is on the wire and nowhere else, and the server's log stays quiet. */
class SecrecyTest extends SharedJenkins {
    private static final String PACKAGE = "io.jenkins.plugins.hss";
    private final LogRecorder logs = new LogRecorder();

    @BeforeEach
    void record() {
        logs.record("", Level.INFO).record(PACKAGE, Level.ALL).capture(10_000);
        Logger.getLogger(PACKAGE + ".SecrecyTest").finest("recorded");
    }

    @AfterEach
    void stopRecording() {
        logs.close();
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
                logs.getRecords().stream()
                        .filter(log -> String.valueOf(log.getLoggerName()).startsWith(PACKAGE))
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
            List<Path> files = filesWith(job.getRootDir().toPath(), "<?xml");
            assertTrue(files.stream().anyMatch(file -> file.endsWith("config.xml")), files.toString());
            assertTrue(files.stream().anyMatch(file -> file.endsWith("build.xml")), files.toString());
        }
        assertEquals(List.of(), filesWith(j.jenkins.getRootDir().toPath(), HssJenkins.TOKEN));
        assertTrue(logs.getMessages().contains("recorded"));
        for (LogRecord log : logs.getRecords()) {
            assertFalse(new SimpleFormatter().format(log).contains(HssJenkins.TOKEN), log::getMessage);
        }
    }

    /** Returns the files below a folder that contain a text, the code of Jenkins and its plugins aside. */
    private static List<Path> filesWith(Path root, String text) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                boolean code = Set.of("plugins", "war")
                        .contains(directory.getFileName().toString());
                return code ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                // Jenkins replaces its files while they are visited.
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }
}
