package io.jenkins.plugins.hss.client;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The calls of one API that a host gets in any minute, over all accounts and from each.
 *
 * <p>A call counts until a minute after its response, since only that bounds when the service counted it. Whoever is
 * first in the queue watches the clock for all.
 */
final class SlidingWindowRateLimiter {
    /** However large the limit: each call has a connection, and one that posts an HTTP client of its own. */
    private static final int MAX_CONCURRENT = 16;

    private static final Duration MIN_REPORTED_WAIT = Duration.ofSeconds(2);
    /** There is no event for a quiet-down that is cancelled. */
    private static final long PAUSED_POLL = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final NavigableSet<Waiter> queue = new TreeSet<>(
            Comparator.<Waiter>comparingLong(waiter -> waiter.claim.rank).thenComparingLong(waiter -> waiter.arrival));
    private final SlidingWindow host = new SlidingWindow();
    private final Map<String, SlidingWindow> accounts = new HashMap<>();
    private long arrivals;
    private volatile Claim pausedBy;
    private boolean closed;

    SlidingWindowRateLimiter(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * What a caller wants.
     *
     * @param account whom the service counts the call for
     * @param limit the calls a minute of the account; of several limits the smallest one in use counts
     * @param hostLimit the calls a minute of the host, over all accounts
     * @param rank the smallest rank goes first, among equals whoever came first
     * @param paused whether the call must not be made just now, though there is a permit for it; null for never
     * @param waiting told about how long the wait will be, where it is a long one
     */
    record Claim(
            String account,
            int limit,
            int hostLimit,
            long rank,
            @CheckForNull BooleanSupplier paused,
            Consumer<Duration> waiting) {
        boolean isPausable() {
            return paused != null;
        }

        boolean isPaused() {
            return paused != null && paused.getAsBoolean();
        }
    }

    /** Waits for a permit. */
    RateLimiter.Permit acquire(Claim claim, CallContext context)
            throws InterruptedException, DeadlineExceededException {
        Waiter waiter = new Waiter(claim, lock.newCondition());
        try {
            Duration wait = enter(waiter);
            if (wait.compareTo(MIN_REPORTED_WAIT) >= 0) {
                claim.waiting.accept(wait);
            }
            await(waiter, context);
            while (claim.isPaused()) {
                putBack(waiter);
                await(waiter, context);
            }
            return new WindowPermit(waiter);
        } catch (InterruptedException | DeadlineExceededException | RuntimeException | Error e) {
            leave(waiter);
            throw e;
        }
    }

    /** Returns about how long a new caller would wait. */
    Duration expectedWait(Claim claim) {
        lock.lock();
        try {
            Waiter waiter = new Waiter(claim, null);
            waiter.arrival = Long.MAX_VALUE;
            expire();
            return estimate(waiter);
        } finally {
            lock.unlock();
        }
    }

    /** Grants no permit any more. */
    void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    /** Has a new look at the clock, and returns how many go on waiting. */
    int refresh() {
        lock.lock();
        try {
            grant();
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    private Duration enter(Waiter waiter) {
        lock.lock();
        try {
            waiter.arrival = arrivals++;
            window(waiter).use(waiter.claim.limit);
            queue.add(waiter);
            grant();
            return waiter.granted ? Duration.ZERO : estimate(waiter);
        } finally {
            lock.unlock();
        }
    }

    private void await(Waiter waiter, CallContext context) throws InterruptedException, DeadlineExceededException {
        while (!awaitGrant(waiter, context)) {
            // Asked without the lock: it looks into Jenkins.
            Claim claim = pausedBy;
            boolean over = claim == null || !claim.isPaused();
            lock.lock();
            try {
                if (over && pausedBy == claim) {
                    pausedBy = null;
                }
                grant();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Returns false when it is time to ask whether calls are still paused. */
    private boolean awaitGrant(Waiter waiter, CallContext context)
            throws InterruptedException, DeadlineExceededException {
        lock.lock();
        try {
            while (!waiter.granted) {
                boolean watching = waiter == queue.first();
                context.await(waiter.condition, watching ? nanosToNextChance() : Long.MAX_VALUE);
                if (watching && pausedBy != null && !waiter.granted) {
                    return false;
                }
                grant();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Gives a permit back without losing the place in the queue. */
    private void putBack(Waiter waiter) {
        lock.lock();
        try {
            pausedBy = waiter.claim;
            waiter.granted = false;
            host.release();
            window(waiter).release();
            queue.add(waiter);
            grant();
        } finally {
            lock.unlock();
        }
    }

    private void leave(Waiter waiter) {
        lock.lock();
        try {
            if (waiter.granted) {
                host.release();
                window(waiter).release();
            } else {
                queue.remove(waiter);
            }
            window(waiter).unuse(waiter.claim.limit);
            grant();
        } finally {
            lock.unlock();
        }
    }

    private void settle(Waiter waiter, boolean called, Duration pause) {
        lock.lock();
        try {
            SlidingWindow account = window(waiter);
            long now = nanoTime.getAsLong();
            if (called) {
                host.consume(now, 0);
                account.consume(now, waiter.claim.limit);
            } else {
                host.release();
                account.release();
                account.unuse(waiter.claim.limit);
            }
            if (!pause.isZero()) {
                account.closeUntil(now, now + pause.toNanos());
            }
            grant();
        } finally {
            lock.unlock();
        }
    }

    /** Grants whatever may be granted now, and has the first of those who go on waiting watch the clock. */
    private void grant() {
        long now = expire();
        Iterator<Waiter> waiters = queue.iterator();
        while (waiters.hasNext() && !closed) {
            Waiter waiter = waiters.next();
            SlidingWindow account = window(waiter);
            if (host.underWay() >= MAX_CONCURRENT || host.inUse() >= waiter.claim.hostLimit) {
                break;
            }
            if (!(pausedBy != null && waiter.claim.isPausable())
                    && !account.isClosed(now)
                    && account.inUse() < account.limit()) {
                waiters.remove();
                waiter.granted = true;
                host.begin();
                account.begin();
                waiter.condition.signal();
            }
        }
        if (!queue.isEmpty()) {
            queue.first().condition.signal();
        }
    }

    private long expire() {
        long now = nanoTime.getAsLong();
        host.expire(now);
        accounts.values().forEach(account -> account.expire(now));
        accounts.values().removeIf(account -> account.isUnused() && !account.isClosed(now));
        return now;
    }

    private SlidingWindow window(Waiter waiter) {
        return accounts.computeIfAbsent(waiter.claim.account, account -> new SlidingWindow());
    }

    /** Returns when a permit may become free of itself. */
    private long nanosToNextChance() {
        long now = nanoTime.getAsLong();
        long next = pausedBy != null ? PAUSED_POLL : SlidingWindow.MINUTE;
        next = Math.min(next, host.nanosToNextChance(now));
        for (SlidingWindow account : accounts.values()) {
            next = Math.min(next, account.nanosToNextChance(now));
        }
        return Math.max(next, 1);
    }

    private Duration estimate(Waiter waiter) {
        long now = nanoTime.getAsLong();
        long before = 0;
        long beforeOfAccount = 0;
        for (Waiter other : queue.headSet(waiter)) {
            before++;
            if (other.claim.account.equals(waiter.claim.account)) {
                beforeOfAccount++;
            }
        }
        SlidingWindow account = accounts.getOrDefault(waiter.claim.account, new SlidingWindow());
        int limit = account.isUnused() ? waiter.claim.limit : account.limit();
        return Duration.ofNanos(Math.max(
                host.estimate(now, before, waiter.claim.hostLimit), account.estimate(now, beforeOfAccount, limit)));
    }

    private static final class Waiter {
        private final Claim claim;
        private final Condition condition;
        private long arrival;
        private boolean granted;

        Waiter(Claim claim, Condition condition) {
            this.claim = claim;
            this.condition = condition;
        }
    }

    private final class WindowPermit implements RateLimiter.Permit {
        private final Waiter waiter;
        private boolean settled;

        WindowPermit(Waiter waiter) {
            this.waiter = waiter;
        }

        @Override
        public void consume() {
            settleOnce(true, Duration.ZERO);
        }

        @Override
        public void throttled(Duration pause) {
            settleOnce(true, pause);
        }

        @Override
        public void close() {
            settleOnce(false, Duration.ZERO);
        }

        private void settleOnce(boolean called, Duration pause) {
            if (!settled) {
                settled = true;
                settle(waiter, called, pause);
            }
        }
    }
}
