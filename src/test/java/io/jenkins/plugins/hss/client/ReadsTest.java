package io.jenkins.plugins.hss.client;

import static io.jenkins.plugins.hss.client.Accounts.await;
import static io.jenkins.plugins.hss.client.Accounts.hssFailure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Named.named;

import io.jenkins.plugins.hss.fake.Answer;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.FakeHss;
import io.jenkins.plugins.hss.fake.Reply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is only read: the state of a task and the CI/CD accesses. */
class ReadsTest {
    private static final Duration SHORT = Duration.ofMillis(700);

    private final SettableClock clock = new SettableClock();
    private final Pauses pauses = new Pauses(clock);
    private final FakeHss hss = new FakeHss().clock(clock).token("given");
    private final Transport transport = Accounts.transport(pauses);
    private final HssClient client = client(transport);

    @AfterEach
    void stopTheService() {
        hss.close();
    }

    private HssClient client(Transport by) {
        HssClient.Scope scope = new HssClient.Scope(hss.url(), FakeHss.REGION, FakeHss.PROJECT, "0");
        return new HssClient(by, scope, new TokenAuthentication("given"), Gate.OPEN);
    }

    private <T> CompletableFuture<T> repeated(Supplier<CompletableFuture<T>> read) {
        return Retry.repeat(read, (failure, attempt, pause) -> attempt < 9 && failure.isTemporary(), pauses);
    }

    private String submitted() throws Exception {
        return await(client.submit(Accounts.export()));
    }

    // The state of a task

    @Test
    void followsATaskToItsEnd() throws Exception {
        hss.exportsTake(Duration.ofMinutes(1));
        String id = submitted();

        ExportTask running = await(client.task(id));
        clock.advance(Duration.ofMinutes(1));
        ExportTask ended = await(client.task(id));

        assertEquals(new ExportTask(id, "running", null), running);
        assertFalse(running.hasSucceeded() || running.hasFailed());
        assertTrue(ended.hasSucceeded());
        assertEquals("success", ended.status());
        assertEquals(FakeHss.REGION, hss.calls(Api.STATUS).get(0).header("region"));
        assertEquals("0", hss.calls(Api.STATUS).get(0).parameter("enterprise_project_id"));
        assertEquals(List.of(), hss.violations());
    }

    @Test
    void aFailedTaskNeedsNoFile() throws Exception {
        hss.exportsEnd("failure");

        ExportTask task = await(client.task(submitted()));

        assertTrue(task.hasFailed());
        assertNull(task.fileId());
    }

    @Test
    void anUnknownStateIsNoEnd() throws Exception {
        hss.next(Api.STATUS, Answers.status(200, "{\"task_status\":\"queued\",\"more\":[1,{}],\"file_id\":null}"));

        ExportTask task = await(client.task("a"));

        assertEquals("queued", task.status());
        assertFalse(task.hasSucceeded() || task.hasFailed());
    }

    @Test
    void aStateCannotForgeALine() throws Exception {
        hss.next(
                Api.STATUS,
                Answers.status(200, "{\"task_status\":\"odd\\nFinished: SUCCESS given " + "x".repeat(600) + "\"}"));

        String status = await(client.task("a")).status();

        assertTrue(status.startsWith("odd Finished: SUCCESS **** xxx"), status);
        assertTrue(status.length() <= 501, status);
    }

    static Stream<String> withoutState() {
        return Stream.of(
                "",
                "<html>",
                "[]",
                "{}",
                "{\"task_status\":\"\"}",
                "{\"task_status\":\" \"}",
                "{\"task_status\":null}",
                "{\"task_status\":1}");
    }

    @ParameterizedTest
    @MethodSource("withoutState")
    void aMissingStateIsNamed(String body) {
        hss.next(Api.STATUS, Answers.status(200, body));

        HssException failure = hssFailure(repeated(() -> client.task("a")));

        assertTrue(failure.getMessage().contains("no usable task_status"), failure.getMessage());
        assertEquals(Messages.Hint_notTheService(), failure.hint());
        assertEquals(1, hss.calls(Api.STATUS).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "7", "\".\"", "\"..\"", "\"../../x\"", "\"a?b\"", "\"a b\"", "\"\\u0000\""})
    void aSuccessWithoutAUsableFileIsNamed(String fileId) {
        hss.next(Api.STATUS, Answers.status(200, "{\"task_status\":\"success\",\"file_id\":" + fileId + "}"));

        assertTrue(hssFailure(client.task("a")).getMessage().contains("no usable file_id"));
    }

