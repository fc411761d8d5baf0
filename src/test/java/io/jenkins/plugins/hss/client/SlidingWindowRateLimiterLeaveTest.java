package io.jenkins.plugins.hss.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.hss.client.RateLimiter.Permit;
import io.jenkins.plugins.hss.client.SettableLimiter.Place;
import io.jenkins.plugins.hss.client.SlidingWindowRateLimiter.Claim;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever leaves the queue, or can't go on, takes nothing from the others. */
class SlidingWindowRateLimiterLeaveTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final SettableLimiter limiter = new SettableLimiter();

    @Test
    void aCancelledWaiterLeavesItsPlaceAndItsLimit() throws Exception {
        limiter.make(5);
        Place cancelled = limiter.enter(1, -1);
        Place patient = limiter.enter();

        assertInstanceOf(InterruptedException.class, cancelled.cancel());
        limiter.pass(MINUTE);

        assertTrue(patient.isGranted());
        limiter.assertPlaces(4);
    }

    @Test
    void aCancelledWaiterLetsAnotherGoAtOnce() throws Exception {
        limiter.enter().consume();
        Place narrow = limiter.enter(1, 0);
        Place next = limiter.enter();
        assertFalse(next.isGranted());

        narrow.cancel();

        assertTrue(next.isGranted());
    }

    @Test
    void cancelledWaitersLoseNobodysPlace() throws Exception {
        limiter.enter(1, 0).consume();
        List<Place> places = Stream.generate(() -> limiter.enter(1, 0)).limit(6).toList();

        // The first, one in the middle and the last.
        for (int i : List.of(0, 2, 5)) {
            assertInstanceOf(InterruptedException.class, places.get(i).cancel());
        }

        for (int i : List.of(1, 3, 4)) {
            assertFalse(places.get(i).isGranted());
            limiter.pass(MINUTE);
            assertTrue(places.get(i).isGranted(), "place " + i);
            places.get(i).consume();
        }
    }

    @Test
    void somebodyWatchesTheClockWhenTheWatcherLeaves() throws Exception {
        // By the true clock: nobody else wakes anybody.
        SlidingWindowRateLimiter real = new SlidingWindowRateLimiter(System::nanoTime);
        Claim claim = limiter.claim("acme", 5, 600, 0, null);
        real.acquire(claim, TestContexts.lasting()).throttled(Duration.ofMillis(500));
        CallContext leaving = TestContexts.lasting();
        Background<Permit> watcher =
                Background.start(() -> real.acquire(claim, leaving)).whenWaiting();
        Background<Permit> next = Background.start(() -> real.acquire(claim, TestContexts.lasting()))
                .whenWaiting();

        leaving.cancel();

        assertInstanceOf(InterruptedException.class, watcher.failure());
        next.result().close();
    }

    @Test
    void aWaiterWhoseCallbackThrowsLeavesItsPlace() throws Exception {
        limiter.make(5);
        Claim broken = new Claim("acme", 1, 600, -1, null, wait -> {
            throw new IllegalStateException("no log");
        });

        IllegalStateException failure = assertThrows(
                IllegalStateException.class, () -> limiter.limiter().acquire(broken, TestContexts.lasting()));

        assertEquals("no log", failure.getMessage());
        limiter.pass(MINUTE);
        limiter.assertPlaces(5);
    }

    @Test
    void theDeadlineComesWhileAPermitIsWaitedFor() throws Exception {
        limiter.make(5);
        Place late =
                limiter.enter(limiter.claim("acme", 1, 600, -1, null), TestContexts.within(Duration.ofMillis(100)));

        DeadlineExceededException failure = assertInstanceOf(DeadlineExceededException.class, late.failure());

        assertTrue(failure.isRateLimited());
        limiter.pass(MINUTE);
        limiter.assertPlaces(5);
    }

    @Test
    void nothingIsGrantedAfterTheClose() throws Exception {
        limiter.make(5);
        Place before = limiter.enter();
        limiter.limiter().close();
        Place after = limiter.enter();

        limiter.pass(MINUTE);

        assertFalse(before.isGranted());
        assertFalse(after.isGranted());
        assertInstanceOf(InterruptedException.class, before.cancel());
        assertFalse(after.isGranted());
        after.cancel();
    }

    @Test
    void aPermitGrantedBeforeTheCloseIsGivenBackAsUsual() throws Exception {
        Permit granted = limiter.enter().permit();
        limiter.limiter().close();

        granted.consume();

        assertFalse(limiter.enter().isGranted());
    }
}
