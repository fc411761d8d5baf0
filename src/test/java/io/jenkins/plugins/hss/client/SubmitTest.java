package io.jenkins.plugins.hss.client;

import static io.jenkins.plugins.hss.client.Accounts.hssFailure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Named.named;

import io.jenkins.plugins.hss.fake.Answer;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.Call;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One submit makes one task or none, and says so where it can't know. */
class SubmitTest extends CountedPermits {
    @Test
    void returnsTheIdOfTheTask() throws Exception {
        String task = submit();

        assertEquals(hss.taskIds(), List.of(task));
        assertEquals(List.of(), hss.violations());
        assertMarks("sending");
    }

    static Stream<Named<Answer>> passingRefusals() {
        return Stream.of(
                named("throttled", Answers.gateway(429, "APIGW.0308", "The throttling threshold has been reached")),
                named("throttled by an older gateway", Answers.gateway(429, "APIG.0308", "throttled")),
                named("unavailable", Answers.gateway(503, "APIGW.0613", "Backend unavailable")),
                named("unavailable, older gateway", Answers.gateway(503, "APIG.0613", "Backend unavailable")));
    }

    @ParameterizedTest
    @MethodSource("passingRefusals")
    void aRefusalThatWillPassCreatedNothing(Answer refusal) throws Exception {
        hss.next(Api.SUBMIT, refusal);

        HssException failure = hssFailure(this::submit);

        assertTrue(failure.isThrottled() || failure.isGatewayUnavailable());
        assertTrue(failure.isTemporary());
        assertTrue(failure.createdNothing());
        assertMarks("sending", "created nothing");
        assertEquals(1, hss.calls(Api.SUBMIT).size());
        assertEquals(List.of(), pauses.taken());
        assertEquals(submit(), hss.taskIds().get(0));
    }

    @Test
    void aServiceThatCannotBeReachedGotNothing() {
        hss.close();

        HssException failure = hssFailure(this::submit);

        assertEquals(HssException.Delivery.NOT_SENT, failure.delivery());
        assertTrue(failure.isTemporary());
        assertTrue(failure.createdNothing());
        assertEquals(Messages.Hint_connection(), failure.hint());
        assertMarks("sending", "created nothing");
    }

