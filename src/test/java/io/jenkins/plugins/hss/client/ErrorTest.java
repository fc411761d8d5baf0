package io.jenkins.plugins.hss.client;

import static io.jenkins.plugins.hss.client.Accounts.hssFailure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Named.named;

import io.jenkins.plugins.hss.fake.Answer;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.FakeHss;
import io.jenkins.plugins.hss.fake.Reply;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.localizer.ResourceBundleHolder;

/** Every shape of a refusal becomes a message that says what happened and what to do. */
class ErrorTest {
    private static final String FAILED = "Listing the CI/CD accesses failed: ";
    private static final String NOT_THE_SERVICE = "the response does not come from the service – HTTP ";
    private static final String TOKEN = "MIIsecret+token/0123456789==";

    private final FakeHss hss = new FakeHss().token(TOKEN);
    private final HssClient client =
            Accounts.client(hss, new TokenAuthentication(TOKEN), TestTransport.of(new SettableClock()));

    @AfterEach
    void stopTheService() {
        hss.close();
    }

    private HssException refused(Answer answer) {
        hss.next(Api.CICD, answer);
        HssException failure = hssFailure(client::cicdAccesses);
        assertEquals(HssException.Delivery.ANSWERED, failure.delivery());
        assertEquals(Operation.CICD, failure.operation());
        return failure;
    }

    @Test
    void readsAnErrorOfHss() {
        HssException failure = refused(Answers.hss(400, "HSS.0001", "参数错误").withHeader("X-Request-Id", "0a1b2c"));

        assertEquals(400, failure.status());
        assertEquals("HSS.0001", failure.code());
        assertEquals("参数错误", failure.serviceMessage());
        assertEquals("0a1b2c", failure.requestId());
        assertEquals(Messages.Hint_parameters(), failure.hint());
        assertEquals(
                FAILED + "HTTP 400, HSS.0001, \"参数错误\", request ID 0a1b2c. " + "Check the parameters.",
                failure.getMessage());
    }

    @Test
    void theDescriptionStandsInForTheMessage() {
        Reply answer = Answers.status(
                400, "{\"error_code\":\"HSS.0002\",\"error_msg\":\" \",\"error_description\":\"not parsed\"}");

        assertEquals("not parsed", refused(answer).serviceMessage());
    }

    @Test
    void readsAnErrorOfTheGatewayWithTheIdInItsBody() {
        Reply answer = Answers.status(
                        403, "{\"error_code\":\"APIGW.0302\",\"error_msg\":\"not allowed\",\"request_id\":\"7f\"}")
                .withHeader("X-Request-Id", "");

        HssException failure = refused(answer);

        assertEquals("APIGW.0302", failure.code());
        assertEquals("7f", failure.requestId());
        assertEquals(Messages.Hint_permission(), failure.hint());
    }

    @Test
    void readsAnErrorInTheWordsOfIam() {
        HssException failure = refused(Answers.iam(401, "The token must be updated")
                .withHeader("X-Request-Id", "")
                .withHeader("X-IAM-Trace-Id", "trace"));

        assertEquals("", failure.code());
        assertEquals("The token must be updated", failure.serviceMessage());
        assertEquals("trace", failure.requestId());
        assertEquals(Messages.Hint_token(), failure.hint());
        assertFalse(failure.getMessage().contains(NOT_THE_SERVICE), failure.getMessage());
    }

