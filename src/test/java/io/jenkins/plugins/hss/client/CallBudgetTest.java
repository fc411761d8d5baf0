package io.jenkins.plugins.hss.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.hss.client.Gate.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** On one thread and a clock of its own: nothing here waits. */
class CallBudgetTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    /** System.nanoTime may overflow at any time. */
    private static final long BEGINNING =
            Long.MAX_VALUE - Duration.ofSeconds(30).toNanos();

    private final PriorityQueue<Alarm> alarms = new PriorityQueue<>(Comparator.comparing(Alarm::at));
    private final List<Duration> told = new ArrayList<>();
    private Duration time = Duration.ZERO;
    private final CallBudget budget = new CallBudget(
            Runnable::run,
            () -> BEGINNING + time.toNanos(),
            pause -> task -> alarms.add(new Alarm(time.plus(pause), task)));

    private record Alarm(Duration at, Runnable task) {}

    private CompletableFuture<Turn> enter(int limit, long rank) {
        return budget.enter(limit, rank, told::add);
    }

    private CompletableFuture<Turn> enter() {
        return enter(5, 0);
    }

    private void pass(Duration duration) {
        Duration end = time.plus(duration);
        while (!alarms.isEmpty() && alarms.peek().at().compareTo(end) <= 0) {
            Alarm alarm = alarms.remove();
            time = alarm.at();
            alarm.task().run();
        }
        time = end;
    }

    private void make(int calls) {
        for (int i = 0; i < calls; i++) {
            enter().join().made();
        }
    }

    @Test
    void theSixthCallWaitsForAMinuteAfterTheFirst() {
        make(1);
        pass(Duration.ofSeconds(10));
        make(4);
        CompletableFuture<Turn> sixth = enter();

        pass(Duration.ofSeconds(50).minusNanos(1));
        assertFalse(sixth.isDone());

        pass(Duration.ofNanos(1));
        assertTrue(sixth.isDone());
    }

    @Test
    void theMinuteSlides() {
        for (int i = 0; i < 5; i++) {
            make(1);
            pass(Duration.ofSeconds(10));
        }
        CompletableFuture<Turn> one = enter();
        CompletableFuture<Turn> other = enter();

        pass(Duration.ofSeconds(10));
        assertTrue(one.isDone());
        assertFalse(other.isDone());

        pass(Duration.ofSeconds(10));
        assertTrue(other.isDone());
    }

    @Test
    void aCallCountsFromItsAnswer() {
        Turn slow = enter(1, 0).join();
        CompletableFuture<Turn> next = enter(1, 0);
        pass(MINUTE.multipliedBy(2));
        assertFalse(next.isDone());

        slow.made();
        pass(MINUTE.minusNanos(1));
        assertFalse(next.isDone());

        pass(Duration.ofNanos(1));
        assertTrue(next.isDone());
    }

    @Test
    void anUnusedTurnIsFreeAtOnce() {
        Turn unused = enter(1, 0).join();
        CompletableFuture<Turn> next = enter(1, 0);

        unused.unused();

        assertTrue(next.isDone());
    }

    @Test
    void whoComesFirstGoesFirst() {
        make(5);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            int number = i;
            enter().thenAccept(turn -> {
                order.add(number);
                turn.made();
            });
        }

        pass(MINUTE.multipliedBy(3));

        assertEquals(IntStream.range(0, 12).boxed().toList(), order);
    }

    @Test
    void noMinuteSeesMoreCallsThanTheLimit() {
        List<Duration> made = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            enter().thenAccept(turn -> {
                made.add(time);
                turn.made();
            });
            pass(Duration.ofSeconds(i % 7));
        }
        pass(MINUTE.multipliedBy(10));

        assertEquals(40, made.size());
        for (int i = 5; i < made.size(); i++) {
            assertTrue(made.get(i).minus(made.get(i - 5)).compareTo(MINUTE) >= 0, "call " + i);
        }
    }

    @Test
    void aSmallerRankGoesFirst() {
        make(5);
        List<String> order = new ArrayList<>();
        enter(5, 2).thenAccept(turn -> order.add("late"));
        enter(5, 1).thenAccept(turn -> order.add("early"));
        enter(5, 2).thenAccept(turn -> order.add("later"));

        pass(MINUTE);

        assertEquals(List.of("early", "late", "later"), order);
    }

    @Test
    void theSmallerOfTwoLimitsCountsWhileItIsInPlay() {
        enter(2, 0).join().made();
        enter(5, 0).join().made();
        CompletableFuture<Turn> third = enter(5, 0);
        assertFalse(third.isDone());

        pass(MINUTE);

        assertTrue(third.isDone());
        assertPlaces(4);
    }

    private void assertPlaces(int free) {
        for (int i = 0; i < free; i++) {
            assertTrue(enter().isDone(), "place " + i);
        }
        assertFalse(enter().isDone());
    }

    @Test
    void aThrottledCallClosesTheGateForThePause() {
        enter().join().throttled(Duration.ofSeconds(90));
        CompletableFuture<Turn> next = enter();

        pass(Duration.ofSeconds(90).minusNanos(1));
        assertFalse(next.isDone());

        pass(Duration.ofNanos(1));
        assertTrue(next.isDone());
    }

    @Test
    void aShorterPauseDoesNotOpenTheGateEarlier() {
        Turn one = enter().join();
        Turn other = enter().join();
        one.throttled(Duration.ofSeconds(90));
        other.throttled(Duration.ofSeconds(10));
        CompletableFuture<Turn> next = enter();

        pass(Duration.ofSeconds(89));
        assertFalse(next.isDone());

        pass(Duration.ofSeconds(1));
        assertTrue(next.isDone());
    }

    @Test
    void aCancelledWaiterLeavesItsPlaceAndItsLimit() {
        make(5);
        CompletableFuture<Turn> cancelled = enter(1, -1);
        CompletableFuture<Turn> patient = enter();

        cancelled.cancel(true);
        pass(MINUTE);

        assertTrue(patient.isDone());
        assertPlaces(4);
    }

    @Test
    void aCancelledWaiterLetsAnotherGoAtOnce() {
        enter().join().made();
        CompletableFuture<Turn> narrow = enter(1, 0);
        CompletableFuture<Turn> next = enter();
        assertFalse(next.isDone());

        narrow.cancel(true);

        assertTrue(next.isDone());
    }

    @Test
    void aWaiterWhoseCallbackThrowsLeavesItsPlace() {
        make(5);
        CompletableFuture<Turn> broken = budget.enter(1, -1, wait -> {
            throw new IllegalStateException("no log");
        });

        CompletionException failure = assertThrows(CompletionException.class, broken::join);
        assertEquals("no log", failure.getCause().getMessage());
        pass(MINUTE);
        assertPlaces(5);
    }

    @Test
    void tellsAboutHowLongTheWaitWillBe() {
        make(5);
        pass(Duration.ofSeconds(20));

        for (int i = 0; i < 6; i++) {
            enter();
        }

        Duration first = Duration.ofSeconds(40);
        assertEquals(List.of(first, first, first, first, first, first.plus(MINUTE)), told);
    }

    @Test
    void thePauseOfAThrottledCallIsPartOfTheWait() {
        enter().join().throttled(Duration.ofSeconds(90));
        pass(Duration.ofSeconds(10));

        enter();

        assertEquals(List.of(Duration.ofSeconds(80)), told);
    }

    @Test
    void aWaitForCallsUnderWayIsTakenForAMinute() {
        for (int i = 0; i < 5; i++) {
            enter();
        }

        for (int i = 0; i < 6; i++) {
            enter();
        }

        assertEquals(List.of(MINUTE, MINUTE, MINUTE, MINUTE, MINUTE, MINUTE.multipliedBy(2)), told);
    }

    @Test
    void whoGoesFirstWaitsTheShorterTime() {
        make(5);
        enter(5, 1);
        for (int i = 0; i < 5; i++) {
            enter(5, 2);
        }
        told.clear();

        enter(5, 0);
        enter(5, 3);

        assertEquals(List.of(MINUTE, MINUTE.multipliedBy(2)), told);
    }

    @Test
    void aShortWaitIsNotWorthAWord() {
        make(5);
        pass(MINUTE.minusSeconds(1));

        CompletableFuture<Turn> next = enter();

        assertFalse(next.isDone());
        assertEquals(List.of(), told);
    }
}