    static Stream<Named<Answer>> refusals() {
        return Stream.of(
                named("400", Answers.hss(400, "HSS.0001", "invalid")),
                named("401", Answers.gateway(401, "APIGW.0301", "wrong")),
                named("403", Answers.hss(403, "HSS.0013", "no")),
                named("404", Answers.gateway(404, "APIGW.0101", "not there")),
                named("407", Answers.html(407, "<html>")),
                named("413", Answers.gateway(413, "APIGW.0201", "too large")),
                named("499", Answers.empty(499)));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatIsRefusedForGoodCreatedNothing(Answer refusal) {
        hss.always(Api.SUBMIT, refusal);

        HssException failure = hssFailure(this::submit);

        assertFalse(failure.isTemporary());
        assertTrue(failure.createdNothing());
        assertMarks("sending", "created nothing");
        assertEquals(1, hss.calls(Api.SUBMIT).size());
    }

    static Stream<Named<Answer>> doubtful() {
        return Stream.of(
                named("redirect", Answers.redirect(302, "https://elsewhere.example.com/")),
                named("500", Answers.hss(500, "HSS.1000", "oops")),
                named("502", Answers.gateway(502, "APIGW.0610", "bad gateway")),
                named("503 of nobody", Answers.html(503, "<html>busy</html>")),
                named("503 of HSS", Answers.hss(503, "HSS.0613", "not the gateway")),
                named("503 of IAM", Answers.iam(503, "not the gateway")),
                named("504", Answers.html(504, "<html>")),
                named("599", Answers.empty(599)),
                named("202", Answers.status(202, "{\"task_id\":\"asdwwqdtut01\"}")),
                named("201", Answers.status(201, "{\"task_id\":\"asdwwqdtut01\"}")));
    }

    @ParameterizedTest
    @MethodSource("doubtful")
    void whatMayHaveMadeATaskLeavesTheMark(Answer answer) {
        hss.always(Api.SUBMIT, answer);

        HssException failure = hssFailure(this::submit);

        assertEquals(HssException.Delivery.ANSWERED, failure.delivery());
        assertFalse(failure.createdNothing());
        assertMarks("sending");
        assertPermits("consumed");
        assertEquals(1, hss.calls(Api.SUBMIT).size());
    }

    static Stream<Named<Answer>> lostResponses() {
        return Stream.of(
                named("closed after it acted", Answers.closeAfterReadingButAct()),
                named("closed", Answers.closeAfterReading()),
                named("reset", Answers.resetAfterReading()),
                named("reset in the middle of the request", Answers.resetBeforeReading()),
                named("no HTTP", Answers.garbage()),
                named("cut", Answers.cut()));
    }

    @ParameterizedTest
    @MethodSource("lostResponses")
    void aLostResponseIsReportedAndTheSubmitNeverRepeated(Answer answer) {
        hss.always(Api.SUBMIT, answer);

        HssException failure = hssFailure(this::submit);

        assertEquals(HssException.Delivery.RESPONSE_LOST, failure.delivery());
        assertTrue(failure.getMessage().endsWith(Messages.Hint_taskLost()), failure.getMessage());
        assertMarks("sending");
        assertPermits("consumed");
        assertEquals(1, hss.calls(Api.SUBMIT).size());
    }

    static Stream<Named<Answer>> endless() {
        return Stream.of(
                named("silence", Answers.stall()),
                named("silence after it acted", Answers.stallButAct()),
                named("half an answer", Answers.stallWithin()),
                named("drop by drop", Answers.drip(Duration.ofMillis(50))));
    }

    @ParameterizedTest
    @MethodSource("endless")
    void aResponseThatDoesNotEndIsLost(Answer answer) {
        hss.always(Api.SUBMIT, answer);

        HssException failure = hssFailure(() -> submit(TOKEN, TestTransport.within(Duration.ofMillis(700), transport)));

        assertEquals(HssException.Delivery.RESPONSE_LOST, failure.delivery());
        assertTrue(failure.getMessage().contains("no complete response"), failure.getMessage());
        assertEquals(Messages.Hint_taskLost(), failure.hint());
        assertMarks("sending");
        assertEquals(1, hss.calls(Api.SUBMIT).size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "[]",
                "{}",
                "{\"task_id\":null}",
                "{\"task_id\":7}",
                "{\"task_id\":\"\"}",
                "{\"task_id\":\".\"}",
                "{\"task_id\":\"..\"}",
                "{\"task_id\":\"a b\"}",
                "{\"task_id\":\"a/b\"}",
                "{\"task_id\":\"x\\r\\ny\"}",
                "{\"task_id\":\"aaaaaaaaaabbbbbbbbbbaaaaaaaaaabbbbbbbbbbaaaaaaaaaabbbbbbbbbb12345\"}"
            })
    void aResponseWithoutAUsableIdMayStandForATask(String body) {
        hss.always(Api.SUBMIT, Answers.status(200, body));

        HssException failure = hssFailure(this::submit);

        assertTrue(failure.getMessage().contains("no usable task_id"), failure.getMessage());
        assertEquals(Messages.Hint_taskLost(), failure.hint());
        assertFalse(failure.createdNothing());
        assertMarks("sending");
        assertEquals(1, hss.calls(Api.SUBMIT).size());
    }

    @ParameterizedTest
    @CsvSource({"a", "asdwwqdtut01", "A.b_c~d-e", "0123456789012345678901234567890123456789012345678901234567890123"})
    void anIdMayHaveUpTo64Characters(String id) throws Exception {
        hss.next(Api.SUBMIT, Answers.status(200, "{\"more\":{},\"task_id\":\"" + id + "\"}"));

        assertEquals(id, submit());
    }

    @Test
    void anIdleConnectionThatTheServerHasEndedCostsNothing() throws Exception {
        hss.staleAfterFirst(true);
        String first = submit();
        client(TOKEN, transport).task(first);

        submit();

        assertEquals(2, hss.tasks());
        assertEquals(2, hss.calls(Api.SUBMIT).size());
    }

    @Test
    void everySubmitHasAConnectionOfItsOwn() throws Exception {
        client(TOKEN, transport).cicdAccesses();
        submit();
        submit();

        List<Integer> connections = hss.calls().stream().map(Call::connection).toList();
        assertNotEquals(connections.get(0), connections.get(1));
        assertNotEquals(connections.get(1), connections.get(2));
    }

    @Test
    void saysWhoCalls() throws Exception {
        submit();

        assertEquals(TestTransport.USER_AGENT, hss.calls(Api.SUBMIT).get(0).header("User-Agent"));
        assertEquals("application/json", hss.calls(Api.SUBMIT).get(0).header("Accept"));
    }
}
