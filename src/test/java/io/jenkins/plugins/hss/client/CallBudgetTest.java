package io.jenkins.plugins.hss.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.hss.client.Gate.Turn;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may make a call, and when. */
class CallBudgetTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final SettableBudget budget = new SettableBudget();

    @Test
    void theSixthCallWaitsForAMinuteAfterTheFirst() {
        budget.make(1);
        budget.pass(Duration.ofSeconds(10));
        budget.make(4);
        CompletableFuture<Turn> sixth = budget.enter();

        budget.pass(Duration.ofSeconds(50).minusNanos(1));
        assertFalse(sixth.isDone());

        budget.pass(Duration.ofNanos(1));
        assertTrue(sixth.isDone());
    }

    @Test
    void theMinuteSlides() {
        for (int i = 0; i < 5; i++) {
            budget.make(1);
            budget.pass(Duration.ofSeconds(10));
        }
        CompletableFuture<Turn> one = budget.enter();
        CompletableFuture<Turn> other = budget.enter();

        budget.pass(Duration.ofSeconds(10));
        assertTrue(one.isDone());
        assertFalse(other.isDone());

        budget.pass(Duration.ofSeconds(10));
        assertTrue(other.isDone());
    }

    @Test
    void aCallCountsFromItsAnswer() {
        Turn slow = budget.enter(1, 0).join();
        CompletableFuture<Turn> next = budget.enter(1, 0);
        budget.pass(MINUTE.multipliedBy(2));
        assertFalse(next.isDone());

        slow.made();
        budget.pass(MINUTE.minusNanos(1));
        assertFalse(next.isDone());

        budget.pass(Duration.ofNanos(1));
        assertTrue(next.isDone());
    }

    @Test
    void anUnusedTurnIsFreeAtOnce() {
        Turn unused = budget.enter(1, 0).join();
        CompletableFuture<Turn> next = budget.enter(1, 0);

        unused.unused();

        assertTrue(next.isDone());
    }

    @Test
    void anUnusedTurnTakesItsLimitWithIt() {
        budget.enter(1, 0).join().unused();

        assertPlaces(5);
    }

    @Test
    void aLimitCountsNoMoreWhenItsCallsAreAMinuteOld() {
        budget.enter(2, 0).join().made();
        budget.enter(2, 0).join().made();

        budget.pass(MINUTE);

        assertPlaces(5);
    }

    @Test
    void aTurnThatComesTooLateIsFreeForTheNext() {
        Queue<Runnable> turns = new ArrayDeque<>();
        CallBudget slow = new CallBudget(turns::add, () -> 0, pause -> task -> {});
        CompletableFuture<Turn> impatient = slow.enter(1, 0, wait -> {});

        impatient.cancel(true);
        turns.remove().run();

        CompletableFuture<Turn> next = slow.enter(1, 0, wait -> {});
        turns.remove().run();
        assertTrue(next.isDone());
    }

    @Test
    void whoComesFirstGoesFirst() {
        budget.make(5);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            int number = i;
            budget.enter().thenAccept(turn -> {
                order.add(number);
                turn.made();
            });
        }

        budget.pass(MINUTE.multipliedBy(3));

        assertEquals(IntStream.range(0, 12).boxed().toList(), order);
    }

    @Test
    void noMinuteSeesMoreCallsThanTheLimit() {
        List<Duration> made = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            budget.enter().thenAccept(turn -> {
                made.add(budget.time());
                turn.made();
            });
            budget.pass(Duration.ofSeconds(i % 7));
        }
        budget.pass(MINUTE.multipliedBy(10));

        assertEquals(40, made.size());
        for (int i = 5; i < made.size(); i++) {
            assertTrue(made.get(i).minus(made.get(i - 5)).compareTo(MINUTE) >= 0, "call " + i);
        }
    }

    @Test
    void aSmallerRankGoesFirst() {
        budget.make(5);
        List<String> order = new ArrayList<>();
        budget.enter(5, 2).thenAccept(turn -> order.add("late"));
        budget.enter(5, 1).thenAccept(turn -> order.add("early"));
        budget.enter(5, 2).thenAccept(turn -> order.add("later"));

        budget.pass(MINUTE);

        assertEquals(List.of("early", "late", "later"), order);
    }

    @Test
    void theSmallerOfTwoLimitsCountsWhileItIsInPlay() {
        budget.enter(2, 0).join().made();
        budget.enter(5, 0).join().made();
        CompletableFuture<Turn> third = budget.enter(5, 0);
        assertFalse(third.isDone());

        budget.pass(MINUTE);

        assertTrue(third.isDone());
        assertPlaces(4);
    }

    private void assertPlaces(int free) {
        for (int i = 0; i < free; i++) {
            assertTrue(budget.enter().isDone(), "place " + i);
        }
        assertFalse(budget.enter().isDone());
    }

    @Test
    void aThrottledCallClosesTheGateForThePause() {
        budget.enter().join().throttled(Duration.ofSeconds(90));
        CompletableFuture<Turn> next = budget.enter();

        budget.pass(Duration.ofSeconds(90).minusNanos(1));
        assertFalse(next.isDone());

        budget.pass(Duration.ofNanos(1));
        assertTrue(next.isDone());
    }

    @Test
    void aShorterPauseDoesNotOpenTheGateEarlier() {
        Turn one = budget.enter().join();
        Turn other = budget.enter().join();
        one.throttled(Duration.ofSeconds(90));
        other.throttled(Duration.ofSeconds(10));
        CompletableFuture<Turn> next = budget.enter();

        budget.pass(Duration.ofSeconds(89));
        assertFalse(next.isDone());

        budget.pass(Duration.ofSeconds(1));
        assertTrue(next.isDone());
    }

    @Test
    void aCancelledWaiterLeavesItsPlaceAndItsLimit() {
        budget.make(5);
        CompletableFuture<Turn> cancelled = budget.enter(1, -1);
        CompletableFuture<Turn> patient = budget.enter();

        cancelled.cancel(true);
        budget.pass(MINUTE);

        assertTrue(patient.isDone());
        assertPlaces(4);
    }

    @Test
    void aCancelledWaiterLetsAnotherGoAtOnce() {
        budget.enter().join().made();
        CompletableFuture<Turn> narrow = budget.enter(1, 0);
        CompletableFuture<Turn> next = budget.enter();
        assertFalse(next.isDone());

        narrow.cancel(true);

        assertTrue(next.isDone());
    }

    @Test
    void aWaiterWhoseCallbackThrowsLeavesItsPlace() {
        budget.make(5);
        CompletableFuture<Turn> broken = budget.budget().enter(1, -1, wait -> {
            throw new IllegalStateException("no log");
        });

        CompletionException failure = assertThrows(CompletionException.class, broken::join);
        assertEquals("no log", failure.getCause().getMessage());
        budget.pass(MINUTE);
        assertPlaces(5);
    }

    @Test
    void howeverLargeTheLimitSixteenCallsAreUnderWayAtOnce() {
        List<CompletableFuture<Turn>> calls =
                Stream.generate(() -> budget.enter(600, 0)).limit(18).toList();
        assertEquals(16, calls.stream().filter(CompletableFuture::isDone).count());

        calls.get(0).join().made();

        assertTrue(calls.get(16).isDone());
        assertFalse(calls.get(17).isDone());
    }
}
