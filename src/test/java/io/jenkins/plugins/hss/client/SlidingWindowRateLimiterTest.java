package io.jenkins.plugins.hss.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.hss.client.RateLimiter.Permit;
import io.jenkins.plugins.hss.client.SettableLimiter.Place;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may make a call of one account, and when. */
class SlidingWindowRateLimiterTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final SettableLimiter limiter = new SettableLimiter();

    @Test
    void theSixthCallWaitsForAMinuteAfterTheFirst() throws Exception {
        limiter.make(1);
        limiter.pass(Duration.ofSeconds(10));
        limiter.make(4);
        Place sixth = limiter.enter();

        limiter.pass(Duration.ofSeconds(50).minus(MOMENT));
        assertFalse(sixth.isGranted());

        limiter.pass(MOMENT);
        assertTrue(sixth.isGranted());
    }

    @Test
    void theMinuteSlides() throws Exception {
        for (int i = 0; i < 5; i++) {
            limiter.make(1);
            limiter.pass(Duration.ofSeconds(10));
        }
        Place one = limiter.enter();
        Place other = limiter.enter();

        limiter.pass(Duration.ofSeconds(10));
        assertTrue(one.isGranted());
        assertFalse(other.isGranted());

        limiter.pass(Duration.ofSeconds(10));
        assertTrue(other.isGranted());
    }

    @Test
    void aCallCountsFromItsAnswer() throws Exception {
        Permit slow = limiter.enter(1, 0).permit();
        Place next = limiter.enter(1, 0);
        limiter.pass(MINUTE.multipliedBy(2));
        assertFalse(next.isGranted());

        slow.consume();
        limiter.pass(MINUTE.minus(MOMENT));
        assertFalse(next.isGranted());

        limiter.pass(MOMENT);
        assertTrue(next.isGranted());
    }

    @Test
    void anUnusedPermitIsFreeAtOnce() throws Exception {
        Permit unused = limiter.enter(1, 0).permit();
        Place next = limiter.enter(1, 0);

        unused.close();

        assertTrue(next.isGranted());
    }

    @Test
    void anUnusedPermitTakesItsLimitWithIt() throws Exception {
        limiter.enter(1, 0).permit().close();

        limiter.assertPlaces(5);
    }

    @Test
    void onlyTheFirstWordAboutAPermitCounts() throws Exception {
        Permit permit = limiter.enter(1, 0).permit();
        permit.consume();
        permit.close();
        permit.throttled(MINUTE.multipliedBy(5));
        permit.consume();
        Place next = limiter.enter(1, 0);

        assertFalse(next.isGranted());
        limiter.pass(MINUTE);
        assertTrue(next.isGranted());
    }

    @Test
    void aLimitCountsNoMoreWhenItsCallsAreAMinuteOld() throws Exception {
        limiter.enter(2, 0).consume();
        limiter.enter(2, 0).consume();

        limiter.pass(MINUTE);

        limiter.assertPlaces(5);
    }

    @Test
    void whoComesFirstGoesFirst() throws Exception {
        limiter.make(5);
        List<Place> places = Stream.generate(limiter::enter).limit(12).toList();

        for (int granted : List.of(5, 10, 12)) {
            limiter.pass(MINUTE);
            for (int i = 0; i < places.size(); i++) {
                assertEquals(i < granted, places.get(i).isGranted(), "place " + i);
            }
            for (Place place : places.subList(0, granted)) {
                place.consume();
            }
        }
    }

    @Test
    void aSmallerRankGoesFirst() throws Exception {
        limiter.enter(1, 0).consume();
        Place late = limiter.enter(1, 2);
        Place early = limiter.enter(1, 1);
        Place later = limiter.enter(1, 2);

        for (Place next : List.of(early, late, later)) {
            assertFalse(next.isGranted());
            limiter.pass(MINUTE);
            assertTrue(next.isGranted());
            next.consume();
        }
    }

    @Test
    void theSmallerOfTwoLimitsCountsWhileItIsInUse() throws Exception {
        limiter.enter(2, 0).consume();
        limiter.enter(5, 0).consume();
        Place third = limiter.enter(5, 0);
        assertFalse(third.isGranted());

        limiter.pass(MINUTE);

        assertTrue(third.isGranted());
        limiter.assertPlaces(4);
    }

    @Test
    void aThrottledCallClosesTheAccountForThePause() throws Exception {
        limiter.enter().permit().throttled(Duration.ofSeconds(90));
        Place next = limiter.enter();

        limiter.pass(Duration.ofSeconds(90).minus(MOMENT));
        assertFalse(next.isGranted());

        limiter.pass(MOMENT);
        assertTrue(next.isGranted());
    }

    @Test
    void aShorterPauseDoesNotOpenTheAccountEarlier() throws Exception {
        Permit one = limiter.enter().permit();
        Permit other = limiter.enter().permit();
        one.throttled(Duration.ofSeconds(90));
        other.throttled(Duration.ofSeconds(10));
        Place next = limiter.enter();

        limiter.pass(Duration.ofSeconds(89));
        assertFalse(next.isGranted());

        limiter.pass(Duration.ofSeconds(1));
        assertTrue(next.isGranted());
    }

    @Test
    void aThrottledCallWithoutAPauseCountsAsAnyOther() throws Exception {
        limiter.enter().permit().throttled(Duration.ZERO);

        limiter.assertPlaces(4);
    }

    @Test
    void howeverLargeTheLimitSixteenCallsAreUnderWayAtOnce() throws Exception {
        List<Place> calls =
                Stream.generate(() -> limiter.enter(600, 0)).limit(18).toList();
        assertEquals(16, calls.stream().filter(Place::isGranted).count());

        calls.get(0).consume();

        assertTrue(calls.get(16).isGranted());
        assertFalse(calls.get(17).isGranted());
    }
}
