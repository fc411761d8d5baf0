package io.jenkins.plugins.hss.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.hss.client.SettableLimiter.Place;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Several accounts behind one address. */
class SlidingWindowRateLimiterHostTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final SettableLimiter limiter = new SettableLimiter();

    @Test
    void twoAccountsShareTheAddress() throws Exception {
        for (String account : List.of("one", "two", "one", "two", "two")) {
            limiter.enter(account, 5).consume();
        }
        Place sixth = limiter.enter("one", 5);
        Place seventh = limiter.enter("three", 5);
        assertFalse(sixth.isGranted());
        assertFalse(seventh.isGranted());

        limiter.pass(MINUTE);

        assertTrue(sixth.isGranted());
        assertTrue(seventh.isGranted());
    }

    @Test
    void aCallUnderWayTakesFromTheAddressToo() throws Exception {
        Place slow = limiter.enter("one", 1);
        Place next = limiter.enter("two", 1);
        limiter.pass(MINUTE.multipliedBy(2));
        assertFalse(next.isGranted());

        slow.permit().close();

        assertTrue(next.isGranted());
    }

    @Test
    void aWiderAddressLetsEachAccountHaveItsOwn() throws Exception {
        for (int i = 0; i < 5; i++) {
            limiter.enter("one", 10).consume();
            limiter.enter("two", 10).consume();
        }

        assertFalse(limiter.enter("one", 10).isGranted());
        assertFalse(limiter.enter("two", 10).isGranted());
    }

    @Test
    void whoseAccountIsFullIsPassedOver() throws Exception {
        for (int i = 0; i < 5; i++) {
            limiter.enter("full", 600).consume();
        }
        Place waiting = limiter.enter("full", 600);

        Place other = limiter.enter("other", 600);

        assertTrue(other.isGranted());
        assertFalse(waiting.isGranted());
        limiter.pass(MINUTE);
        assertTrue(waiting.isGranted());
    }

    @Test
    void whoIsPassedOverKeepsItsPlace() throws Exception {
        for (int i = 0; i < 5; i++) {
            limiter.enter("full", 6).consume();
        }
        Place first = limiter.enter("full", 6);
        limiter.pass(Duration.ofSeconds(30));
        limiter.enter("other", 6).consume();
        Place second = limiter.enter("other", 6);
        assertFalse(first.isGranted());
        assertFalse(second.isGranted());

        limiter.pass(Duration.ofSeconds(30));

        assertTrue(first.isGranted());
        assertTrue(second.isGranted());
    }

    @Test
    void aThrottledAccountClosesNoOther() throws Exception {
        limiter.enter("two", 600).consume();
        limiter.enter("one", 600).permit().throttled(MINUTE.multipliedBy(2));

        Place same = limiter.enter("one", 600);
        Place other = limiter.enter("two", 600);

        assertFalse(same.isGranted());
        assertTrue(other.isGranted());
    }

    @Test
    void aThrottledCallCountsForTheAddress() throws Exception {
        limiter.enter("one", 1).permit().throttled(Duration.ofSeconds(1));

        assertFalse(limiter.enter("two", 1).isGranted());
    }

    @Test
    void ranksHoldOverAllAccounts() throws Exception {
        limiter.enter("one", 1).consume();
        Place late = limiter.enter(limiter.claim("one", 5, 1, 9, null));
        Place early = limiter.enter(limiter.claim("two", 5, 1, 3, null));

        limiter.pass(MINUTE);

        assertTrue(early.isGranted());
        assertFalse(late.isGranted());
    }

    @Test
    void aWaiterThatLeavesFreesTheAddress() throws Exception {
        Place under = limiter.enter("one", 1);
        Place waiting = limiter.enter("two", 1);
        Place next = limiter.enter("three", 1);

        waiting.cancel();
        under.permit().close();

        assertTrue(next.isGranted());
    }

    @Test
    void sixteenCallsAreUnderWayHoweverManyAccountsThereAre() throws Exception {
        List<Place> places = Stream.iterate(1, i -> i + 1)
                .limit(20)
                .map(i -> limiter.enter("account " + i, 600))
                .toList();

        assertEquals(16, places.stream().filter(Place::isGranted).count());
    }

    @Test
    void theWindowsOfAccountsThatAreGoneAreForgotten() throws Exception {
        for (int i = 0; i < 200; i++) {
            limiter.enter("account " + i, 600).permit().close();
        }
        limiter.enter("throttled", 600).permit().throttled(Duration.ofSeconds(90));
        limiter.pass(MINUTE);

        // The calls are a minute old, yet the pause isn't over.
        assertFalse(limiter.enter("throttled", 600).isGranted());
    }
}
