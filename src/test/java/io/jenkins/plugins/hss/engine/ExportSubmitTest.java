package io.jenkins.plugins.hss.engine;

import static io.jenkins.plugins.hss.client.Messages.Hint_taskLost;
import static io.jenkins.plugins.hss.client.Messages.HssException_timeout;
import static io.jenkins.plugins.hss.client.Messages.HssException_unusable;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Named.named;

import io.jenkins.plugins.hss.client.HssException;
import io.jenkins.plugins.hss.client.TestTransport;
import io.jenkins.plugins.hss.fake.Answer;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.FakeHss;
import io.jenkins.plugins.hss.fake.Reply;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A submit is repeated where it certainly made no task, and nowhere else. */
class ExportSubmitTest extends ExportFixture {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private Export submit() {
        return exportWithoutPauses().with(Export.SUBMIT);
    }

    @Test
    void submitAloneEndsWithTheTask() throws Exception {
        ExportResult result = submit().result();

        assertEquals(new ExportResult(task(), null, Verdict.PASSED), result);
        assertEquals(List.of("sending", "submitted " + task()), recorder.told());
        assertEquals(1, hss.calls().size());
    }

    @Test
    void everyRefusedSubmitTakesItsMarkBack() throws Exception {
        hss.next(Api.SUBMIT, throttled(), unavailable());

        submit().result();

        assertEquals(
                List.of(
                        "sending",
                        "created nothing",
                        "retrying after 429",
                        "sending",
                        "created nothing",
                        "retrying after 503",
                        "sending",
                        "submitted " + task()),
                recorder.told());
    }

