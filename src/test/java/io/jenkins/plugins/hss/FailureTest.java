package io.jenkins.plugins.hss;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import hudson.model.Result;
import io.jenkins.plugins.hss.config.HssConnection;
import io.jenkins.plugins.hss.config.HssGlobalConfiguration;
import io.jenkins.plugins.hss.fake.Answer;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.Reply;
import java.net.ServerSocket;
import java.util.List;
import java.util.stream.Stream;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a build says when the call fails: everything the service told, what to do, and no stack trace. */
class FailureTest extends SharedJenkins {
    private static final String EXPORT = "hssImageReportExport reportType: 'malwares', cicdName: 'pipeline-a'";
    private static final String FAILED = "ERROR: Submitting the export to HSS failed: ";
    private static final String MAY_HAVE_CREATED = "HSS may have created a task";

    @ParameterizedTest
    @CsvSource({
        "400, HSS.0001, Check the parameters",
        "400, HSS.0002, Check the parameters",
        "400, HSS.0010, hss:images:set",
        "400, HSS.0011, Check the project ID",
        "400, HSS.0013, hss:images:set",
        "401, HSS.0010, hss:images:set",
        "403, HSS.0013, hss:images:set",
        "404, HSS.0011, Check the project ID",
        "500, HSS.1000, HSS may have created a task",
        "404, APIGW.0101, Choose another region",
        "400, APIGW.0201, Check the parameters",
        "413, APIGW.0201, Check the parameters",
        "414, APIGW.0201, Check the parameters",
        "401, APIGW.0301, The token has expired",
        "401, APIGW.0307, The token has expired",
        "403, APIGW.0302, hss:images:set",
        "403, APIGW.0306, hss:images:set",
        "403, APIGW.0310, hss:images:set",
        "403, APIGW.0802, hss:images:set",
        "500, APIGW.0601, HSS may have created a task",
        "500, APIGW.0606, HSS may have created a task",
        "502, APIGW.0610, HSS may have created a task",
        "404, APIG.0101, Choose another region",
        "401, APIG.0301, The token has expired",
        "502, APIG.0610, HSS may have created a task"
    })
    void refusalIsToldWholeAndSubmittedOnce(int status, String code, String hint) throws Exception {
        Reply reply = code.startsWith("HSS")
                ? Answers.hss(status, code, "它说了 words")
                : Answers.gateway(status, code, "它说了 words");
        hss.service().always(Api.SUBMIT, reply.withHeader("X-Request-Id", "req-4711"));

        String log = fails();

        assertThat(
                log,
                allOf(
                        containsString(
                                FAILED + "HTTP " + status + ", " + code + ", \"它说了 words\", request ID req-4711. "),
                        containsString(hint)));
        // Who decided, created nothing; who broke down may have done so after the task was there.
        assertEquals(status >= 500, log.contains(MAY_HAVE_CREATED), log);
        hss.onlyCall();
    }

    @ParameterizedTest
    @CsvSource({"429, APIGW.0308", "429, APIG.0308", "503, APIGW.0613", "503, APIG.0613"})
    void refusalThatWillPassIsRiddenOut(int status, String code) throws Exception {
        Reply refusal = Answers.gateway(status, code, "words").withHeader("Retry-After", "0");
        hss.service().next(Api.SUBMIT, refusal, refusal, refusal, refusal, refusal);

        String log = HssJenkins.log(hss.runs(Result.SUCCESS, EXPORT));

        assertThat(
                log,
                containsString(
                        "[HSS] Submitting the export to HSS failed: HTTP " + status + ", " + code + ", \"words\""));
        assertEquals(6, hss.service().calls(Api.SUBMIT).size());
        assertEquals(1, hss.service().tasks());
    }

    static Stream<Arguments> unusualAnswers() {
        String html = "<html><body><h1>Gateway Timeout</h1></body></html>";
        String notLike = "the response does not come from the service";
        return Stream.of(
                arguments(Answers.iam(401, "The token is invalid"), "HTTP 401, \"The token is invalid\""),
                arguments(Answers.iam(503, "busy"), "HTTP 503, \"busy\""),
                arguments(Answers.html(403, html), notLike + " – HTTP 403"),
                arguments(
                        Answers.html(407, html),
                        "HTTP 407, request ID req-4711. Check the user name and password of the proxy"),
                arguments(Answers.html(502, html), notLike + " – HTTP 502"),
                arguments(Answers.html(503, html), notLike + " – HTTP 503"),
                arguments(Answers.empty(500), notLike + " – HTTP 500"),
                arguments(Answers.empty(404), notLike + " – HTTP 404"),
                arguments(Answers.status(400, "[1, 2]"), notLike + " – HTTP 400"),
                arguments(Answers.status(500, "{\"error_code\": 7, \"error_msg\": null}"), "HTTP 500"),
                arguments(Answers.deep(100_000).withStatus(500), "HTTP 500"),
                arguments(
                        Answers.redirect(302, "https://login.example.com/?next=x"),
                        "a redirect to https://login.example.com/?next=x, which is not followed"),
                arguments(Answers.redirect(307, "/elsewhere"), "a redirect to /elsewhere, which is not followed"),
                arguments(Answers.redirect(301, ""), "which is not followed"));
    }

