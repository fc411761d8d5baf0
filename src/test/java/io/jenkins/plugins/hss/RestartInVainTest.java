package io.jenkins.plugins.hss;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Result;
import io.jenkins.plugins.hss.config.HssGlobalConfiguration;
import io.jenkins.plugins.hss.fake.Api;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

/** Exports that can't go on when Jenkins is back: their time is over, or their connection is gone. */
class RestartInVainTest extends RestartedJenkins {
    @Test
    void deadlineThatPassesWhileJenkinsIsDownEndsTheWaitAtOnce() throws Throwable {
        service.exportsTake(Duration.ofHours(1));
        sessions.then(j -> {
            starts(new HssJenkins(j, service), WAITING);
            service.await(Api.STATUS, 1, PATIENCE);
        });
        int calls = service.calls().size();
        beganEarlier(Duration.ofHours(1));
        sessions.then(j -> {
            WorkflowRun b = j.assertBuildStatus(Result.FAILURE, j.waitForCompletion(build(j)));

            assertThat(
                    HssJenkins.log(b),
                    containsString(
                            "ERROR: The export has not ended within 30 minutes (timeoutMinutes). The export task "
                                    + service.taskIds().get(0) + " goes on in HSS."));
            assertEquals(calls, service.calls().size());
        });
    }

    @Test
    void deadlineThatPassesWhileQueuedAndDownLeavesNothingSubmitted() throws Throwable {
        sessions.then(j -> {
            HssJenkins hss = new HssJenkins(j, service);
            hss.spendSubmit();
            j.waitForMessage("waiting for its turn for about", starts(hss, WAITING));
            hss.connection();
        });
        beganEarlier(Duration.ofHours(1));
        sessions.then(j -> {
            WorkflowRun b = j.assertBuildStatus(Result.FAILURE, j.waitForCompletion(build(j)));

            assertThat(HssJenkins.log(b), containsString("(timeoutMinutes). No task has been created in HSS."));
            assertEquals(1, service.calls(Api.SUBMIT).size());
        });
    }

    @Test
    void connectionThatIsGoneAfterwardsEndsTheWaitAndTheTaskIsNamed() throws Throwable {
        service.exportsTake(Duration.ofHours(1));
        sessions.then(j -> {
            starts(new HssJenkins(j, service), WAITING);
            service.await(Api.STATUS, 1, PATIENCE);
            HssGlobalConfiguration.get().setConnections(List.of());
        });
        sessions.then(j -> {
            WorkflowRun b = j.assertBuildStatus(Result.FAILURE, j.waitForCompletion(build(j)));

            String standing = "The export task " + service.taskIds().get(0) + " goes on in HSS.";
            assertThat(HssJenkins.log(b), containsString(standing));
            JsonNode export = Builds.export(j, b);
            assertEquals("FAILED", export.get("state").textValue());
            assertThat(export.get("error").textValue(), containsString(standing));
        });
    }

    /** As if Jenkins had been down so long: what is on disk of the export began earlier. */
    private void beganEarlier(Duration earlier) throws Exception {
        Path record = sessions.getHome().toPath().resolve("jobs/" + job + "/builds/1/hss-exports/1.xml");
        String xml = Pattern.compile("(?<=<startedAt>)\\d+(?=<)")
                .matcher(Files.readString(record))
                .replaceFirst(began -> Long.toString(Long.parseLong(began.group()) - earlier.toMillis()));
        Files.writeString(record, xml);
    }
}
