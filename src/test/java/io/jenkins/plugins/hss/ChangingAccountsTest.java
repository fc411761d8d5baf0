package io.jenkins.plugins.hss;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.model.Result;
import io.jenkins.plugins.hss.config.HssConnection;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.Call;
import io.jenkins.plugins.hss.fake.FakeHss;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

/** Tokens that end, and passwords, keys and connections that change while builds go on. */
class ChangingAccountsTest extends AccountJenkins {
    @Test
    void tokenRevokedMeanwhileIsRenewedOnceAndTheSubmitRepeated() throws Exception {
        Account.IAM_USER.connect(hss);
        hss.runs(Result.SUCCESS, EXPORT);

        hss.service().revokeIssuedTokens();
        WorkflowRun b = hss.runs(Result.SUCCESS, EXPORT);

        HssJenkins.log(b);
        hss.assertKept();
        assertEquals(2, calls(Api.TOKEN));
        assertEquals(3, calls(Api.SUBMIT));
        assertEquals(2, hss.service().tasks());
        List<String> tokens = hss.service().issuedTokens();
        assertEquals(tokens.get(0), submit(1).header("x-auth-token"));
        assertEquals(tokens.get(1), submit(2).header("x-auth-token"));
        assertEquals(submit(1).body(), submit(2).body());
    }

    @Test
    void tokenThatEndsWhileABuildWaitsIsRenewedForItsReads() throws Exception {
        Account.IAM_USER.connect(hss);
        hss.service().exportsTake(Duration.ofDays(1));
        WorkflowRun b = hss.pipeline("hssImageReportExport reportType: 'malwares', waitForCompletion: true")
                .scheduleBuild2(0)
                .waitForStart();
        hss.service().await(Api.STATUS, 2, Duration.ofSeconds(60));

        hss.service().revokeIssuedTokens();
        hss.service().await(Api.TOKEN, 2, Duration.ofSeconds(60));
        hss.service().exportsTake(Duration.ZERO);

        j.assertBuildStatusSuccess(j.waitForCompletion(b));
        hss.assertKept();
        assertEquals(2, calls(Api.TOKEN));
        assertEquals(1, calls(Api.SUBMIT));
    }

    @Test
    void tokenNearItsEndIsRenewedBeforeTheServiceRefusesIt() throws Exception {
        Account.IAM_USER.connect(hss).setProjectId(FakeHss.PROJECT);
        // By this clock the service still accepts what has ended by the one of Jenkins.
        hss.service().clock(() -> Instant.now().minus(Duration.ofHours(25)));

        hss.runs(Result.SUCCESS, EXPORT);
        hss.runs(Result.SUCCESS, EXPORT);

        assertEquals(2, calls(Api.TOKEN));
        assertEquals(2, calls(Api.SUBMIT));
        assertEquals(hss.service().issuedTokens().get(1), submit(1).header("x-auth-token"));
    }

    @Test
    void secondRefusalOfATokenIsTold() throws Exception {
        Account.IAM_USER.connect(hss);
        hss.service().always(Api.SUBMIT, Answers.gateway(401, "APIGW.0301", "authentication failed"));

        fails(
                EXPORT,
                "Submitting the export to HSS failed: HTTP 401, APIGW.0301",
                "A new token of the IAM user was refused as well");

        assertEquals(2, calls(Api.TOKEN));
        assertEquals(2, calls(Api.SUBMIT));
    }

    @Test
    void newPasswordCountsAtOnce() throws Exception {
        Account.IAM_USER.connect(hss);
        hss.runs(Result.SUCCESS, EXPORT);

        hss.service().iamUser(Account.DOMAIN, Account.USER, "new password");
        Account.change(Account.USER, "new password");
        hss.runs(Result.SUCCESS, EXPORT);

        assertEquals(2, calls(Api.TOKEN));
        assertEquals(hss.service().issuedTokens().get(1), submit(1).header("x-auth-token"));

        // The token of the old one would still be accepted.
        Account.change(Account.USER, "wrong password");
        fails(EXPORT, "Obtaining a token from IAM failed: HTTP 401");
        assertEquals(2, calls(Api.SUBMIT));
    }

