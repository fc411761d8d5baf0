package io.jenkins.plugins.hss;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.ParametersAction;
import hudson.model.Result;
import hudson.model.StringParameterValue;
import io.jenkins.plugins.hss.config.HssConnection;
import io.jenkins.plugins.hss.fake.Answer;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.Call;
import io.jenkins.plugins.hss.fake.FakeHss;
import io.jenkins.plugins.hss.fake.Reply;
import io.jenkins.plugins.hss.fake.Zips;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Builds of each kind of account, against a service that verifies every token and signature by its own code. */
class AccountsTest extends AccountJenkins {
    @ParameterizedTest
    @EnumSource
    void everyCallOfAPipelineAndAFreestyleJobIsAccepted(Account account) throws Exception {
        account.connect(hss).setEnterpriseProjectId("all_granted_eps");
        hss.service().report(Zips.of("报告.csv", "findings")).records(3);

        hss.runs(
                Result.SUCCESS,
                "hssImageReportExport reportType: 'malwares', cicdName: '支付 ~*', archiveReport: true, failAbove: 5");
        hss.runs(
                Result.SUCCESS,
                hss.freestyle(HssJenkins.builder(
                        "{\"reportType\": \"files\", \"archiveReport\": true, \"unstableAbove\": \"5\"}")));

        hss.assertKept();
        assertEquals(2, calls(Api.SUBMIT));
        assertEquals(2, calls(Api.STATISTIC));
        assertEquals(2, calls(Api.DOWNLOAD));
        assertTrue(calls(Api.STATUS) >= 2);
        // What IAM told the first build served the second one, too.
        assertEquals(account == Account.IAM_USER ? 1 : 0, calls(Api.TOKEN));
        assertEquals(account == Account.ACCESS_KEY ? 1 : 0, calls(Api.PROJECTS));
        for (Call call : hss.service().calls()) {
            if (call.path().startsWith("/v5/")) {
                assertThat(call.path(), startsWith("/v5/" + FakeHss.PROJECT + "/"));
                assertProvedBy(account, call);
            }
        }
    }

