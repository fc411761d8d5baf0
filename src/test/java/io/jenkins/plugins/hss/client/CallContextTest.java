package io.jenkins.plugins.hss.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Named.named;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A deadline and a cancel reach every wait, and nothing but a wait. */
class CallContextTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Pauses pauses = new Pauses(new SettableClock());
    private final CallContext context = TestContexts.with(pauses, MINUTE);

    @AfterEach
    void noInterruptIsLeft() {
        assertFalse(Thread.interrupted());
    }

    /** Some way to wait. */
    private interface Wait {
        void in(CallContext context) throws Exception;
    }

    static Stream<Named<Wait>> waits() {
        ReentrantLock lock = new ReentrantLock();
        Condition never = lock.newCondition();
        return Stream.of(
                named("for a result", context -> context.await(new CompletableFuture<>())),
                named("for a result, bounded", context -> context.await(new CompletableFuture<>(), MINUTE)),
                named("for a pause", context -> context.sleep(MINUTE.multipliedBy(2))),
                named("for a signal", context -> {
                    lock.lock();
                    try {
                        while (true) {
                            context.await(never, Long.MAX_VALUE);
                        }
                    } finally {
                        lock.unlock();
                    }
                }));
    }

    private static Background<Boolean> waiting(Wait wait, CallContext context) {
        return Background.start(() -> {
            try {
                wait.in(context);
                return false;
            } catch (InterruptedException e) {
                // Nothing may disturb what comes next.
                return !Thread.interrupted();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("waits")
    void aCancelEndsAWait(Wait wait) throws Exception {
        CallContext cancelled = TestContexts.lasting();
        Background<Boolean> waiting = waiting(wait, cancelled).whenWaiting();

        cancelled.cancel();

        assertTrue(waiting.result());
        assertTrue(cancelled.isCancelled());
    }

    @ParameterizedTest
    @MethodSource("waits")
    void aCancelledContextRefusesEveryWait(Wait wait) {
        context.cancel();

        assertThrows(InterruptedException.class, () -> wait.in(context));
        assertThrows(InterruptedException.class, () -> wait.in(context));
        assertEquals(List.of(), pauses.taken());
    }

    @ParameterizedTest
    @MethodSource("waits")
    void theDeadlineEndsAWait(Wait wait) {
        assertThrows(DeadlineExceededException.class, () -> wait.in(TestContexts.within(Duration.ofMillis(100))));
    }

    @ParameterizedTest
    @MethodSource("waits")
    void anInterruptBySomebodyElsePassesThrough(Wait wait) throws Exception {
        CallContext other = TestContexts.lasting();
        Background<Boolean> waiting = waiting(wait, other).whenWaiting();

        waiting.interrupt();

        assertTrue(waiting.result());
        assertFalse(other.isCancelled());
        other.check();
    }

    @ParameterizedTest
    @MethodSource("waits")
    void aCancelBetweenTwoWaitsInterruptsNobody(Wait wait) throws Exception {
        CallContext cancelled = TestContexts.lasting();
        CompletableFuture<Void> begun = new CompletableFuture<>();
        CompletableFuture<Void> told = new CompletableFuture<>();
        Background<Boolean> working = Background.start(() -> {
            cancelled.await(CompletableFuture.completedFuture(1));
            begun.complete(null);
            // What is written here must not be lost.
            told.get();
            boolean undisturbed = !Thread.currentThread().isInterrupted();
            assertThrows(InterruptedException.class, () -> wait.in(cancelled));
            return undisturbed;
        });

        begun.join();
        cancelled.cancel();
        told.complete(null);

        assertTrue(working.result());
    }

    @Test
    void aCancelInTheLastMomentOfAWaitLeavesNoInterrupt() throws Exception {
        pauses.meanwhile(context::cancel);

        assertThrows(InterruptedException.class, () -> context.sleep(Duration.ofSeconds(1)));

        assertFalse(Thread.currentThread().isInterrupted());
    }

    @Test
    void aCancelThatComesTooLateForAResultLeavesNoInterrupt() throws Exception {
        CompletableFuture<String> last = new CompletableFuture<>() {
            @Override
            public String get(long timeout, TimeUnit unit) {
                context.cancel();
                return "there";
            }
        };

        assertEquals("there", context.await(last));

        assertFalse(Thread.currentThread().isInterrupted());
        assertThrows(InterruptedException.class, context::check);
    }

    @Test
    void aCancelReachesOnlyItsOwnContext() throws Exception {
        CallContext other = TestContexts.with(pauses, MINUTE);
        context.cancel();

        other.sleep(Duration.ofSeconds(1));

        assertFalse(other.isCancelled());
    }

    @Test
    void aSecondCancelChangesNothing() {
        context.cancel();
        context.cancel();

        assertThrows(InterruptedException.class, context::check);
        assertTrue(context.isCancelled());
    }

    // The deadline

    @Test
    void timeRunsOut() throws Exception {
        assertEquals(MINUTE, context.timeLeft());

        context.sleep(Duration.ofSeconds(20));
        assertEquals(Duration.ofSeconds(40), context.timeLeft());
        context.check();

        pauses.clock().advance(MINUTE);
        assertEquals(Duration.ZERO, context.timeLeft());
        DeadlineExceededException failure = assertThrows(DeadlineExceededException.class, context::check);
        assertFalse(failure.isRateLimited());
    }

    @Test
    void aPauseEndsAtTheDeadline() {
        assertThrows(DeadlineExceededException.class, () -> context.sleep(Duration.ofDays(7)));

        assertEquals(List.of(MINUTE), pauses.taken());
    }

    @Test
    void aPauseUntilTheDeadlineEndsThereToo() {
        assertThrows(DeadlineExceededException.class, () -> context.sleep(MINUTE));

        assertEquals(List.of(MINUTE), pauses.taken());
    }

    @Test
    void aCancelCountsMoreThanTheDeadline() {
        pauses.clock().advance(MINUTE);
        context.cancel();

        assertThrows(InterruptedException.class, context::check);
    }

    @Test
    void onlyAWaitForASignalIsOneForAPermit() {
        ReentrantLock lock = new ReentrantLock();
        pauses.clock().advance(MINUTE);
        lock.lock();
        try {
            DeadlineExceededException failure =
                    assertThrows(DeadlineExceededException.class, () -> context.await(lock.newCondition(), 1));
            assertTrue(failure.isRateLimited());
        } finally {
            lock.unlock();
        }
    }

    @Test
    void aResultThatIsThereIsTakenAfterTheDeadline() throws Exception {
        pauses.clock().advance(MINUTE);

        assertEquals("there", context.await(CompletableFuture.completedFuture("there")));
    }

    // Results

    @Test
    void aResultIsPassedOn() throws Exception {
        CompletableFuture<String> future = new CompletableFuture<>();
        Background<String> waiting =
                Background.start(() -> TestContexts.lasting().await(future)).whenWaiting();

        future.complete("there");

        assertEquals("there", waiting.result());
    }

    @Test
    void aFailureIsPassedOn() {
        IllegalStateException cause = new IllegalStateException();

        ExecutionException failure =
                assertThrows(ExecutionException.class, () -> context.await(CompletableFuture.failedFuture(cause)));

        assertEquals(cause, failure.getCause());
    }

    @Test
    void theShorterBoundEndsAWait() {
        CallContext patient = TestContexts.lasting();

        assertThrows(TimeoutException.class, () -> patient.await(new CompletableFuture<>(), Duration.ofMillis(20)));
    }

    @Test
    void aCancelledWaitLeavesTheResultToOthers() throws Exception {
        CompletableFuture<String> shared = new CompletableFuture<>();
        CallContext cancelled = TestContexts.lasting();
        Background<String> waiting =
                Background.start(() -> cancelled.await(shared)).whenWaiting();

        cancelled.cancel();

        assertInstanceOf(InterruptedException.class, waiting.failure());
        assertFalse(shared.isDone());
    }
}
