package io.jenkins.plugins.hss.client;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.hss.client.RateLimiter.Permit;
import io.jenkins.plugins.hss.client.SlidingWindowRateLimiter.Claim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** A rate limiter whose time goes only when told to. */
final class SettableLimiter {
    /** System.nanoTime may overflow at any time. */
    private static final long BEGINNING =
            Long.MAX_VALUE - Duration.ofSeconds(30).toNanos();
    /** So large that only the accounts' limits count. */
    private static final int NO_HOST_LIMIT = 600;

    private final AtomicLong time = new AtomicLong(BEGINNING);
    private final SlidingWindowRateLimiter limiter = new SlidingWindowRateLimiter(time::get);
    private final List<Place> places = new ArrayList<>();
    private final List<Duration> told = new CopyOnWriteArrayList<>();

    /** A caller's place in the queue, and its permit when it has one. */
    final class Place {
        private final CallContext context;
        private final Background<Permit> caller;

        private Place(Claim claim, CallContext context) {
            this.context = context;
            caller = Background.start(() -> limiter.acquire(claim, context)).whenWaiting();
        }

        boolean isGranted() {
            settle();
            return caller.isDone();
        }

        Permit permit() throws Exception {
            return caller.result();
        }

        void consume() throws Exception {
            permit().consume();
        }

        /** Leaves, and returns how that ended. */
        Throwable cancel() {
            context.cancel();
            return caller.failure();
        }

        Throwable failure() {
            return caller.failure();
        }
    }

    SlidingWindowRateLimiter limiter() {
        return limiter;
    }

    /** Returns how long it has lasted. */
    Duration time() {
        return Duration.ofNanos(time.get() - BEGINNING);
    }

    /** Returns the waits that were told since the last time that they were asked for. */
    List<Duration> told() {
        List<Duration> news = List.copyOf(told);
        told.clear();
        return news;
    }

    Claim claim(String account, int limit, int hostLimit, long rank, BooleanSupplier paused) {
        return new Claim(account, limit, hostLimit, rank, paused, told::add);
    }

    Place enter(Claim claim, CallContext context) {
        Place place = new Place(claim, context);
        places.add(place);
        settle();
        return place;
    }

    Place enter(Claim claim) {
        return enter(claim, TestContexts.within(Duration.ofMinutes(5)));
    }

    /** One account alone. */
    Place enter(int limit, long rank) {
        return enter(claim("acme", limit, NO_HOST_LIMIT, rank, null));
    }

    Place enter() {
        return enter(5, 0);
    }

    /** One account of many, and a host that takes so many calls of all of them. */
    Place enter(String account, int hostLimit) {
        return enter(claim(account, 5, hostLimit, 0, null));
    }

    void make(int calls) throws Exception {
        for (int i = 0; i < calls; i++) {
            enter().consume();
        }
    }

    /** Checks that exactly so many permits are left; takes them. */
    void assertPlaces(int free) {
        for (int i = 0; i < free; i++) {
            assertTrue(enter().isGranted(), "place " + i);
        }
        assertFalse(enter().isGranted());
    }

    void pass(Duration duration) {
        time.addAndGet(duration.toNanos());
        settle();
    }

    /** Waits until everybody who may go has gone. */
    private void settle() {
        Background.until(() -> {
            places.removeIf(place -> place.caller.isDone());
            return limiter.refresh() == places.size();
        });
    }
}
