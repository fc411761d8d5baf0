package io.jenkins.plugins.hss;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Result;
import io.jenkins.plugins.hss.config.HssGlobalConfiguration;
import io.jenkins.plugins.hss.fake.Api;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

/** Exports that can't go on when Jenkins is back: their time is over, or their connection is gone. */
class RestartInVainTest extends RestartedJenkins {
    @Test
    void deadlineGoesOnWhileJenkinsIsDown() throws Throwable {
        service.exportsTake(Duration.ofHours(1));
        Instant began = Instant.now();
        sessions.then(j -> {
            starts(new HssJenkins(j, service), WAITING.replace("true", "true, timeoutMinutes: 1"));
            service.await(Api.STATUS, 1, PATIENCE);
        });
        Duration down = Duration.between(began, Instant.now());
        sessions.then(j -> {
            WorkflowRun b = j.assertBuildStatus(Result.FAILURE, j.waitForCompletion(build(j)));

            assertThat(
                    HssJenkins.log(b),
                    allOf(
                            containsString(
                                    "ERROR: The export did not end within 1 minutes (timeoutMinutes). The task was last"
                                            + " seen 'running' at "),
                            containsString("Export task " + service.taskIds().get(0) + " continues in HSS.")));
            // Had it begun anew, so much more would have passed.
            assertThat(
                    Duration.between(began, Instant.now()),
                    lessThan(Duration.ofMinutes(1).plus(down)));
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

            String standing = "Export task " + service.taskIds().get(0) + " continues in HSS.";
            assertThat(HssJenkins.log(b), containsString(standing));
            JsonNode export = Builds.export(j, b);
            assertEquals("FAILED", export.get("state").textValue());
            assertThat(export.get("error").textValue(), containsString(standing));
        });
    }
}