    @Test
    void throttledSubmitIsRepeatedWhenItsMinuteIsOver() throws Exception {
        hss.clock(clock).callsPerMinute(1);
        submit().result();

        submit().result();

        assertEquals(List.of(MINUTE), pauses.taken());
        assertEquals(3, hss.calls(Api.SUBMIT).size());
        assertEquals(2, hss.tasks());
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "7, 7", "300, 300", "301, 300", "999999999, 300", "9999999999, 60", "-1, 60", "soon, 60"})
    void serviceIsLeftAloneForAsLongAsItAsksUpToFiveMinutes(String asked, long seconds) throws Exception {
        hss.next(Api.SUBMIT, throttled().withHeader("Retry-After", asked));

        submit().result();

        assertEquals(List.of(Duration.ofSeconds(seconds)), pauses.taken());
        assertEquals(1, hss.tasks());
    }

    @ParameterizedTest
    @CsvSource({"90, 90", "301, 300", "-10, 0"})
    void serviceMayAskWithADate(long ahead, long seconds) throws Exception {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                clock.instant().plusSeconds(ahead).atOffset(ZoneOffset.UTC));
        hss.next(Api.SUBMIT, unavailable().withHeader("Retry-After", date));

        submit().result();

        assertEquals(List.of(Duration.ofSeconds(seconds)), pauses.taken());
    }

    @Test
    void throttlingIsRiddenOutUntilTheDeadline() {
        hss.always(Api.SUBMIT, throttled());

        Throwable failure = submit().failure(ExportTimeoutException.class);

        assertEquals(Collections.nCopies(30, MINUTE), pauses.taken());
        assertEquals(30, hss.calls(Api.SUBMIT).size());
        assertTrue(failure.getMessage().contains(" HTTP 429, APIGW.0308"), failure.getMessage());
        assertEquals("retrying after 429", recorder.last());
        assertEquals(30, recorder.count("created nothing"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"APIGW.0613", "APIG.0613"})
    void unavailableGatewayIsAskedLessAndLessOftenUntilTheDeadline(String code) {
        hss.always(Api.SUBMIT, Answers.gateway(503, code, "Backend unavailable"));

        Throwable failure = submit().failure(ExportTimeoutException.class);

        List<Duration> taken = pauses.taken();
        // The last one is cut off by the deadline.
        for (int i = 0; i < taken.size() - 1; i++) {
            Duration pause = taken.get(i);
            Duration longest = Duration.ofSeconds(Math.min(30, 1L << Math.min(i, 10)));
            assertTrue(
                    pause.compareTo(longest) <= 0 && pause.compareTo(longest.dividedBy(2)) >= 0,
                    () -> "pauses " + taken);
        }
        assertEquals(Export.TIMEOUT, taken.stream().reduce(Duration.ZERO, Duration::plus));
        assertEquals(taken.size(), hss.calls(Api.SUBMIT).size());
        assertTrue(failure.getMessage().contains(code), failure.getMessage());
        assertEquals(0, hss.tasks());
    }

    @Test
    void serviceThatCannotBeReachedIsTriedFourTimes() {
        hss.close();

        HssException failure = submit().failure(HssException.class);

        assertEquals(HssException.Delivery.NOT_SENT, failure.delivery());
        assertFalse(failure.getMessage().contains(Hint_taskLost()), failure.getMessage());
        assertEquals(3, pauses.taken().size());
        assertEquals(4, recorder.count("sending"));
        assertEquals("created nothing", recorder.last());
    }

    @Test
    void triesToConnectAreCountedApartFromRefusals() {
        hss.next(Api.SUBMIT, throttled(), throttled(), throttled(), throttled(), exchange -> {
            hss.refuseConnections();
            exchange.send(throttled().withHeader("Connection", "close"));
        });

        HssException failure = submit().failure(HssException.class);

        assertEquals(HssException.Delivery.NOT_SENT, failure.delivery());
        assertEquals(5, recorder.count("retrying after 429"));
        assertEquals(3, recorder.count("retrying after 0"));
    }

    @Test
    void serviceThatComesBackGetsTheSubmit() throws Exception {
        int port = hss.url().getPort();
        hss.close();
        FakeHss[] restarted = new FakeHss[1];
        pauses.meanwhile(() -> restarted[0] = new FakeHss(port).token(Export.TOKEN));

        ExportResult result = submit().result();

        try (FakeHss service = restarted[0]) {
            assertEquals(service.taskIds(), List.of(result.taskId()));
        }
        assertEquals(1, pauses.taken().size());
    }

    static Stream<Named<Reply>> finalAnswers() {
        return Stream.of(
                named("a redirect", Answers.redirect(302, "https://elsewhere.example.com/")),
                named("400 of HSS", Answers.hss(400, "HSS.0001", "invalid")),
                named("401 of the gateway", Answers.gateway(401, "APIGW.0301", "wrong")),
                named("403 of HSS", Answers.hss(403, "HSS.0013", "no")),
                named("404 of the gateway", Answers.gateway(404, "APIGW.0101", "not there")),
                named("407 of a proxy", Answers.html(407, "<html>")),
                named("500 of HSS", Answers.hss(500, "HSS.1000", "oops")),
                named("502 of the gateway", Answers.gateway(502, "APIGW.0610", "bad gateway")),
                named("503 of a proxy", Answers.html(503, "<html>busy</html>")),
                named("503 of HSS", Answers.hss(503, "HSS.0613", "not the gateway")),
                named("504 of a proxy", Answers.html(504, "<html>")),
                named("599 of nobody", Answers.empty(599)),
                named("202", Answers.status(202, "{\"task_id\":\"asdwwqdtut01\"}")));
    }

    @ParameterizedTest
    @MethodSource("finalAnswers")
    void whatMayHaveMadeATaskIsNotRepeatedNorWhatIsRefusedForGood(Reply answer) {
        hss.always(Api.SUBMIT, answer);

        HssException failure = submit().failure(HssException.class);

        assertEquals(1, hss.calls(Api.SUBMIT).size());
        assertEquals(List.of(), pauses.taken());
        assertEquals(failure.createdNothing() ? "created nothing" : "sending", recorder.last());
        boolean perhaps = !failure.createdNothing() && failure.status() != 302;
        assertEquals(perhaps, failure.getMessage().endsWith(Hint_taskLost()), failure.getMessage());
    }

    static Stream<Named<Answer>> lostAnswers() {
        return Stream.of(
                named("closed after it acted", Answers.closeAfterReadingButAct()),
                named("closed", Answers.closeAfterReading()),
                named("reset", Answers.resetAfterReading()),
                named("reset in the middle of the request", Answers.resetBeforeReading()),
                named("no HTTP", Answers.garbage()),
                named("cut", Answers.cut()));
    }

    @ParameterizedTest
    @MethodSource("lostAnswers")
    void lostAnswerLeavesTheMarkAndTheSubmitIsNeverRepeated(Answer answer) {
        hss.always(Api.SUBMIT, answer);

        HssException failure = submit().failure(HssException.class);

        assertEquals(HssException.Delivery.RESPONSE_LOST, failure.delivery());
        assertTrue(failure.getMessage().endsWith(Hint_taskLost()), failure.getMessage());
        assertEquals(List.of("sending"), recorder.told());
        assertEquals(1, hss.calls(Api.SUBMIT).size());
    }

    static Stream<Named<Answer>> endlessAnswers() {
        return Stream.of(
                named("silence", Answers.stall()),
                named("silence after it acted", Answers.stallButAct()),
                named("half an answer", Answers.stallWithin()),
                named("drop by drop", Answers.drip(Duration.ofMillis(50))));
    }

    @ParameterizedTest
    @MethodSource("endlessAnswers")
    void answerThatDoesNotEndIsLost(Answer answer) {
        hss.always(Api.SUBMIT, answer);

        HssException failure = submit().by(TestTransport.within(Duration.ofSeconds(1), TestTransport.of(clock)))
                .failure(HssException.class);

        assertEquals(HssException.Delivery.RESPONSE_LOST, failure.delivery());
        assertTrue(
                failure.getMessage().contains(HssException_timeout(hss.url().getAuthority(), 1L)),
                failure.getMessage());
        assertEquals(List.of("sending"), recorder.told());
        assertEquals(1, hss.calls(Api.SUBMIT).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"task_id\":null}", "{\"task_id\":\"..\"}", "{\"task_id\":\"x\\r\\ny\"}"})
    void answerWithoutAUsableIdMayStandForATask(String body) {
        hss.always(Api.SUBMIT, Answers.status(200, body));

        HssException failure = submit().failure(HssException.class);

        assertTrue(failure.getMessage().contains(HssException_unusable("task_id")), failure.getMessage());
        assertTrue(failure.getMessage().endsWith(Hint_taskLost()), failure.getMessage());
        assertEquals(List.of("sending"), recorder.told());
        assertEquals(1, hss.calls(Api.SUBMIT).size());
    }
}
