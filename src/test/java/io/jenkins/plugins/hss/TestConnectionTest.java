package io.jenkins.plugins.hss;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.oneOf;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.domains.HostnameSpecification;
import hudson.model.Result;
import io.jenkins.plugins.hss.config.HssConnection;
import io.jenkins.plugins.hss.config.HssGlobalConfiguration;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.Call;
import io.jenkins.plugins.hss.fake.FakeHss;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** The button that tries a connection: what it says, who may press it, and where it sends no credentials. */
class TestConnectionTest extends SharedJenkins {
    private static final String URL = WebForms.url(HssConnection.class, "testConnection");

    @BeforeAll
    static void secure() {
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Jenkins.SYSTEM_READ)
                .everywhere()
                .to("reader"));
    }

    @BeforeEach
    void twoAccesses() {
        hss.service().cicd("shop-pipeline", "支付流水线");
    }

    @ParameterizedTest
    @EnumSource
    void whatWorksIsTold(Account account) throws Exception {
        HssConnection connection = account.connect(hss);
        // What stands in the form is tried, saved or not.
        HssGlobalConfiguration.get().setConnections(List.of());

        String answer = test(connection);

        assertThat(answer, containsString("class=\"ok\""));
        assertThat(
                answer,
                containsString(hss.service().url().getAuthority() + " answered. Authenticated as "
                        + switch (account) {
                            case TOKEN -> "the token in credentials 'hss-token'";
                            case ACCESS_KEY -> "access key " + Account.AK;
                            case IAM_USER -> "IAM user jenkins of account acme";
                        }
                        + ", in project " + FakeHss.PROJECT + ". CI/CD accesses: 2"));
        assertEquals(
                switch (account) {
                    case TOKEN -> List.of(Api.CICD);
                    case ACCESS_KEY -> List.of(Api.PROJECTS, Api.CICD);
                    case IAM_USER -> List.of(Api.TOKEN, Api.CICD);
                },
                hss.service().calls().stream().map(Call::api).toList());
        hss.assertKept();
        hss.service().cicdIds().forEach(id -> assertThat(answer, not(containsString(id))));
    }

    @Test
    void wrongSecretKeyIsToldAndTriedOnce() throws Exception {
        HssConnection connection = Account.ACCESS_KEY.connect(hss);
        Account.change(Account.AK, "wrong");

        fails(
                connection,
                "Looking up the project in IAM failed: HTTP 401, APIGW.0301",
                "The access key or its secret is wrong");
        connection.setProjectId(FakeHss.PROJECT);
        fails(
                connection,
                "Listing the CI/CD accesses failed: HTTP 401, APIGW.0301",
                "more than five failures in a row lock the key for 5 minutes");

        assertEquals(2, hss.service().calls().size());
    }

    @Test
    void wrongPasswordIsToldAndTheRightOneCountsAtOnce() throws Exception {
        HssConnection connection = Account.IAM_USER.connect(hss);
        Account.change(Account.USER, "wrong");

        fails(
                connection,
                "Obtaining a token from IAM failed: HTTP 401",
                "Check the account, the user name and the password");
        assertEquals(1, hss.service().calls().size());

        Account.change(Account.USER, Account.PASSWORD);
        assertThat(test(connection), containsString(" answered. "));
    }

    @Test
    void refusedTokenIsToldWithTheMend() throws Exception {
        hss.service().always(Api.CICD, Answers.gateway(401, "APIGW.0301", "token expires"));

        fails(Account.TOKEN.connect(hss), "HTTP 401, APIGW.0301, \"token expires\"", "The token has expired");
    }

    @ParameterizedTest
    @EnumSource
    void missingPermissionIsTold(Account account) throws Exception {
        hss.service().always(Api.CICD, Answers.hss(403, "HSS.0013", "<b>no</b> permission"));

        fails(
                account.connect(hss),
                "Listing the CI/CD accesses failed: HTTP 403, HSS.0013",
                "hss:images:set",
                "&lt;b&gt;no&lt;/b&gt; permission");
    }

    @ParameterizedTest
    @EnumSource
    void serviceThatCannotBeReachedIsNamed(Account account) throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        HssConnection connection = account.connect(hss);
        if (account == Account.IAM_USER) {
            connection.setIamEndpoint("http://127.0.0.1:" + closed);
        } else {
            connection.setProjectId(FakeHss.PROJECT);
            connection.setEndpoint("http://127.0.0.1:" + closed);
        }

        fails(
                connection,
                "could not connect to 127.0.0.1:" + closed,
                "Check the region or endpoint, the network and the proxy in Jenkins' system configuration");
    }

    @Test
    void projectThatIsNotThereIsTold() throws Exception {
        HssConnection connection = Account.ACCESS_KEY.connect(hss);
        connection.setRegion("cn-east-3");
        fails(connection, "IAM lists 0 projects named cn-east-3 instead of one", "Give the projectId");

        connection.setProjectId("elsewhere");
        fails(connection, "HTTP 404, HSS.0011", "Check the project ID");

        connection.setProjectId("a/b");
        fails(connection, "The projectId must have 1 to 256 of the characters");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            endpoint       |                        | Connection 'fake' needs a region or an endpoint
            endpoint       | http://hss.example.com | would send credentials unprotected. Use https
            iamEndpoint    | https://a.b/path       | 'https://a.b/path' is not an endpoint
            region         | evil.example/#         | is not the name of a region
            name           |                        | A connection needs a name
            credentialsId  |                        | Connection 'fake' has no credentials
            credentialsId  | gone                   | Could not find credentials 'gone' for 127.0.0.1, which connection 'fake' uses
            callsPerMinute | many                   | callsPerMinute must be 1 to 600, but is many
            callsPerMinute | 601                    | callsPerMinute must be 1 to 600, but is 601
            """)
    void mistakeInTheFormIsToldBeforeAnyCall(String field, String typed, String message) throws Exception {
        Map<String, String> fields = new HashMap<>(WebForms.fields(Account.TOKEN.connect(hss)));
        fields.put(field, typed == null ? "" : typed);

        String answer = WebForms.text(WebForms.post(j, "admin", URL, fields));

        assertThat(answer, allOf(containsString("class=\"error\""), containsString(message)));
        hss.assertNoCall();
    }

    @ParameterizedTest
    @EnumSource
    void credentialsGoToNoHostThatTheirDomainDoesNotAllow(Account account) throws Exception {
        HssConnection connection = account.connect(hss);
        // Two names of one machine stand for two hosts.
        connection.setIamEndpoint("http://localhost:" + hss.service().url().getPort());
        Account.save(connection);

        allowOnly(account, "*.myhuaweicloud.com");
        refuses(connection, " for 127.0.0.1");
        allowOnly(account, "localhost");
        refuses(connection, " for 127.0.0.1");
        allowOnly(account, "127.0.0.1");
        if (account == Account.IAM_USER) {
            // IAM gets the password.
            refuses(connection, " for 127.0.0.1 and localhost");
            allowOnly(account, "127.0.0.1,localhost");
        }
        assertThat(test(connection), containsString(" answered. "));
    }

    private static void allowOnly(Account account, String hosts) throws Exception {
        HssJenkins.credentials(Map.of(
                new Domain("only", null, List.of(new HostnameSpecification(hosts, null))),
                List.of(account.credentials())));
    }

    private void refuses(HssConnection connection, String message) throws Exception {
        fails(connection, message);
        WorkflowRun b = hss.runs(Result.FAILURE, "hssImageReportExport 'malwares'");
        assertThat(HssJenkins.log(b), containsString(message));
        hss.assertNoCall();
    }

    @Test
    void nobodyButAdministratorsMayPressIt() throws Exception {
        HssConnection connection = Account.ACCESS_KEY.connect(hss);

        assertEquals(
                403,
                WebForms.post(j, "reader", URL, WebForms.fields(connection)).getStatusCode());
        assertEquals(
                403,
                WebForms.post(j, "stranger", URL, WebForms.fields(connection)).getStatusCode());
        hss.assertNoCall();
    }

    @Test
    void getIsRefused() throws Exception {
        HssConnection connection = Account.TOKEN.connect(hss);

        int status = WebForms.get(
                        j,
                        "admin",
                        URL
                                + "?name=fake&region=&iamEndpoint=&enterpriseProjectId=&iamDomain=&callsPerMinute=5&projectId="
                                + FakeHss.PROJECT + "&credentialsId=" + HssJenkins.CREDENTIALS + "&endpoint="
                                + connection.getEndpoint())
                .getStatusCode();

        assertThat(status, oneOf(404, 405));
        hss.assertNoCall();
    }

    private static String test(HssConnection connection) throws Exception {
        return WebForms.text(WebForms.post(j, "admin", URL, WebForms.fields(connection)));
    }

    private void fails(HssConnection connection, String... messages) throws Exception {
        String answer = test(connection);
        assertThat(answer, containsString("class=\"error\""));
        for (String message : messages) {
            assertThat(answer, containsString(message));
        }
        hss.assertKept();
    }
}