    @Test
    void newKeyCountsAtOnce() throws Exception {
        Account.ACCESS_KEY.connect(hss);
        hss.runs(Result.SUCCESS, EXPORT);

        hss.service().accessKey(Account.AK, "new-secret");
        Account.change(Account.AK, "new-secret");
        hss.runs(Result.SUCCESS, EXPORT);
        hss.service().accessKey("NEWACCESSKEY", "newer-secret");
        Account.change("NEWACCESSKEY", "newer-secret");
        hss.runs(Result.SUCCESS, EXPORT);

        hss.assertKept();
        assertThat(submit(2).header("authorization"), containsString("Access=NEWACCESSKEY,"));
        assertEquals(3, calls(Api.PROJECTS));
    }

    @Test
    void tokenThatIsReplacedWhileABuildWaitsIsTakenForItsReads() throws Exception {
        Account.TOKEN.connect(hss);
        hss.service().exportsTake(Duration.ofDays(1));
        WorkflowRun b = hss.starts("hssImageReportExport reportType: 'malwares', waitForCompletion: true");
        hss.service().await(Api.STATUS, 1, Duration.ofSeconds(60));
        hss.service().token("renewed");
        HssJenkins.credentials(HssJenkins.token(CredentialsScope.SYSTEM, HssJenkins.CREDENTIALS, "renewed"));
        hss.service().next(Api.STATUS, Answers.gateway(401, "APIGW.0301", "token expired"));
        hss.service().exportsTake(Duration.ZERO);

        j.assertBuildStatusSuccess(j.waitForCompletion(b));

        List<Call> reads = hss.service().calls(Api.STATUS);
        assertEquals("renewed", reads.get(reads.size() - 1).header("x-auth-token"));
        assertEquals(1, calls(Api.SUBMIT));
    }

    @Test
    void tokenThatIsStillTheSameIsNotTriedAgain() throws Exception {
        Account.TOKEN.connect(hss);
        hss.service().always(Api.STATUS, Answers.gateway(401, "APIGW.0301", "token expired"));

        fails(
                "hssImageReportExport reportType: 'malwares', waitForCompletion: true",
                "Reading the state of the export task failed: HTTP 401");

        assertEquals(1, calls(Api.STATUS));
    }

    @Test
    void newTokenCountsAtOnceAndAnExpiredOneSaysSo() throws Exception {
        Account.TOKEN.connect(hss);
        HssJenkins.credentials(HssJenkins.token(CredentialsScope.SYSTEM, HssJenkins.CREDENTIALS, "of-yesterday"));

        fails(
                EXPORT,
                "HTTP 401, APIGW.0301",
                "The token has expired, or belongs to another account or region: store a new one in the credentials");
        assertEquals(1, calls(Api.SUBMIT));

        HssJenkins.credentials(HssJenkins.token(CredentialsScope.SYSTEM, HssJenkins.CREDENTIALS, HssJenkins.TOKEN));
        hss.runs(Result.SUCCESS, EXPORT);
    }

    @Test
    void changedConnectionCountsAtOnce() throws Exception {
        hss.service().project("cn-north-1", "p1").iamUser("other", Account.USER, Account.PASSWORD);
        HssConnection connection = Account.IAM_USER.connect(hss);
        hss.runs(Result.SUCCESS, EXPORT);

        connection.setRegion("cn-north-1");
        Account.save(connection);
        hss.runs(Result.SUCCESS, EXPORT);
        assertThat(submit(1).path(), startsWith("/v5/p1/"));

        connection.setIamDomain("other");
        Account.save(connection);
        hss.runs(Result.SUCCESS, EXPORT);
        assertEquals(
                "other",
                hss.service()
                        .calls(Api.TOKEN)
                        .get(2)
                        .json()
                        .at("/auth/identity/password/user/domain/name")
                        .asText());

        // The same user name and password, but now an access key.
        connection.setIamDomain(null);
        Account.save(connection);
        fails(EXPORT, "The secret access key (SK) must have 1 to 256 visible ASCII characters");

        Set<String> tokens = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            assertTrue(tokens.add(submit(i).header("x-auth-token")));
        }
    }

    @Test
    void savingAConnectionForgetsWhatIamHasTold() throws Exception {
        HssConnection connection = Account.IAM_USER.connect(hss);
        hss.runs(Result.SUCCESS, EXPORT);

        Account.save(connection);
        hss.runs(Result.SUCCESS, EXPORT);

        assertNotEquals(submit(0).header("x-auth-token"), submit(1).header("x-auth-token"));
    }
}