    @Test
    void theTitleStandsInForTheMessageOfIam() {
        assertEquals(
                "Forbidden",
                refused(Answers.status(403, "{\"error\":{\"code\":403,\"message\":null,\"title\":\"Forbidden\"}}"))
                        .serviceMessage());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            400, HSS.0001,   parameters,    false
            400, HSS.0010,   permission,    false
            400, HSS.0011,   notFound,      false
            400, HSS.0013,   permission,    false
            403, HSS.0010,   permission,    false
            404, HSS.0011,   notFound,      false
            409, HSS.0009,   parameters,    false
            500, HSS.1000,   unavailable,   true
            202, HSS.0001,   notTheService, false
            404, APIGW.0101, notPublished,  false
            404, APIG.0101,  notPublished,  false
            400, APIGW.0201, parameters,    false
            413, APIGW.0201, parameters,    false
            414, APIGW.0201, parameters,    false
            401, APIGW.0301, token,         false
            401, APIGW.0307, token,         false
            403, APIGW.0302, permission,    false
            403, APIGW.0306, permission,    false
            403, APIGW.0310, permission,    false
            403, APIGW.0802, permission,    false
            429, APIGW.0308, throttled,     true
            429, APIG.0308,  throttled,     true
            500, APIGW.0601, unavailable,   true
            502, APIGW.0610, unavailable,   true
            503, APIGW.0613, unavailable,   true
            501, APIGW.0601, unavailable,   false
            505, APIGW.0601, unavailable,   false
            """)
    void everyCodeHasItsHint(int status, String code, String hint, boolean temporary) {
        HssException failure = refused(Answers.gateway(status, code, "words of the service"));

        assertEquals(status, failure.status());
        assertEquals(code, failure.code());
        assertEquals(temporary, failure.isTemporary());
        assertTrue(failure.getMessage().startsWith(FAILED + "HTTP " + status), failure.getMessage());
        assertTrue(failure.getMessage().contains("\"words of the service\""), failure.getMessage());
        assertEquals(ResourceBundleHolder.get(Messages.class).format("Hint." + hint), failure.hint());
    }

    @ParameterizedTest
    @CsvSource({"SUBMIT, 500, true", "SUBMIT, 502, true", "SUBMIT, 503, false", "STATUS, 500, false"})
    void onlyASubmitThatHssMayHaveSeenLeavesATask(Operation operation, int status, boolean perhaps) {
        hss.always(Api.SUBMIT, Answers.gateway(status, "APIGW.0601", "no").withHeader("Retry-After", "0"));
        hss.always(Api.STATUS, Answers.gateway(status, "APIGW.0601", "no"));
        HssException failure = operation == Operation.SUBMIT
                ? hssFailure(() -> Accounts.submit(client))
                : hssFailure(() -> client.task("a"));

        assertEquals(perhaps, failure.hint().equals(Messages.Hint_taskLost()), failure.hint());
        assertEquals(!perhaps && operation == Operation.SUBMIT, failure.createdNothing());
    }

    @ParameterizedTest
    @CsvSource({"302, false", "399, false", "400, true", "404, true", "499, true", "500, false", "503, false"})
    void onlyARefusalSaysThatNothingCameOfTheCall(int status, boolean refusal) {
        assertEquals(
                refusal,
                refused(Answers.hss(status, "HSS.0001", "no").withHeader("Location", "/"))
                        .createdNothing());
    }

    static Stream<Named<Reply>> strangers() {
        String page = "<html><body><h1>Bad gateway</h1><script>alert(1)</script></body></html>";
        return Stream.of(
                named("a page", Answers.html(502, page)),
                named("a page as JSON", Answers.status(502, page)),
                named("nothing", Answers.empty(502)),
                named("a list", Answers.status(502, "[]")),
                named("a text", Answers.status(502, "\"oops\"")),
                named("a number", Answers.status(502, "502")),
                named("null", Answers.status(502, "null")),
                named("half JSON", Answers.status(502, "{\"error_code\":\"HSS.0001\"")),
                named("other JSON", Answers.status(502, "{\"message\":\"oops\"}")),
                named("empty words", Answers.status(502, "{\"error_code\":\"\",\"error_msg\":\"\"}")),
                named("null words", Answers.status(502, "{\"error_code\":null}")),
                named("an object for a word", Answers.status(502, "{\"error_code\":{}}")),
                named("deep JSON", Answers.deep(100_000).withStatus(502)),
                named("2 MiB", Answers.huge(2 << 20).withStatus(502)),
                named("no UTF-8", Answers.bytes(502, "application/json", new byte[] {'"', (byte) 0xff, '"'})));
    }

    @ParameterizedTest
    @MethodSource("strangers")
    void anAnswerOfSomebodyElseIsCalledThat(Reply answer) {
        HssException failure = refused(answer.withHeader("X-Request-Id", "1"));

        assertEquals(
                FAILED + NOT_THE_SERVICE + "502, request ID 1. The service has a problem. Try again later.",
                failure.getMessage());
        assertEquals("", failure.code());
        assertTrue(failure.isTemporary());
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsNamedAndNotFollowed(int status) {
        HssException failure = refused(Answers.redirect(status, hss.url() + "/login?next=%0A\u0007"));

        assertTrue(
                failure.getMessage()
                        .startsWith(FAILED + "the response is a redirect to " + hss.url()
                                + "/login?next=%0A, which is not followed – HTTP " + status),
                failure.getMessage());
        assertTrue(failure.getMessage().endsWith("Check the endpoint."), failure.getMessage());
        assertEquals(1, hss.calls().size());
    }

    @Test
    void aCodeMayBeANumber() {
        assertEquals("7", refused(Answers.status(500, "{\"error_code\":7}")).code());
    }

    @Test
    void unknownPropertiesDoNoHarm() {
        HssException failure = refused(Answers.status(
                400,
                "{\"extra\":[{}],\"error_code\":\"HSS.0001\",\"error_msg\":\"no\",\"error\":\"x\",\"encoded\":null}"));

        assertEquals("no", failure.serviceMessage());
    }

    @Test
    void theServicesWordsCannotForgeALine() {
        HssException failure = refused(Answers.status(400, """
                {"error_code":"HSS.0001\\r\\nFinished: SUCCESS",
                 "error_msg":"no\\n[Pipeline] end\\u001b[8mhidden\\u0000\\u202edesrever\\u2028x\\ud800y"}"""));

        assertEquals("HSS.0001 Finished: SUCCESS", failure.code());
        assertEquals("no [Pipeline] end [8mhidden desrever x y", failure.serviceMessage());
        assertTrue(failure.getMessage().codePoints().noneMatch(Character::isISOControl), failure.getMessage());
    }

    @Test
    void markupIsLeftToThoseWhoShowIt() {
        assertEquals(
                "<b>no</b> & \"no\"",
                refused(Answers.hss(400, "HSS.0001", "<b>no</b> & \"no\"")).serviceMessage());
    }

    @Test
    void longWordsAreCutBetweenCharacters() {
        String words = refused(Answers.hss(400, "HSS.0001", "\uD83D\uDC33".repeat(501)))
                .serviceMessage();

        assertEquals("\uD83D\uDC33".repeat(500) + "…", words);
    }

    @Test
    void anEchoedTokenIsNotShown() {
        Answer echo = exchange -> {
            String token = exchange.call().header("X-Auth-Token");
            exchange.send(Answers.hss(400, token, "the token " + token + " is odd")
                    .withHeader("X-Request-Id", "id-" + token));
        };

        HssException failure = refused(echo);

        assertEquals("the token **** is odd", failure.serviceMessage());
        assertFalse(failure.getMessage().contains(TOKEN), failure.getMessage());
        assertFalse(failure.code().contains(TOKEN), failure.code());
        assertFalse(failure.requestId().contains(TOKEN), failure.requestId());
    }

    @Test
    void aTokenEchoedInARedirectIsNotShown() {
        assertFalse(refused(Answers.redirect(302, "https://elsewhere.example.com/?token=" + TOKEN))
                .getMessage()
                .contains(TOKEN));
    }

    @Test
    void anAnswerIsReadUpToOneMebibyte() {
        String padding = " ".repeat((1 << 20) - 100);
        Reply atTheEnd = Answers.status(400, "{\"error_code\":\"HSS.0001\"," + padding + "\"error_msg\":\"no\"}");
        Reply beyond =
                Answers.status(400, "{\"error_code\":\"HSS.0001\"," + padding + padding + "\"error_msg\":\"no\"}");

        assertEquals("HSS.0001", refused(atTheEnd).code());
        assertEquals("", refused(beyond).code());
    }

    @Test
    void anEndlessAnswerIsNotReadToItsEnd() {
        assertTrue(refused(Answers.huge(1L << 40)).getMessage().contains("no usable total_num"));
    }
}
