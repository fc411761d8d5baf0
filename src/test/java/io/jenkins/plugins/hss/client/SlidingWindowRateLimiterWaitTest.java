package io.jenkins.plugins.hss.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jenkins.plugins.hss.client.SettableLimiter.Place;
import io.jenkins.plugins.hss.client.SlidingWindowRateLimiter.Claim;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a caller is told of the wait. */
class SlidingWindowRateLimiterWaitTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final SettableLimiter limiter = new SettableLimiter();

    private void enter(int callers) {
        for (int i = 0; i < callers; i++) {
            limiter.enter();
        }
    }

    @Test
    void tellsAboutHowLongTheWaitWillBe() throws Exception {
        limiter.make(5);
        limiter.pass(Duration.ofSeconds(20));

        enter(6);

        Duration first = Duration.ofSeconds(40);
        assertEquals(List.of(first, first, first, first, first, first.plus(MINUTE)), limiter.told());
    }

    @Test
    void thePauseOfAThrottledCallIsPartOfTheWait() throws Exception {
        limiter.enter().permit().throttled(Duration.ofSeconds(90));
        limiter.pass(Duration.ofSeconds(10));

        limiter.enter();

        assertEquals(List.of(Duration.ofSeconds(80)), limiter.told());
    }

    @Test
    void aWaitForCallsUnderWayIsTakenForAMinute() {
        enter(5);

        enter(6);

        assertEquals(List.of(MINUTE, MINUTE, MINUTE, MINUTE, MINUTE, MINUTE.multipliedBy(2)), limiter.told());
    }

    @Test
    void whoGoesFirstWaitsTheShorterTime() throws Exception {
        limiter.make(5);
        limiter.enter(5, 1);
        for (int i = 0; i < 5; i++) {
            limiter.enter(5, 2);
        }
        limiter.told();

        limiter.enter(5, 0);
        limiter.enter(5, 3);

        assertEquals(List.of(MINUTE, MINUTE.multipliedBy(2)), limiter.told());
    }

    @Test
    void aShortWaitIsNotWorthAWord() throws Exception {
        limiter.make(5);
        limiter.pass(MINUTE.minusSeconds(1));

        Place next = limiter.enter();

        assertFalse(next.isGranted());
        assertEquals(List.of(), limiter.told());
    }

    @Test
    void aWaitForTheHostIsToldAsWell() throws Exception {
        limiter.enter("one", 2).consume();
        limiter.enter("two", 2).consume();
        limiter.pass(Duration.ofSeconds(20));

        limiter.enter("three", 2);

        assertEquals(List.of(Duration.ofSeconds(40)), limiter.told());
    }

    @Test
    void aPermitThatIsThereIsNoWait() {
        limiter.enter();

        assertEquals(List.of(), limiter.told());
    }

    // The wait that somebody would have who comes now

    private Duration expected(String account, long rank) {
        Claim claim = limiter.claim(account, 5, 600, rank, null);
        return limiter.limiter().expectedWait(claim);
    }

    @Test
    void nobodyExpectsAWaitWhereThereArePermits() throws Exception {
        assertEquals(Duration.ZERO, expected("acme", 0));

        limiter.make(4);

        assertEquals(Duration.ZERO, expected("acme", 0));
    }

    @Test
    void theWaitOfAFullMinuteIsExpected() throws Exception {
        limiter.make(5);
        limiter.pass(Duration.ofSeconds(20));

        assertEquals(Duration.ofSeconds(40), expected("acme", 0));
        assertEquals(Duration.ZERO, expected("another", 0));

        limiter.pass(Duration.ofSeconds(40));
        assertEquals(Duration.ZERO, expected("acme", 0));
    }

    @Test
    void theQueueIsPartOfTheWait() throws Exception {
        limiter.make(5);
        enter(12);

        assertEquals(MINUTE.multipliedBy(3), expected("acme", 0));
        assertEquals(MINUTE, expected("acme", -1));
    }

    @Test
    void askingTakesNoPlace() throws Exception {
        limiter.make(4);
        for (int i = 0; i < 10; i++) {
            expected("acme", 0);
        }

        assertEquals(List.of(), limiter.told());
        assertEquals(true, limiter.enter().isGranted());
    }
}