    @ParameterizedTest
    @MethodSource("unusualAnswers")
    void refusalOfAnotherShapeIsToldAndSubmittedOnce(Reply reply, String words) throws Exception {
        hss.service().always(Api.SUBMIT, reply.withHeader("X-Request-Id", "req-4711"));

        assertThat(
                fails(),
                allOf(
                        containsString(FAILED),
                        containsString(words),
                        containsString("req-4711"),
                        not(containsString("<"))));
        hss.onlyCall();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "null",
                "<html>Sign in</html>",
                "{\"task_id\": null}",
                "{\"task_id\": 5}",
                "{\"task_id\": \"\"}",
                "{\"task_id\": \"..\"}",
                "{\"task_id\": \"../../admin\"}",
                "{\"task_id\": \"a/b\"}",
                "{\"task_id\": \"a%2Fb\"}",
                "{\"task_id\": \"a b\"}",
                "{\"task_id\": \"a\\nb\"}",
                "{\"task_id\": \"<b>\"}",
                "{\"task_id\": \"12345678901234567890123456789012345678901234567890123456789012345\"}"
            })
    void successWithoutAUsableTaskIdIsAnError(String body) throws Exception {
        hss.service().always(Api.SUBMIT, Answers.status(200, body));

        assertThat(
                fails(),
                allOf(containsString(FAILED + "the response has no usable task_id"), containsString(MAY_HAVE_CREATED)));
        hss.onlyCall();
    }

    static Stream<Answer> lostAnswers() {
        return Stream.of(
                Answers.closeAfterReadingButAct(),
                Answers.closeAfterReading(),
                Answers.resetAfterReading(),
                Answers.cut(),
                Answers.garbage());
    }

    @ParameterizedTest
    @MethodSource("lostAnswers")
    void lostAnswerIsNoReasonToSubmitAgain(Answer answer) throws Exception {
        hss.service().always(Api.SUBMIT, answer);

        assertThat(fails(), allOf(containsString(FAILED), containsString(MAY_HAVE_CREATED)));
        hss.onlyCall();
    }

    @Test
    void serviceThatCannotBeReachedIsNamed() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        HssConnection connection = hss.connection();
        connection.setEndpoint("http://127.0.0.1:" + closed);
        HssGlobalConfiguration.get().setConnections(List.of(connection));

        assertThat(
                fails(),
                allOf(
                        containsString(FAILED + "could not connect to 127.0.0.1:" + closed),
                        containsString("Check the region or endpoint, the network and the proxy"),
                        not(containsString(MAY_HAVE_CREATED))));
    }

    @Test
    void textOfTheServiceForgesNoLineAndNoMarkup() throws Exception {
        hss.service()
                .always(
                        Api.SUBMIT,
                        Answers.hss(
                                400,
                                "HSS.0001\n[HSS] forged code",
                                "one\r\n[HSS] forged\u2028[HSS] forged \u001b[31mred\u001b[0m \u001b[8mha:AAAA\u202eback\u0000"
                                        + "<b id='forged'>bold</b>"));

        WorkflowRun b = hss.runs(Result.FAILURE, EXPORT);

        String log = HssJenkins.log(b);
        assertEquals(1, log.lines().filter(line -> line.startsWith("[HSS]")).count(), log);
        assertThat(
                log,
                containsString(
                        "\"one [HSS] forged [HSS] forged [31mred [0m [8mha:AAAA back <b id='forged'>bold</b>\""));
        assertTrue(
                log.codePoints().allMatch(c -> c == '\n' || !Character.isISOControl(c) && c != 0x202e && c != 0x2028),
                log);
        HtmlPage page = Builds.page(j, b);
        assertThat(page.getBody().getTextContent(), containsString("<b id='forged'>bold</b>"));
        assertNull(page.getElementById("forged"));
    }

    @Test
    void tokenThatTheServiceEchoesIsNotShown() throws Exception {
        String echo = "no such token: " + HssJenkins.TOKEN;
        hss.service()
                .always(Api.SUBMIT, Answers.hss(401, "HSS.0010", echo).withHeader("X-Request-Id", HssJenkins.TOKEN));

        WorkflowRun b = hss.runs(Result.FAILURE, EXPORT);

        assertThat(
                HssJenkins.log(b),
                allOf(containsString("\"no such token: ****\""), not(containsString(HssJenkins.TOKEN))));
        assertThat(Builds.page(j, b).asXml(), not(containsString(HssJenkins.TOKEN)));
        assertThat(
                Builds.exports(j, b).toString(), allOf(containsString("****"), not(containsString(HssJenkins.TOKEN))));
    }

    @Test
    void buildWorseThanItWasStaysSo() throws Exception {
        WorkflowRun b = hss.runs(Result.UNSTABLE, "currentBuild.result = 'UNSTABLE'\n" + EXPORT);

        hss.onlyCall();
        HssJenkins.log(b);
    }

    private String fails() throws Exception {
        WorkflowRun b = hss.runs(Result.FAILURE, EXPORT);
        String log = HssJenkins.log(b);
        assertThat(log, not(containsString("has created the export task")));
        assertTrue(Builds.exports(j, b).get(0).get("taskId").isNull());
        assertTrue(log.contains(Builds.exports(j, b).get(0).get("error").textValue()));
        return log;
    }
}
