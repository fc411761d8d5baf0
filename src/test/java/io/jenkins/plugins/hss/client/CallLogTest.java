package io.jenkins.plugins.hss.client;

import static io.jenkins.plugins.hss.client.Accounts.hssFailure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One line a call, with no header, no body and no secret. */
class CallLogTest extends CountedPermits {
    private final Logger logger = Logger.getLogger("io.jenkins.plugins.hss.client");
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord logged) {
            records.add(logged);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        logger.setLevel(Level.ALL);
        logger.addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        logger.removeHandler(handler);
        logger.setLevel(null);
    }

    /** Checks the lines; a number stands for any milliseconds. */
    private void assertLines(String... lines) {
        assertEquals(
                List.of(lines),
                records.stream()
                        .map(logged -> logged.getMessage().replaceFirst("\\b\\d+ ms", "9 ms"))
                        .toList());
        for (LogRecord logged : records) {
            assertEquals(Level.FINE, logged.getLevel());
            assertNull(logged.getThrown());
        }
    }

    @Test
    void anAnsweredCallHasOneLine() throws Exception {
        hss.next(Api.CICD, exchange -> exchange.send(exchange.behave().withHeader("X-Request-Id", "0a1b")));

        client(TOKEN, transport).cicdAccesses();

        assertLines("CICD 200 0a1b 9 ms, attempt 1");
    }

    @Test
    void attemptsInARowAreCounted() throws Exception {
        hss.next(
                Api.CICD,
                Answers.hss(500, "HSS.1000", "oops").withHeader("X-Request-Id", "a"),
                Answers.empty(504).withHeader("X-Request-Id", "b"),
                exchange -> exchange.send(exchange.behave().withHeader("X-Request-Id", "c")),
                exchange -> exchange.send(exchange.behave().withHeader("X-Request-Id", "d")));
        HssClient client = client(TOKEN, transport);

        hssFailure(client::cicdAccesses);
        hssFailure(client::cicdAccesses);
        client.cicdAccesses();
        client.cicdAccesses();

        assertLines(
                "CICD 500 a 9 ms, attempt 1",
                "CICD 504 b 9 ms, attempt 2",
                "CICD 200 c 9 ms, attempt 3",
                "CICD 200 d 9 ms, attempt 1");
    }

    @Test
    void aCallWithoutAResponseHasALineToo() {
        hss.next(Api.SUBMIT, Answers.closeAfterReading());
        hssFailure(this::submit);
        hss.close();
        hssFailure(this::submit);

        assertLines("SUBMIT 0 RESPONSE_LOST 9 ms, attempt 1", "SUBMIT 0 NOT_SENT 9 ms, attempt 1");
    }

    @Test
    void aResponseThatNobodyUnderstandsHasOneLine() {
        hss.next(Api.SUBMIT, Answers.status(200, "{}").withHeader("X-Request-Id", "a"));

        hssFailure(this::submit);

        assertLines("SUBMIT 200 a 9 ms, attempt 1");
    }

    @Test
    void aCancelledCallHasALineToo() throws Exception {
        hss.next(Api.SUBMIT, Answers.stall());
        Background<String> submit = Background.start(this::submit);
        hss.await(Api.SUBMIT, 1, TestContexts.LONG_ENOUGH);

        context.cancel();

        assertInstanceOf(InterruptedException.class, submit.failure());
        assertLines("SUBMIT 0 InterruptedException 9 ms, attempt 1");
    }

    @Test
    void aCallThatIsNotMadeHasNoLine() {
        context.cancel();

        Background<String> submit = Background.start(this::submit);

        assertInstanceOf(InterruptedException.class, submit.failure());
        assertLines();
    }

    @Test
    void loginsAndLookUpsHaveTheirLines() throws Exception {
        hss.iamUser("acme", "jenkins", "secret password");

        submit(iamUser("secret password"), transport);

        assertEquals(
                List.of("TOKEN 201", "SUBMIT 200"),
                records.stream()
                        .map(logged -> logged.getMessage().replaceFirst("^(\\w+ \\d+) .*", "$1"))
                        .toList());
    }

    @Test
    void noLineHasASecretAHeaderOrABody() throws Exception {
        String password = "secret \"password\"";
        hss.iamUser("acme", "jenkins", password);
        IamUserAuthentication user = iamUser(password);
        hss.next(
                Api.SUBMIT,
                exchange -> exchange.send(
                        Answers.hss(400, "HSS.0001", exchange.call().header("X-Auth-Token"))
                                .withHeader("X-Request-Id", exchange.call().header("X-Auth-Token"))));
        hssFailure(() -> submit(user, transport));
        hss.next(
                Api.SUBMIT,
                Answers.status(200, "{\"request_id\":\"" + "x".repeat(600) + "\\nFinished: SUCCESS\"}")
                        .withHeader("X-Request-Id", ""));
        hssFailure(() -> submit(user, transport));

        String log = records.stream().map(LogRecord::getMessage).collect(Collectors.joining("\n"));
        assertEquals(3, records.size());
        assertFalse(log.contains(hss.issuedTokens().get(0)), log);
        assertFalse(log.contains("password"), log);
        assertFalse(log.contains("malwares"), log);
        assertFalse(log.contains("HSS.0001"), log);
        assertTrue(log.contains("SUBMIT 400 - "), log);
        assertTrue(log.contains("SUBMIT 200 - "), log);
        assertTrue(records.stream().allMatch(logged -> logged.getMessage().length() < 600), log);
        assertTrue(records.stream().noneMatch(logged -> logged.getMessage().contains("\n")), log);
    }
}
