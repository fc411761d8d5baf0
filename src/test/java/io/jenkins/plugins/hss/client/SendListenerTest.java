package io.jenkins.plugins.hss.client;

import static io.jenkins.plugins.hss.client.Accounts.hssFailure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The mark is the last thing before the first byte, and is taken back exactly where nothing was created. */
class SendListenerTest extends CountedPermits {
    /** Writes down how far the world is at each word. */
    private final class Observer implements SendListener {
        private final List<String> seen = new ArrayList<>();

        @Override
        public void sending() {
            seen.add("sending, " + state());
        }

        @Override
        public void createdNothing() {
            seen.add("created nothing, " + state());
        }

        private String state() {
            return "logins " + hss.calls(Api.TOKEN).size() + ", posts "
                    + hss.calls(Api.SUBMIT).size() + ", permits " + limiter.ends();
        }
    }

    private final Observer observer = new Observer();

    private String observed(Authentication caller, Transport by) throws IOException, InterruptedException {
        return client(caller, by).submit(Accounts.export(), observer);
    }

    @Test
    void theMarkComesAfterPermitAndLoginAndBeforeTheFirstByte() throws Exception {
        hss.iamUser("acme", "jenkins", "secret");

        observed(iamUser("secret"), transport);

        assertEquals(List.of("sending, logins 1, posts 0, permits [open]"), observer.seen);
    }

    @Test
    void theMarkComesAfterTheHttpClientIsMade() throws Exception {
        List<String> order = new ArrayList<>();
        Transport by = TestTransport.posting(
                () -> {
                    order.add("client " + observer.seen.size());
                    return transport.fresh().get();
                },
                transport);

        observed(TOKEN, by);

        assertEquals(List.of("client 0"), order);
    }

    @Test
    void aRenewedTokenIsAnotherSend() throws Exception {
        hss.iamUser("acme", "jenkins", "secret");
        hss.next(Api.SUBMIT, Answers.gateway(401, "APIGW.0307", "The token must be updated."));

        observed(iamUser("secret"), transport);

        assertEquals(
                List.of(
                        "sending, logins 1, posts 0, permits [open]",
                        "created nothing, logins 1, posts 1, permits [consumed]",
                        "sending, logins 2, posts 1, permits [consumed, open]"),
                observer.seen);
    }

    @Test
    void aMarkThatCannotBeSetSendsNothing() {
        IOException full = new IOException("No space left on device");
        SendListener listener = new SendListener() {
            @Override
            public void sending() throws IOException {
                throw full;
            }

            @Override
            public void createdNothing() {
                throw new AssertionError("there is no mark");
            }
        };

        assertSame(
                full,
                assertThrows(IOException.class, () -> client(TOKEN, transport).submit(Accounts.export(), listener)));

        assertNothingSent();
    }

    @Test
    void aMarkThatBreaksSendsNothing() {
        SendListener listener = new SendListener() {
            @Override
            public void sending() {
                throw new IllegalStateException("broken");
            }
        };

        assertThrows(IllegalStateException.class, () -> client(TOKEN, transport).submit(Accounts.export(), listener));

        assertNothingSent();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 429})
    void aMarkThatCannotBeTakenBackHidesNothingAndTheCallCounts(int status) {
        hss.next(Api.SUBMIT, Answers.gateway(status, "APIGW.0308", "no").withHeader("Retry-After", "7"));
        IOException full = new IOException("No space left on device");
        SendListener listener = new SendListener() {
            @Override
            public void createdNothing() throws IOException {
                throw full;
            }
        };

        HssException failure = hssFailure(() -> client(TOKEN, transport).submit(Accounts.export(), listener));

        assertEquals(status, failure.status());
        assertSame(full, failure.getSuppressed()[0]);

        assertPermits(status == 429 ? "throttled for 7" : "consumed");
    }

    @Test
    void nothingIsSaidOfASubmitThatFailsBeforeItsMark() {
        HssException failure = hssFailure(() -> submit(iamUser("wrong"), transport));

        assertEquals(Operation.TOKEN, failure.operation());
        assertMarks();
    }

    @Test
    void thePostStandsAtTheServiceOnlyAfterTheMark() throws Exception {
        List<Integer> marksAtArrival = new ArrayList<>();
        hss.next(Api.SUBMIT, exchange -> {
            marksAtArrival.add(marks.told().size());
            exchange.send(exchange.behave());
        });

        submit();

        assertEquals(List.of(1), marksAtArrival);
        assertMarks("sending");
        assertTrue(hss.violations().isEmpty());
    }
}
