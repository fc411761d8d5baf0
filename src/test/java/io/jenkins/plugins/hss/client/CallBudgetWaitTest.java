package io.jenkins.plugins.hss.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jenkins.plugins.hss.client.Gate.Turn;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a caller is told of the wait. */
class CallBudgetWaitTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final SettableBudget budget = new SettableBudget();

    @Test
    void tellsAboutHowLongTheWaitWillBe() {
        budget.make(5);
        budget.pass(Duration.ofSeconds(20));

        for (int i = 0; i < 6; i++) {
            budget.enter();
        }

        Duration first = Duration.ofSeconds(40);
        assertEquals(List.of(first, first, first, first, first, first.plus(MINUTE)), budget.told());
    }

    @Test
    void thePauseOfAThrottledCallIsPartOfTheWait() {
        budget.enter().join().throttled(Duration.ofSeconds(90));
        budget.pass(Duration.ofSeconds(10));

        budget.enter();

        assertEquals(List.of(Duration.ofSeconds(80)), budget.told());
    }

    @Test
    void aWaitForCallsUnderWayIsTakenForAMinute() {
        for (int i = 0; i < 5; i++) {
            budget.enter();
        }

        for (int i = 0; i < 6; i++) {
            budget.enter();
        }

        assertEquals(List.of(MINUTE, MINUTE, MINUTE, MINUTE, MINUTE, MINUTE.multipliedBy(2)), budget.told());
    }

    @Test
    void whoGoesFirstWaitsTheShorterTime() {
        budget.make(5);
        budget.enter(5, 1);
        for (int i = 0; i < 5; i++) {
            budget.enter(5, 2);
        }
        budget.told();

        budget.enter(5, 0);
        budget.enter(5, 3);

        assertEquals(List.of(MINUTE, MINUTE.multipliedBy(2)), budget.told());
    }

    @Test
    void aShortWaitIsNotWorthAWord() {
        budget.make(5);
        budget.pass(MINUTE.minusSeconds(1));

        CompletableFuture<Turn> next = budget.enter();

        assertFalse(next.isDone());
        assertEquals(List.of(), budget.told());
    }
}
