package io.jenkins.plugins.hss.client;

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
import java.io.IOException;
import java.time.Duration;
import java.util.List;
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
    private final FakeHss hss = new FakeHss().clock(clock).token("given");
    private final Transport transport = TestTransport.of(clock);
    private final HssClient client = client(transport);

    @AfterEach
    void stopTheService() {
        hss.close();
    }

    private HssClient client(Transport by) {
        HssClient.Scope scope = new HssClient.Scope(hss.url(), FakeHss.REGION, FakeHss.PROJECT, "0");
        return new HssClient(
                by, scope, new TokenAuthentication("given"), RateLimiter.UNLIMITED, TestContexts.lasting());
    }

    private String submitted() throws IOException, InterruptedException {
        return Accounts.submit(client);
    }

    // The state of a task

    @Test
    void followsATaskToItsEnd() throws Exception {
        hss.exportsTake(Duration.ofMinutes(1));
        String id = submitted();

        ExportTask running = client.task(id);
        clock.advance(Duration.ofMinutes(1));
        ExportTask ended = client.task(id);

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

        ExportTask task = client.task(submitted());

        assertTrue(task.hasFailed());
        assertNull(task.fileId());
    }

    @Test
    void anUnknownStateIsNoEnd() throws Exception {
        hss.next(Api.STATUS, Answers.status(200, "{\"task_status\":\"queued\",\"more\":[1,{}],\"file_id\":null}"));

        ExportTask task = client.task("a");

        assertEquals("queued", task.status());
        assertFalse(task.hasSucceeded() || task.hasFailed());
    }

    @Test
    void aStateCannotForgeALine() throws Exception {
        hss.next(
                Api.STATUS,
                Answers.status(200, "{\"task_status\":\"odd\\nFinished: SUCCESS given " + "x".repeat(600) + "\"}"));

        String status = client.task("a").status();

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

        HssException failure = hssFailure(() -> client.task("a"));

        assertTrue(failure.getMessage().contains("no usable task_status"), failure.getMessage());
        assertEquals(Messages.Hint_notTheService(), failure.hint());
        assertFalse(failure.isTemporary());
        assertEquals(1, hss.calls(Api.STATUS).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "\" \"", "{}", "[]"})
    void aSuccessMayBeWithoutAFile(String fileId) throws Exception {
        hss.next(Api.STATUS, Answers.status(200, "{\"task_status\":\"success\",\"file_id\":" + fileId + "}"));

        assertEquals(new ExportTask("a", "success", null), client.task("a"));
    }

    // The CI/CD accesses

    @Test
    void listsTheNamesOfTheAccessesAndNothingSecret() throws Exception {
        hss.cicd("shop", "支付流水线");

        CicdAccesses accesses = client.cicdAccesses();

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

        assertEquals(new CicdAccesses(4, List.of("a")), client.cicdAccesses());
    }

    @Test
    void aMissingListIsAnEmptyOne() throws Exception {
        hss.next(Api.CICD, Answers.status(200, "{\"total_num\":0}"));

        assertEquals(new CicdAccesses(0, List.of()), client.cicdAccesses());
    }

    // What all of them share

    static Stream<Named<Answer>> passing() {
        return Stream.of(
                named("502 of the gateway", Answers.gateway(502, "APIGW.0610", "bad gateway")),
                named("500 of HSS", Answers.hss(500, "HSS.1000", "oops")),
                named("429", Answers.gateway(429, "APIGW.0308", "slow")),
                named("cut", Answers.cut()),
                named("a page", Answers.html(504, "<html>")),
                named("nothing", Answers.empty(503)),
                named("500 of IAM", Answers.iam(500, "oops")));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void whatMayPassIsTemporaryAndReadOnce(Answer answer) throws Exception {
        String id = submitted();
        hss.next(Api.STATUS, answer);

        assertTrue(hssFailure(() -> client.task(id)).isTemporary());
        assertTrue(client.task(id).hasSucceeded());

        assertEquals(2, hss.calls(Api.STATUS).size());
    }

    @Test
    void aThrottledReadIsTakenWhenItsMinuteIsOver() throws Exception {
        hss.callsPerMinute(1);
        String id = submitted();
        client.task(id);

        HssException failure = hssFailure(() -> client.task(id));
        clock.advance(Backoff.pause(failure, 1));

        assertTrue(failure.isThrottled());
        assertTrue(client.task(id).hasSucceeded());
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
    void whatWillNotPassIsNotTemporary(Reply refusal) {
        hss.always(Api.STATUS, refusal);

        assertFalse(hssFailure(() -> client.task("a")).isTemporary());

        assertEquals(1, hss.calls(Api.STATUS).size());
    }

    @ParameterizedTest
    @MethodSource("endless")
    void aReadThatDoesNotEndIsGivenUp(Answer answer) {
        hss.always(Api.STATUS, answer);

        HssException failure =
                hssFailure(() -> client(TestTransport.within(SHORT, transport)).task("a"));

        assertEquals(HssException.Delivery.RESPONSE_LOST, failure.delivery());
        assertTrue(failure.isTemporary());
        assertEquals(Messages.Hint_connection(), failure.hint());
    }

    static Stream<Named<Answer>> endless() {
        return Stream.of(named("silence", Answers.stall()), named("half an answer", Answers.stallWithin()));
    }
}