    private void assertProvedBy(Account account, Call call) {
        String token = call.header("x-auth-token");
        if (account == Account.ACCESS_KEY) {
            assertNull(token);
            assertEquals(FakeHss.PROJECT, call.header("x-project-id"));
            assertThat(call.header("authorization"), startsWith("SDK-HMAC-SHA256 Access=" + Account.AK + ","));
        } else {
            assertNull(call.header("authorization"));
            assertEquals(
                    account == Account.TOKEN
                            ? HssJenkins.TOKEN
                            : hss.service().issuedTokens().get(0),
                    token);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ACCESS_KEY", "IAM_USER"})
    void projectOfTheConnectionOrTheBuildWinsOverTheOneOfTheRegion(Account account) throws Exception {
        hss.service().project("cn-north-1", "p1").project("cn-north-9", "p9");
        account.connect(hss).setProjectId("p1");

        hss.runs(Result.SUCCESS, EXPORT);
        hss.runs(Result.SUCCESS, "hssImageReportExport reportType: 'malwares', projectId: 'p9'");

        hss.assertKept();
        assertThat(submit(0).path(), startsWith("/v5/p1/"));
        assertThat(submit(1).path(), startsWith("/v5/p9/"));
        assertEquals(0, calls(Api.PROJECTS));
        // A token is for one project.
        assertEquals(account == Account.IAM_USER ? 2 : 0, calls(Api.TOKEN));
    }

    @Test
    void regionMustHaveExactlyOneProject() throws Exception {
        hss.service().project(FakeHss.REGION, "second");
        Account.ACCESS_KEY.connect(hss);

        fails(
                EXPORT,
                "Looking up the project in IAM failed: IAM lists 2 projects named cn-north-4 instead of one",
                "Give the projectId in the connection or in the build");
        assertEquals(0, calls(Api.SUBMIT));
    }

    @ParameterizedTest
    @EnumSource(names = {"ACCESS_KEY", "IAM_USER"})
    void twentyBuildsAtOnceAskIamOnce(Account account) throws Exception {
        account.connect(hss);
        Api asked = account == Account.IAM_USER ? Api.TOKEN : Api.PROJECTS;
        CountDownLatch open = new CountDownLatch(1);
        hss.service().always(asked, held(open));
        WorkflowJob job = hss.pipeline(EXPORT);

        List<WorkflowRun> builds = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            // Builds alike would be merged in the queue.
            ParametersAction number = new ParametersAction(new StringParameterValue("N", "" + i));
            builds.add(job.scheduleBuild2(0, number).waitForStart());
        }
        for (WorkflowRun b : builds) {
            j.waitForMessage("[HSS] Exporting", b);
        }
        open.countDown();

        for (WorkflowRun b : builds) {
            j.assertBuildStatusSuccess(j.waitForCompletion(b));
        }
        hss.assertKept();
        assertEquals(1, calls(asked));
        assertEquals(20, hss.service().tasks());
        assertEquals(20, calls(Api.SUBMIT));
    }

    private static Answer held(CountDownLatch open) {
        return exchange -> {
            Reply reply = exchange.behave();
            try {
                if (!open.await(1, TimeUnit.MINUTES)) {
                    throw new IOException("waited in vain");
                }
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            exchange.send(reply);
        };
    }

    @Test
    void wrongPasswordIsTriedOnceAndNotKept() throws Exception {
        Account.IAM_USER.connect(hss);
        Account.change(Account.USER, "wrong");

        fails(
                EXPORT,
                "Obtaining a token from IAM failed: HTTP 401",
                "Check the account, the user name and the password");
        assertEquals(1, calls(Api.TOKEN));
        assertEquals(0, calls(Api.SUBMIT));

        Account.change(Account.USER, Account.PASSWORD);
        hss.runs(Result.SUCCESS, EXPORT);
        assertEquals(2, calls(Api.TOKEN));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusedSignatureIsNeverRepeated(boolean projectGiven) throws Exception {
        HssConnection connection = Account.ACCESS_KEY.connect(hss);
        connection.setProjectId(projectGiven ? FakeHss.PROJECT : null);
        Account.change(Account.AK, "wrong");

        fails(
                EXPORT,
                (projectGiven ? "Submitting the export to HSS" : "Looking up the project in IAM")
                        + " failed: HTTP 401, APIGW.0301",
                "The access key or its secret is wrong",
                "more than five failures in a row lock the key");

        assertEquals(1, hss.service().calls().size());
    }

    @Test
    void refusedSignatureOfAReadIsNeverRepeated() throws Exception {
        Account.ACCESS_KEY.connect(hss);
        hss.service().always(Api.STATUS, Answers.gateway(401, "APIGW.0301", "verify aksk signature fail"));

        fails("hssImageReportExport reportType: 'malwares', waitForCompletion: true", "HTTP 401, APIGW.0301");

        assertEquals(1, calls(Api.STATUS));
    }

    @Test
    void credentialsOfABuildAreAnAccessKeyEvenWhereTheConnectionNamesAnAccount() throws Exception {
        Account.IAM_USER.connect(hss);
        HssJenkins.credentials(
                Account.pair(HssJenkins.CREDENTIALS, Account.USER, Account.PASSWORD),
                Account.pair("own", Account.AK, Account.SK));

        hss.runs(Result.SUCCESS, "hssImageReportExport reportType: 'malwares', credentialsId: 'own'");

        hss.assertKept();
        assertProvedBy(Account.ACCESS_KEY, submit(0));
        assertEquals(0, calls(Api.TOKEN));
        assertEquals(1, calls(Api.PROJECTS));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            TOKEN      | project | Credentials 'hss-token' hold a token, which needs projectId
            TOKEN      | domain  | Credentials 'hss-token' are not a user name and password, which an IAM user of account 'acme' (iamDomain) needs
            ACCESS_KEY | region  | Credentials 'hss-token' need a region or projectId
            IAM_USER   | region  | Credentials 'hss-token' need a region or projectId
            IAM_USER   | iam     | An IAM user of account 'acme' (iamDomain) logs in at IAM. Give the connection a region or iamEndpoint
            ACCESS_KEY | empty   | The secret access key (SK) must have 1 to 256 visible ASCII characters
            IAM_USER   | empty   | An IAM user needs the account (domain), the user name and the password
            """)
    void whatCannotWorkIsToldBeforeAnyCall(Account account, String mistake, String message) throws Exception {
        HssConnection connection = account.connect(hss);
        switch (mistake) {
            case "project" -> connection.setProjectId(null);
            case "domain" -> connection.setIamDomain(Account.DOMAIN);
            case "region" -> connection.setRegion(null);
            case "iam" -> {
                connection.setRegion(null);
                connection.setIamEndpoint(null);
                connection.setProjectId(FakeHss.PROJECT);
            }
            default -> Account.change(account == Account.IAM_USER ? Account.USER : Account.AK, "");
        }

        fails(EXPORT, message);

        hss.assertNoCall();
    }

    @Test
    void iamThatIsBusyIsAskedAgain() throws Exception {
        Account.IAM_USER.connect(hss);
        hss.service().next(Api.TOKEN, Answers.iam(503, "busy"));

        hss.runs(Result.SUCCESS, EXPORT);

        assertEquals(2, calls(Api.TOKEN));
        assertEquals(1, calls(Api.SUBMIT));
    }

    @ParameterizedTest
    @EnumSource(names = {"ACCESS_KEY", "IAM_USER"})
    void buildWaitingForIamCanBeAborted(Account account) throws Exception {
        account.connect(hss);
        Api asked = account == Account.IAM_USER ? Api.TOKEN : Api.PROJECTS;
        hss.service().next(asked, Answers.stall());
        WorkflowRun b = hss.pipeline(EXPORT).scheduleBuild2(0).waitForStart();
        hss.service().await(asked, 1, Duration.ofSeconds(60));

        b.doStop();

        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(b));
        assertThat(HssJenkins.log(b), not(containsString("may have created")));
        assertEquals(0, calls(Api.SUBMIT));
    }
}
