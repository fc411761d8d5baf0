package io.jenkins.plugins.hss;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.hss.config.HssConnection;
import io.jenkins.plugins.hss.fake.Answer;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.Call;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No secret of any kind of account is anywhere but in the credentials and on the wire, whatever goes wrong. */
class AccountSecrecyTest extends SharedJenkins {
    private static final String WRONG = "wrong-secret-that-nobody-may-see";

    private final Traces traces = new Traces();
    private final List<String> pages = new ArrayList<>();

    @BeforeEach
    void record() {
        traces.record();
    }

    @AfterEach
    void stopRecording() {
        traces.close();
    }

    @ParameterizedTest
    @EnumSource
    void goodRunsLeaveNoSecretBehind(Account account) throws Exception {
        HssConnection connection = account.connect(hss);
        hss.service().cicd("pipeline-a");
        String script = """
                hssImageReportExport reportType: 'malwares', cicdName: 'a'
                hssImageReportExport reportType: 'apps', failAbove: 1000
                """;
        WorkflowJob pipeline = hss.pipeline(script);
        FreeStyleProject freestyle = hss.freestyle(HssJenkins.builder("{\"reportType\": \"files\"}"));

        look(hss.runs(Result.SUCCESS, pipeline));
        look(hss.runs(Result.SUCCESS, freestyle));
        test(connection);
        look(freestyle);

        hss.assertKept();
        assertEquals(
                account == Account.IAM_USER ? 1 : 0,
                hss.service().issuedTokens().size());
        assertNothingLeft();
    }

    @ParameterizedTest
    @EnumSource
    void badRunsLeaveNoSecretBehind(Account account) throws Exception {
        HssConnection connection = account.connect(hss);
        WorkflowJob pipeline = hss.pipeline("""
                try {
                    hssImageReportExport 'malwares'
                } catch (e) {
                    for (def cause = e; cause != null; cause = cause.cause) {
                        echo "${cause}"
                    }
                    throw e
                }
                """);
        FreeStyleProject freestyle = hss.freestyle(HssJenkins.builder("{\"reportType\": \"files\"}"));
        Api first =
                switch (account) {
                    case TOKEN -> Api.SUBMIT;
                    case ACCESS_KEY -> Api.PROJECTS;
                    case IAM_USER -> Api.TOKEN;
                };

        for (Api api : List.of(first, Api.SUBMIT)) {
            for (Answer echo : echoes(account)) {
                hss.service().next(api, echo);
                look(hss.runs(Result.FAILURE, pipeline));
                hss.service().next(api, echo);
                look(hss.runs(Result.FAILURE, freestyle));
            }
        }
        for (Answer echo : echoes(account)) {
            hss.service().next(Api.CICD, echo);
            test(connection);
        }
        change(account);
        look(hss.runs(Result.FAILURE, pipeline));
        look(hss.runs(Result.FAILURE, freestyle));
        test(connection);

        hss.assertKept();
        assertNothingLeft();
    }

    @ParameterizedTest
    @EnumSource
    void buildUnderWayKeepsNoSecretOnDisk(Account account) throws Exception {
        account.connect(hss);
        hss.service().always(Api.SUBMIT, Answers.stall());
        WorkflowRun b = hss.pipeline("hssImageReportExport 'malwares'")
                .scheduleBuild2(0)
                .waitForStart();
        hss.service().await(Api.SUBMIT, 1, Duration.ofSeconds(60));
        b.save();

        assertThat(traces.files(b.getRootDir().toPath(), "malwares"), hasSize(greaterThan(0)));
        assertNothingLeft();
        b.doStop();
        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(b));
        assertNothingLeft();
    }

    /** The service tells again whatever it has got, and what it knows besides, wherever it can. */
    private static List<Answer> echoes(Account account) {
        UnaryOperator<String> safe = text -> text.replaceAll("[^\\x20-\\x7e]", "");
        return List.of(
                exchange -> exchange.send(Answers.hss(400, "HSS.0001", known(account, exchange.call()))),
                exchange -> exchange.send(Answers.iam(400, known(account, exchange.call()))),
                exchange -> exchange.send(Answers.gateway(403, known(account, exchange.call()), "no")),
                exchange -> exchange.send(
                        Answers.gateway(403, "APIGW.0302", exchange.call().body())
                                .withHeader("X-Request-Id", safe.apply(known(account, exchange.call())))),
                exchange -> exchange.send(
                        Answers.redirect(302, "https://example.com/?" + safe.apply(known(account, exchange.call())))),
                exchange -> exchange.send(Answers.html(404, "<p>" + known(account, exchange.call()))));
    }

    private static String known(Account account, Call call) {
        return call.header("x-auth-token")
                + switch (account) {
                    case TOKEN -> "";
                    case ACCESS_KEY -> " " + Account.SK;
                    case IAM_USER -> " " + Account.PASSWORD;
                };
    }

    private static void change(Account account) throws Exception {
        switch (account) {
            case TOKEN ->
                HssJenkins.credentials(HssJenkins.token(CredentialsScope.SYSTEM, HssJenkins.CREDENTIALS, WRONG));
            case ACCESS_KEY -> Account.change(Account.AK, WRONG);
            case IAM_USER -> Account.change(Account.USER, WRONG);
        }
    }

    private void test(HssConnection connection) throws Exception {
        pages.add(WebForms.text(WebForms.post(
                j, "admin", WebForms.url(HssConnection.class, "testConnection"), WebForms.fields(connection))));
    }

    private void look(Run<?, ?> build) throws Exception {
        pages.add(Builds.page(j, build).asXml());
        pages.add(Builds.exports(j, build).toString());
        pages.add(build.getLog(10_000).toString());
    }

    private void look(FreeStyleProject job) throws Exception {
        pages.add(j.createWebClient()
                .withJavaScriptEnabled(false)
                .getPage(job, "configure")
                .asXml());
        pages.add(j.createWebClient()
                .withJavaScriptEnabled(false)
                .goTo("configure")
                .asXml());
        pages.add(WebForms.text(WebForms.post(
                j, "admin", job.getUrl() + WebForms.url(ImageReportExport.class, "fillCicdNameItems"), Map.of())));
    }

    private void assertNothingLeft() throws Exception {
        List<String> secrets = new ArrayList<>(hss.service().issuedTokens());
        secrets.addAll(hss.service().cicdIds());
        secrets.addAll(List.of(
                HssJenkins.TOKEN,
                Account.SK,
                Account.PASSWORD,
                Account.PASSWORD.replace("\\", "\\\\").replace("\"", "\\\""),
                Account.PASSWORD.replace("\"", "&quot;"),
                WRONG));
        Path home = j.jenkins.getRootDir().toPath();
        // What is looked for in vain below would be found.
        assertThat(traces.files(home, HssJenkins.CONNECTION), hasSize(greaterThan(0)));
        for (String secret : secrets) {
            assertEquals(List.of(), traces.files(home, secret));
            assertFalse(traces.isLogged(secret));
            pages.forEach(page -> assertFalse(page.contains(secret), page));
        }
        assertTrue(traces.isLogged("recorded"));
    }
}
