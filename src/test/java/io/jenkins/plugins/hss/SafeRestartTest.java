package io.jenkins.plugins.hss;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.hss.fake.Api;
import java.time.Duration;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

/** A submit that is on its way when Jenkins stops comes to its end. */
class SafeRestartTest extends RestartedJenkins {
    @Test
    void submitOnTheWireIsWaitedFor() throws Throwable {
        service.latency(Duration.ofSeconds(2));
        sessions.then(j -> {
            starts(new HssJenkins(j, service), WAITING);
            service.await(Api.SUBMIT, 1, PATIENCE);
        });
        service.latency(Duration.ZERO);
        sessions.then(j -> {
            WorkflowRun b = j.assertBuildStatusSuccess(j.waitForCompletion(build(j)));

            String id = service.taskIds().get(0);
            assertThat(HssJenkins.log(b), containsString("[HSS] Export task " + id + " created"));
            j.assertLogContains("id=" + id, b);
            assertEquals(1, service.calls(Api.SUBMIT).size());
        });
    }

    @Test
    void anExportThatComesAfterItIsSubmittedAfterTheRestart() throws Throwable {
        service.latency(Duration.ofSeconds(2));
        sessions.then(j -> {
            starts(
                    new HssJenkins(j, service),
                    "hssImageReportExport reportType: 'apps'\nhssImageReportExport reportType: 'files'");
            service.await(Api.SUBMIT, 1, PATIENCE);
        });
        service.latency(Duration.ZERO);
        sessions.then(j -> {
            WorkflowRun b = j.assertBuildStatusSuccess(j.waitForCompletion(build(j)));

            HssJenkins.log(b);
            assertEquals(2, service.calls(Api.SUBMIT).size());
            assertEquals(2, service.tasks());
        });
    }
}
