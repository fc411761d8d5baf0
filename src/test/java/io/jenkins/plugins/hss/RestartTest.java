package io.jenkins.plugins.hss;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.FreeStyleBuild;
import hudson.model.Job;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.hss.config.HssConnection;
import io.jenkins.plugins.hss.config.HssGlobalConfiguration;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** Exports that are under way while Jenkins is stopped and started; the service runs on and counts. */
class RestartTest extends RestartedJenkins {
    @Test
    void queuedExportIsSubmittedOnceAfterwards() throws Throwable {
        sessions.then(j -> {
            HssJenkins hss = new HssJenkins(j, service);
            hss.spendSubmit();
            WorkflowRun b = starts(hss, WAITING);
            j.waitForMessage("rate limit reached, waiting about", b);
            assertEquals(1, service.calls(Api.SUBMIT).size());
            // Another process would begin with a fresh budget; here, another account does.
            hss.connection();
        });
        sessions.then(j -> {
            WorkflowRun b = j.assertBuildStatusSuccess(j.waitForCompletion(build(j)));

            assertEquals(2, service.calls(Api.SUBMIT).size());
            assertDone(j, b, service.taskIds().get(1));
        });
    }

    @Test
    void interruptedSubmitEndsWithWhatToCheckAndIsNeverRepeated() throws Throwable {
        service.next(Api.SUBMIT, Answers.stallButAct());
        sessions.then(j -> {
            starts(new HssJenkins(j, service), WAITING);
            service.await(Api.SUBMIT, 1, PATIENCE);
        });
        sessions.then(j -> {
            WorkflowRun b = j.assertBuildStatus(Result.FAILURE, j.waitForCompletion(build(j)));

            String error = "Jenkins was stopped while the export was being submitted. HSS may have created a task: look"
                    + " at the export tasks in the HSS console";
            assertThat(HssJenkins.log(b), containsString("ERROR: " + error));
            assertThat(Builds.page(j, b).getBody().getTextContent(), containsString(error));
            JsonNode export = Builds.export(j, b);
            assertEquals("FAILED", export.get("state").textValue());
            assertThat(export.get("error").textValue(), containsString(error));
            assertEquals(1, service.calls(Api.SUBMIT).size());
            assertEquals(1, service.tasks());
        });
    }

    @Test
    void submitThatWasRefusedBeforeIsSentOnceAfterwards() throws Throwable {
        service.next(
                Api.SUBMIT,
                Answers.gateway(503, "APIGW.0613", "no backend").withHeader("Retry-After", "300"),
                Answers.behave());
        sessions.then(j -> {
            WorkflowRun b = starts(new HssJenkins(j, service), WAITING);
            service.await(Api.SUBMIT, 1, PATIENCE);
            Awaitility.await()
                    .until(() -> Builds.export(j, b).get("state").textValue().equals("QUEUED"));
        });
        sessions.then(j -> {
            WorkflowRun b = j.assertBuildStatusSuccess(j.waitForCompletion(build(j)));

            assertEquals(2, service.calls(Api.SUBMIT).size());
            assertEquals(1, service.tasks());
            assertDone(j, b, service.taskIds().get(0));
        });
    }

    @Test
    void waitGoesOnForTheSameTask() throws Throwable {
        service.exportsTake(Duration.ofHours(1)).records(7);
        sessions.then(j -> {
            WorkflowRun b = starts(
                    new HssJenkins(j, service),
                    WAITING.replace("true\n", "true, unstableAbove: 6, cicdName: 'shop'\n")
                            + "\necho \"records=$env.HSS_EXPORT_RECORDS_FILES\"");
            service.await(Api.STATUS, 2, PATIENCE);
            assertThat(
                    Builds.stepOf(b).getStatus(),
                    containsString(service.taskIds().get(0)));
        });
        int polls = service.calls(Api.STATUS).size();
        sessions.then(j -> {
            WorkflowRun b = build(j);
            service.await(Api.STATUS, polls + 2, PATIENCE);
            String id = service.taskIds().get(0);
            assertThat(Builds.stepOf(b).getStatus(), containsString("waiting for the HSS export task " + id));
            JsonNode export = Builds.export(j, b);
            assertEquals("RUNNING", export.get("state").textValue());
            assertEquals(7, export.get("records").intValue());
            assertThat(Builds.page(j, b).getBody().getTextContent(), containsString("shop"));
            var env = b.getEnvironment(TaskListener.NULL);
            assertEquals(id, env.get("HSS_EXPORT_TASK_ID"));
            assertEquals("7", env.get("HSS_EXPORT_RECORDS_FILES"));
            service.exportsTake(Duration.ZERO);

            j.assertBuildStatus(Result.UNSTABLE, j.waitForCompletion(b));

            j.assertLogContains("records=7", b);
            assertDone(j, b, id);
            assertEquals(1, service.calls(Api.STATISTIC).size());
            assertEquals(1, service.calls(Api.SUBMIT).size());
        });
    }

