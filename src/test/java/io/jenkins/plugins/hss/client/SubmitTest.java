package io.jenkins.plugins.hss.client;

import static io.jenkins.plugins.hss.client.Accounts.await;
import static io.jenkins.plugins.hss.client.Accounts.hssFailure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Named.named;

import io.jenkins.plugins.hss.fake.Answer;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.FakeHss;
import io.jenkins.plugins.hss.fake.Reply;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A submit makes one task or none, and says so where it can't know. */
class SubmitTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final SettableClock clock = new SettableClock();
    private final Pauses pauses = new Pauses(clock);
    private final FakeHss hss = new FakeHss().clock(clock).token("given");
    private final Transport transport = Accounts.transport(pauses);

    @AfterEach
    void stopTheService() {
        hss.close();
    }

    private HssClient client(Transport by) {
        return new HssClient(by, Accounts.scope(hss), new TokenAuthentication("given"), Gate.OPEN);
    }

    private CompletableFuture<String> submit() {
        return client(transport).submit(Accounts.export());
    }

    private static Reply throttled() {
        return Answers.gateway(429, "APIGW.0308", "The throttling threshold has been reached");
    }

    @Test
    void returnsTheIdOfTheTask() throws Exception {
        String task = await(submit());

        assertEquals(hss.taskIds(), List.of(task));
        assertEquals(List.of(), hss.violations());
    }

    @Test
    void aThrottledSubmitIsRepeatedWhenItsMinuteIsOver() throws Exception {
        hss.callsPerMinute(1);
        await(submit());

        await(submit());

        assertEquals(List.of(MINUTE), pauses.taken());
        assertEquals(3, hss.calls(Api.SUBMIT).size());
        assertEquals(2, hss.tasks());
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "7, 7", "300, 300", "301, 300", "999999999, 300", "9999999999, 60", "-1, 60", "soon, 60"})
    void leavesTheServiceAloneForAsLongAsItAsksUpToFiveMinutes(String asked, long seconds) throws Exception {
        hss.next(Api.SUBMIT, throttled().withHeader("Retry-After", asked));

        await(submit());

        assertEquals(List.of(Duration.ofSeconds(seconds)), pauses.taken());
        assertEquals(1, hss.tasks());
    }

    @ParameterizedTest
    @CsvSource({"90, 90", "301, 300", "-10, 0"})
    void understandsADateAsWell(long ahead, long seconds) throws Exception {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                clock.instant().plusSeconds(ahead).atOffset(ZoneOffset.UTC));
        hss.next(Api.SUBMIT, Answers.gateway(503, "APIGW.0613", "unavailable").withHeader("Retry-After", date));

        await(submit());

        assertEquals(List.of(Duration.ofSeconds(seconds)), pauses.taken());
    }

    @ParameterizedTest
    @ValueSource(strings = {"APIGW.0613", "APIG.0613"})
    void anUnavailableGatewayIsAskedFourTimesInAllLessAndLessOften(String code) {
        hss.always(Api.SUBMIT, Answers.gateway(503, code, "Backend unavailable"));

        HssException failure = hssFailure(submit());

        assertEquals(code, failure.code());
        assertEquals(4, hss.calls(Api.SUBMIT).size());
        assertEquals(3, pauses.taken().size());
        for (int i = 0; i < 3; i++) {
            Duration longest = Duration.ofSeconds(1L << i);
            Duration pause = pauses.taken().get(i);
            assertTrue(
                    pause.compareTo(longest) <= 0 && pause.compareTo(longest.dividedBy(2)) >= 0,
                    () -> "pause " + pause);
        }
    }

    @Test
    void aServiceThatThrottlesOnAndOnIsAskedFourTimes() {
        hss.always(Api.SUBMIT, throttled());

        HssException failure = hssFailure(submit());

        assertEquals(429, failure.status());
        assertEquals(Messages.Hint_throttled(), failure.hint());
        assertEquals(List.of(MINUTE, MINUTE, MINUTE), pauses.taken());
    }

    @Test
    void aServiceThatCannotBeReachedIsTriedFourTimes() {
        hss.close();

        HssException failure = hssFailure(submit());

        assertEquals(HssException.Fate.NOT_SENT, failure.fate());
        assertEquals(Messages.Hint_connection(), failure.hint());
        assertEquals(3, pauses.taken().size());
    }

    @Test
    void aServiceThatComesBackGetsTheSubmit() throws Exception {
        int port = hss.url().getPort();
        hss.close();
        FakeHss[] restarted = new FakeHss[1];
        pauses.meanwhile(() -> restarted[0] = new FakeHss(port).token("given"));

        String task = await(submit());

        try (FakeHss service = restarted[0]) {
            assertEquals(List.of(task), service.taskIds());
        }
        assertEquals(1, pauses.taken().size());
    }

    static Stream<Reply> refusals() {
        return Stream.of(
                Answers.redirect(302, "https://elsewhere.example.com/"),
                Answers.hss(400, "HSS.0001", "invalid"),
                Answers.gateway(401, "APIGW.0301", "wrong"),
                Answers.hss(403, "HSS.0013", "no"),
                Answers.gateway(404, "APIGW.0101", "not there"),
                Answers.html(407, "<html>"),
                Answers.hss(500, "HSS.1000", "oops"),
                Answers.gateway(502, "APIGW.0610", "bad gateway"),
                Answers.html(503, "<html>busy</html>"),
                Answers.hss(503, "HSS.0613", "not the gateway"),
                Answers.html(504, "<html>"),
                Answers.empty(599));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatMayHaveMadeATaskIsNotRepeatedNorWhatIsRefusedForGood(Reply refusal) {
        hss.always(Api.SUBMIT, refusal);

        hssFailure(submit());

        assertEquals(1, hss.calls(Api.SUBMIT).size());
        assertEquals(List.of(), pauses.taken());
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
    void aLostAnswerIsReportedAndTheSubmitNeverRepeated(Answer answer) {
        hss.always(Api.SUBMIT, answer);

        HssException failure = hssFailure(submit());

        assertEquals(HssException.Fate.ANSWER_LOST, failure.fate());
        assertTrue(failure.getMessage().endsWith(Messages.Hint_taskLost()), failure.getMessage());
        assertEquals(1, hss.calls(Api.SUBMIT).size());
    }

    @ParameterizedTest
    @MethodSource("endlessAnswers")
    void anAnswerThatDoesNotEndIsLost(Answer answer) {
        hss.always(Api.SUBMIT, answer);
        HssClient impatient = client(Accounts.within(Duration.ofMillis(700), transport));

        HssException failure = hssFailure(impatient.submit(Accounts.export()));

        assertEquals(HssException.Fate.ANSWER_LOST, failure.fate());
        assertTrue(failure.getMessage().contains("no whole answer"), failure.getMessage());
        assertEquals(Messages.Hint_taskLost(), failure.hint());
        assertEquals(1, hss.calls(Api.SUBMIT).size());
    }

    static Stream<Named<Answer>> endlessAnswers() {
        return Stream.of(
                named("silence", Answers.stall()),
                named("half an answer", Answers.stallWithin()),
                named("drop by drop", Answers.drip(Duration.ofMillis(50))));
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
                "{\"task_id\":\"..\"}",
                "{\"task_id\":\"a b\"}",
                "{\"task_id\":\"a/b\"}",
                "{\"task_id\":\"x\\r\\ny\"}",
                "{\"task_id\":\"aaaaaaaaaabbbbbbbbbbaaaaaaaaaabbbbbbbbbbaaaaaaaaaabbbbbbbbbb12345\"}"
            })
    void anAnswerWithoutAUsableIdMayStandForATask(String body) {
        hss.always(Api.SUBMIT, Answers.status(200, body));

        HssException failure = hssFailure(submit());

        assertTrue(failure.getMessage().contains("no usable task_id"), failure.getMessage());
        assertEquals(Messages.Hint_taskLost(), failure.hint());
        assertEquals(1, hss.calls(Api.SUBMIT).size());
    }

    @Test
    void onlyStatus200MeansThatATaskWasMade() {
        hss.always(Api.SUBMIT, Answers.status(202, "{\"task_id\":\"asdwwqdtut01\"}"));

        assertEquals(202, hssFailure(submit()).status());
        assertEquals(1, hss.calls(Api.SUBMIT).size());
    }

    @Test
    void anIdleConnectionThatTheServerHasEndedCostsNothing() throws Exception {
        hss.staleAfterFirst(true);
        String first = await(submit());
        await(client(transport).task(first));

        await(submit());

        assertEquals(2, hss.tasks());
        assertEquals(2, hss.calls(Api.SUBMIT).size());
        assertEquals(List.of(), pauses.taken());
    }

    @Test
    void everySubmitHasAConnectionOfItsOwn() throws Exception {
        await(client(transport).cicdAccesses());
        await(submit());
        await(submit());

        List<Integer> connections =
                hss.calls().stream().map(call -> call.connection()).toList();
        assertNotEquals(connections.get(0), connections.get(1));
        assertNotEquals(connections.get(1), connections.get(2));
    }
}
