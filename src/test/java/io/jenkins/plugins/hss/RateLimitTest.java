package io.jenkins.plugins.hss;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Result;
import io.jenkins.plugins.hss.config.HssConnection;
import io.jenkins.plugins.hss.config.HssGlobalConfiguration;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Builds that share the calls a minute of an account. */
class RateLimitTest extends SharedJenkins {
    private static final String SUBMIT = "hssImageReportExport reportType: 'apps'";

    private WorkflowRun queued;

    @AfterEach
    void abort() throws Exception {
        if (queued != null) {
            queued.doStop();
            j.waitForCompletion(queued);
        }
        hss.assertKept();
    }

    @Test
    void connectionsOfOneAccountShareTheSmallerLimit() throws Exception {
        HssConnection small = hss.spendSubmit();
        HssConnection large = new HssConnection("large");
        large.setEndpoint(small.getEndpoint());
        large.setProjectId(small.getProjectId());
        large.setCredentialsId(small.getCredentialsId());
        large.setCallsPerMinute(600);
        HssGlobalConfiguration.get().setConnections(List.of(large, small));

        queued = hss.starts(SUBMIT + ", connection: 'large'");

        j.waitForMessage("rate limit reached, waiting about", queued);
        assertEquals(1, hss.service().calls(Api.SUBMIT).size());
    }

    @Test
    void twoAccountsOfOneAddressShareTheLimitOfTheHost() throws Exception {
        hss.spendSubmit();

        queued = hss.starts(SUBMIT + ", credentialsId: '" + HssJenkins.CREDENTIALS + "'");

        j.waitForMessage("rate limit reached, waiting about", queued);
        assertEquals(1, hss.service().calls(Api.SUBMIT).size());
    }

    @Test
    void anotherAccountIsHeldUpOnlyByTheLargestLimitOfTheHost() throws Exception {
        HssConnection small = hss.spendSubmit();
        HssConnection large = new HssConnection("large");
        large.setEndpoint(small.getEndpoint());
        large.setProjectId(small.getProjectId());
        large.setCredentialsId(HssJenkins.CREDENTIALS);
        large.setCallsPerMinute(600);
        HssGlobalConfiguration.get().setConnections(List.of(large, small));

        hss.runs(Result.SUCCESS, SUBMIT + ", connection: 'large'");
    }

    @Test
    void eachApiHasABudgetOfItsOwn() throws Exception {
        hss.ownAccount(1);

        hss.runs(Result.SUCCESS, SUBMIT + ", unstableAbove: 100");

        assertEquals(1, hss.service().calls(Api.STATISTIC).size());
    }

    @Test
    void refusalOfOneBuildAsOneTooManyHoldsTheOthersBack() throws Exception {
        hss.ownAccount(600);
        hss.service()
                .next(Api.SUBMIT, Answers.gateway(429, "APIGW.0308", "too many").withHeader("Retry-After", "240"));
        WorkflowRun refused = hss.starts(SUBMIT);
        j.waitForMessage("Trying again in 4 min", refused);

        queued = hss.starts(SUBMIT);

        j.waitForMessage("rate limit reached, waiting about", queued);
        assertEquals(1, hss.service().calls(Api.SUBMIT).size());
        refused.doStop();
        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(refused));
    }
}