    // The CI/CD accesses

    @Test
    void listsTheNamesOfTheAccessesAndNothingSecret() throws Exception {
        hss.cicd("shop", "支付流水线");

        CicdAccesses accesses = await(client.cicdAccesses());

        assertEquals(new CicdAccesses(2, List.of("shop", "支付流水线")), accesses);
        hss.cicdIds().forEach(id -> assertFalse(accesses.toString().contains(id)));
        assertEquals("200", hss.calls(Api.CICD).get(0).parameter("limit"));
        assertEquals(List.of(), hss.violations());
    }

    @Test
    void accessesWithoutANameAreLeftOut() throws Exception {
        hss.next(
                Api.CICD,
                Answers.status(
                        200, "{\"total_num\":4,\"data_list\":[{},null,{\"cicd_name\":\" \"},{\"cicd_name\":\"a\"}]}"));

        assertEquals(new CicdAccesses(4, List.of("a")), await(client.cicdAccesses()));
    }

    @Test
    void aMissingListIsAnEmptyOne() throws Exception {
        hss.next(Api.CICD, Answers.status(200, "{\"total_num\":0}"));

        assertEquals(new CicdAccesses(0, List.of()), await(client.cicdAccesses()));
    }

    // What all of them share

    @Test
    void whatMayPassIsReadAgainLessAndLessOften() throws Exception {
        String id = submitted();
        hss.next(
                Api.STATUS,
                Answers.gateway(502, "APIGW.0610", "bad gateway"),
                Answers.hss(500, "HSS.1000", "oops"),
                Answers.cut(),
                Answers.html(504, "<html>"),
                Answers.empty(503),
                Answers.cut(),
                Answers.iam(500, "oops"));

        assertTrue(await(repeated(() -> client.task(id))).hasSucceeded());

        assertEquals(8, hss.calls(Api.STATUS).size());
        for (int i = 0; i < 7; i++) {
            Duration longest = Duration.ofSeconds(Math.min(30, 1 << i));
            Duration pause = pauses.taken().get(i);
            assertTrue(
                    pause.compareTo(longest) <= 0 && pause.compareTo(longest.dividedBy(2)) >= 0,
                    () -> "pause " + pause);
        }
    }

    @Test
    void aThrottledReadWaitsUntilItsMinuteIsOver() throws Exception {
        hss.callsPerMinute(1);
        String id = submitted();
        await(client.task(id));

        await(repeated(() -> client.task(id)));

        assertEquals(List.of(Duration.ofMinutes(1)), pauses.taken());
    }

    static Stream<Reply> refusals() {
        return Stream.of(
                Answers.redirect(302, "/"),
                Answers.hss(400, "HSS.0001", "no"),
                Answers.gateway(401, "APIGW.0301", "no"),
                Answers.hss(403, "HSS.0010", "no"),
                Answers.hss(404, "HSS.0011", "no"),
                Answers.html(407, "no"),
                Answers.gateway(501, "APIGW.0601", "no"),
                Answers.status(201, "{\"task_status\":\"running\"}"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatWillNotPassEndsAtOnce(Reply refusal) {
        hss.always(Api.STATUS, refusal);

        hssFailure(repeated(() -> client.task("a")));

        assertEquals(1, hss.calls(Api.STATUS).size());
        assertEquals(List.of(), pauses.taken());
    }

    @ParameterizedTest
    @MethodSource("endless")
    void aReadThatDoesNotEndIsGivenUp(Answer answer) {
        hss.always(Api.STATUS, answer);

        HssException failure =
                hssFailure(client(Accounts.within(SHORT, transport)).task("a"));

        assertEquals(HssException.Fate.ANSWER_LOST, failure.fate());
        assertTrue(failure.isTemporary());
        assertEquals(Messages.Hint_connection(), failure.hint());
    }

    static Stream<Named<Answer>> endless() {
        return Stream.of(named("silence", Answers.stall()), named("half an answer", Answers.stallWithin()));
    }
}
