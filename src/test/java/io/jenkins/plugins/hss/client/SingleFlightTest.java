package io.jenkins.plugins.hss.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One caller requests, all the others wait. */
class SingleFlightTest {
    private final SingleFlight<String> flight = new SingleFlight<>(value -> !value.startsWith("stale"));
    private final AtomicInteger requests = new AtomicInteger();
    /** What the first request waits for. */
    private final CompletableFuture<String> answer = new CompletableFuture<>();

    private final CallContext first = TestContexts.lasting();

    private String get(String value) throws IOException, InterruptedException {
        return flight.get(
                () -> {
                    requests.incrementAndGet();
                    return value;
                },
                TestContexts.lasting());
    }

    /** Requests something whose answer is the test's. */
    private Background<String> requesting() {
        Background<String> requesting = Background.start(() -> flight.get(
                () -> {
                    requests.incrementAndGet();
                    return answered();
                },
                first));
        return requesting.whenWaiting();
    }

    private String answered() throws IOException, InterruptedException {
        try {
            return first.await(answer);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw (RuntimeException) e.getCause();
        }
    }

    private List<Background<String>> others(int count) {
        return Stream.generate(() -> Background.start(() -> get("of another")).whenWaiting())
                .limit(count)
                .toList();
    }

    @Test
    void manyCallersAtOnceMakeOneRequest() throws Exception {
        Background<String> requester = requesting();
        List<Background<String>> others = others(20);

        answer.complete("value");

        assertEquals("value", requester.result());
        for (Background<String> other : others) {
            assertEquals("value", other.result());
        }
        assertEquals(1, requests.get());
    }

    @Test
    void aValueIsKeptWhileItIsUsable() throws Exception {
        assertEquals("value", get("value"));
        assertEquals("value", get("another"));
        assertEquals(1, requests.get());
    }

    @Test
    void aValueThatIsNoLongerUsableIsRequestedAnew() throws Exception {
        assertEquals("stale", get("stale"));
        assertEquals("value", get("value"));
        assertEquals(2, requests.get());
    }

    @Test
    void aCancelledRequesterHandsOverToOneOfTheOthers() throws Exception {
        Background<String> requester = requesting();
        List<Background<String>> others = others(5);

        first.cancel();

        assertInstanceOf(InterruptedException.class, requester.failure());
        for (Background<String> other : others) {
            assertEquals("of another", other.result());
        }
        assertEquals(2, requests.get());
    }

    @Test
    void aRequesterOutOfTimeHandsOver() throws Exception {
        Background<String> requester = requesting();
        List<Background<String>> others = others(2);

        answer.completeExceptionally(new DeadlineExceededException(false));

        assertInstanceOf(DeadlineExceededException.class, requester.failure());
        for (Background<String> other : others) {
            assertEquals("of another", other.result());
        }
        assertEquals(2, requests.get());
    }

    @Test
    void aBrokenRequesterHandsOver() throws Exception {
        Background<String> requester = requesting();
        List<Background<String>> others = others(2);

        answer.completeExceptionally(new IllegalStateException("broken"));

        assertInstanceOf(IllegalStateException.class, requester.failure());
        for (Background<String> other : others) {
            assertEquals("of another", other.result());
        }
    }

    @Test
    void aRefusalIsThatOfAllWhoWait() throws Exception {
        Background<String> requester = requesting();
        List<Background<String>> others = others(5);
        HssException refusal = new HssException.Builder(Operation.TOKEN).build();

        answer.completeExceptionally(refusal);

        assertSame(refusal, requester.failure());
        for (Background<String> other : others) {
            assertSame(refusal, other.failure());
        }
        assertEquals(1, requests.get());
    }

    @Test
    void aFailureIsNotKept() throws Exception {
        HssException refusal = new HssException.Builder(Operation.TOKEN).build();
        assertThrows(
                HssException.class,
                () -> flight.get(
                        () -> {
                            throw refusal;
                        },
                        first));

        assertEquals("value", get("value"));
    }

    @Test
    void aCancelledWaiterDisturbsNobody() throws Exception {
        Background<String> requester = requesting();
        CallContext cancelled = TestContexts.lasting();
        Background<String> waiter =
                Background.start(() -> flight.get(() -> "never", cancelled)).whenWaiting();
        List<Background<String>> others = others(1);

        cancelled.cancel();

        assertInstanceOf(InterruptedException.class, waiter.failure());
        answer.complete("value");
        assertEquals("value", requester.result());
        assertEquals("value", others.get(0).result());
    }

    @Test
    void aWaiterHasItsOwnDeadline() {
        Background<String> requester = requesting();

        assertThrows(
                DeadlineExceededException.class,
                () -> flight.get(() -> "never", TestContexts.within(Duration.ofMillis(50))));

        assertFalse(requester.isDone());
        first.cancel();
    }

    @Test
    void whatWasRefusedIsForgotten() throws Exception {
        get("value");

        flight.forget("another"::equals);
        assertEquals("value", get("new"));

        flight.forget("value"::equals);
        assertEquals("new", get("new"));
        assertEquals(2, requests.get());
    }

    @Test
    void aRequestUnderWayIsNotForgotten() throws Exception {
        flight.forget(value -> true);
        Background<String> requester = requesting();

        flight.forget(value -> true);
        answer.complete("value");

        assertEquals("value", requester.result());
        assertEquals("value", get("another"));
    }
}