    @Test
    void downloadBeginsAgain() throws Throwable {
        service.next(Api.DOWNLOAD, Answers.stallWithin());
        sessions.then(j -> {
            starts(new HssJenkins(j, service), WAITING.replace("waitForCompletion", "archiveReport"));
            service.await(Api.DOWNLOAD, 1, PATIENCE);
        });
        sessions.then(j -> {
            WorkflowRun b = j.assertBuildStatusSuccess(j.waitForCompletion(build(j)));

            String id = service.taskIds().get(0);
            Builds.assertKeeps(ZIP, "hss-files-" + id + ".zip", b);
            assertDone(j, b, id);
            assertEquals(2, service.calls(Api.DOWNLOAD).size());
            assertEquals(1, service.calls(Api.SUBMIT).size());
        });
    }

    @Test
    void exportGoesOnByTheConnectionThatItBeganWith() throws Throwable {
        service.exportsTake(Duration.ofHours(1));
        sessions.then(j -> {
            starts(new HssJenkins(j, service), WAITING);
            service.await(Api.STATUS, 1, PATIENCE);
            HssConnection other = new HssConnection("other");
            other.setEndpoint("http://127.0.0.1:9");
            HssGlobalConfiguration configuration = HssGlobalConfiguration.get();
            configuration.setConnections(
                    List.of(other, configuration.getConnections().get(0)));
            configuration.setDefaultConnection("other");
        });
        service.exportsTake(Duration.ZERO);
        sessions.then(j -> {
            WorkflowRun b = j.assertBuildStatusSuccess(j.waitForCompletion(build(j)));

            assertDone(j, b, service.taskIds().get(0));
        });
    }

    @Test
    void exportOfTheSameThatFollowsIsSubmittedOnItsOwn() throws Throwable {
        service.exportsTake(Duration.ofHours(1));
        sessions.then(j -> {
            starts(new HssJenkins(j, service), WAITING + "\n" + WAITING.replace("def ", ""));
            service.await(Api.STATUS, 1, PATIENCE);
        });
        service.exportsTake(Duration.ZERO);
        sessions.then(j -> {
            j.assertBuildStatusSuccess(j.waitForCompletion(build(j)));

            assertEquals(2, service.calls(Api.SUBMIT).size());
        });
    }

    @Test
    void freestyleBuildEndsWithJenkinsAndTellsWhichTaskGoesOn() throws Throwable {
        service.exportsTake(Duration.ofHours(1));
        sessions.then(j -> {
            var project = new HssJenkins(j, service)
                    .freestyle(HssJenkins.builder("{\"reportType\": \"files\", \"waitForCompletion\": true}"));
            job = project.getFullName();
            FreeStyleBuild b = project.scheduleBuild2(0).waitForStart();
            service.await(Api.STATUS, 1, PATIENCE);
            assertTrue(b.isBuilding());
        });
        int calls = service.calls().size();
        sessions.then(j -> {
            Run<?, ?> b = j.jenkins.getItemByFullName(job, Job.class).getBuildByNumber(1);

            // Jenkins itself may run into a stack trace when it stops amid the end of a build.
            assertThat(
                    JenkinsRule.getLog(b),
                    allOf(
                            containsString(
                                    "Aborted. Export task " + service.taskIds().get(0) + " continues in HSS."),
                            not(containsString("at " + getClass().getPackageName()))));
            assertEquals("ABORTED", Builds.export(j, b).get("state").textValue());
            assertEquals(calls, service.calls().size());
        });
    }

    private static void assertDone(JenkinsRule j, WorkflowRun b, String id) throws Exception {
        j.assertLogContains("id=" + id + " env=" + id, b);
        JsonNode export = Builds.export(j, b);
        assertEquals(id, export.get("taskId").textValue());
        assertEquals("SUCCEEDED", export.get("state").textValue());
        assertThat(Builds.page(j, b).getBody().getTextContent(), containsString(id));
        Builds.assertNothingLeft(b);
    }
}
