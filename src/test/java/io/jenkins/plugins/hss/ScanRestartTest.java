package io.jenkins.plugins.hss;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.ScannedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** Scans that are waited for, or read, while Jenkins is stopped and started. */
class ScanRestartTest extends RestartedJenkins {
    private static final String SCAN = """
            def scan = hssImageScanResult image: 'shop/web:42', qualityGates: [[threshold: 2, criticality: 'UNSTABLE']]
            echo "result=$scan.result, $env.HSS_SCAN_RESULT; found $env.HSS_SCAN_VULNERABILITY"
            """;

    /** Adds an image that is scanned while the build runs. */
    private void scanned() {
        service.images(ScannedImage.of("shop/web:42")
                .scanned(Instant.now().plusSeconds(60))
                .level("High")
                .vulnerabilities(2, 0, 0));
    }

    @Test
    void waitGoesOnWithItsDeadline() throws Throwable {
        long[] deadline = new long[1];
        sessions.then(j -> {
            WorkflowRun b = starts(new HssJenkins(j, service), SCAN);
            j.waitForMessage("HSS has no image shop/web:42", b);
            deadline[0] = ((WorkExecution) Builds.stepOf(b)).deadline;
        });
        int calls = service.calls(Api.IMAGES).size();
        sessions.then(j -> {
            WorkflowRun b = build(j);
            service.await(Api.IMAGES, calls + 2, PATIENCE);
            WorkExecution step = (WorkExecution) Builds.stepOf(b);
            assertEquals(deadline[0], step.deadline);
            assertThat(step.getStatus(), containsString("waiting for the scan of the image shop/web:42"));
            assertNull(b.getEnvironment(TaskListener.NULL).get("HSS_SCAN_RESULT"));
            assertTrue(Builds.scan(j, b).get("result").isNull());
            scanned();

            assertJudged(j, b);
        });
    }

    @Test
    void readingBeginsAnew() throws Throwable {
        scanned();
        service.next(Api.VULNERABILITIES, Answers.behave(), Answers.stall());
        sessions.then(j -> {
            starts(new HssJenkins(j, service), SCAN);
            service.await(Api.VULNERABILITIES, 2, PATIENCE);
        });
        sessions.then(j -> {
            assertJudged(j, build(j));

            assertEquals(4, service.calls(Api.VULNERABILITIES).size());
        });
    }

    /** The build knows the verdict already, but the step has not ended. */
    @Test
    void judgedScanOnlyEndsTheStep() throws Throwable {
        sessions.then(j -> {
            WorkflowRun b = starts(new HssJenkins(j, service), SCAN);
            j.waitForMessage("HSS has no image shop/web:42", b);
            Builds.stepOf(b);
        });
        judge();
        int calls = service.calls().size();
        sessions.then(j -> {
            assertJudged(j, build(j));

            assertEquals(calls, service.calls().size());
        });
    }

    /** Writes the verdict into the build. */
    private void judge() throws Exception {
        Path file = sessions.getHome().toPath().resolve("jobs/" + job + "/builds/1/build.xml");
        String xml = Files.readString(file);
        String judged = xml.replace("<endedAt>0</endedAt>", """
                <counts>vulnerability high=2 medium=0 low=0 ignored=0 handled=0 total=2 rows=0</counts>
                <gates>* * 2 UNSTABLE 2</gates>
                <result>UNSTABLE</result>
                <reason>all types: 2, and 2 or more make the build unstable</reason>
                <endedAt>1</endedAt>
                """);
        assertTrue(judged.length() > xml.length(), xml);
        Files.writeString(file, judged);
    }

    @Test
    void freestyleBuildEndsWithJenkins() throws Throwable {
        sessions.then(j -> {
            new HssJenkins(j, service);
            FreeStyleProject project = j.createFreeStyleProject();
            project.getBuildersList().add(new HssImageScanResultBuilder(new ImageScanResult("shop/web:42")));
            job = project.getFullName();
            FreeStyleBuild b = project.scheduleBuild2(0).waitForStart();
            j.waitForMessage("HSS has no image shop/web:42", b);
        });
        sessions.then(j -> {
            Run<?, ?> b = j.jenkins.getItemByFullName(job, Job.class).getBuildByNumber(1);

            assertEquals("failed", Builds.scan(j, b).get("result").textValue());
            assertEquals("failed", b.getEnvironment(TaskListener.NULL).get("HSS_SCAN_RESULT"));
        });
    }

    private static void assertJudged(JenkinsRule j, WorkflowRun b) throws Exception {
        j.assertBuildStatus(Result.UNSTABLE, j.waitForCompletion(b));
        j.assertLogContains("result=unstable, unstable; found 2", b);
        String line = "shop/web:42: all types: 2, and 2 or more make the build unstable";
        j.assertLogContains("[HSS] " + line, b);
        assertEquals(line, Builds.warnings(b).get(0).getMessage());
        JsonNode scan = Builds.scan(j, b);
        assertEquals("unstable", scan.get("result").textValue());
        String log = HssJenkins.log(b);
        assertEquals(2, log.split("Waiting for the scan of", -1).length, log);
    }
}
