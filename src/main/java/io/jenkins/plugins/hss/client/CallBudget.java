package io.jenkins.plugins.hss.client;

import io.jenkins.plugins.hss.client.Gate.Turn;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The calls that one account may make of one API in any minute; builds queue for them without a thread each.
 *
 * <p>A call takes its place until a minute after its answer, since only that bounds when the service counted it. Of
 * several limits the smallest one that is in play counts. Not more than a few calls are under way at once.
 */
final class CallBudget {
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    /** However large the limit: each call under way has a connection, and one that posts an HTTP client of its own. */
    private static final int MOST_AT_ONCE = 16;

    /** Shorter waits aren't worth a word. */
    private static final Duration WORTH_TELLING = Duration.ofSeconds(2);

    private final Executor executor;
    private final LongSupplier nanoTime;
    private final Function<Duration, Executor> later;
    private final PriorityQueue<Waiter> queue = new PriorityQueue<>(
            Comparator.<Waiter>comparingLong(waiter -> waiter.rank).thenComparingLong(waiter -> waiter.arrival));
    /** The calls of the last minute, the oldest first. */
    private final Deque<Made> made = new ArrayDeque<>();
    /** How many waiters, calls under way and calls of the last minute stand behind each limit. */
    private final TreeMap<Integer, Integer> limits = new TreeMap<>();

    private int underWay;
    private long arrivals;
    private long closedUntil;
    private long wakeUp = Long.MAX_VALUE;

    private record Made(long at, int limit) {}

    CallBudget(Executor executor, LongSupplier nanoTime) {
        this(
                executor,
                nanoTime,
                pause -> CompletableFuture.delayedExecutor(pause.toNanos(), TimeUnit.NANOSECONDS, executor));
    }

    /**
     * Takes what a test wants to hold in its hand.
     *
     * @param later gives what looks again after a pause
     */
    CallBudget(Executor executor, LongSupplier nanoTime, Function<Duration, Executor> later) {
        this.executor = executor;
        this.nanoTime = nanoTime;
        this.later = later;
        this.closedUntil = nanoTime.getAsLong();
    }

    /**
     * Queues for a call.
     *
     * @param limit the calls a minute that the caller's connection allows
     * @param rank who goes first: the smallest one, among equals whoever came first
     * @param waiting told about how long the wait will be, where there is a long one
     */
    CompletableFuture<Turn> enter(int limit, long rank, Consumer<Duration> waiting) {
        Waiter waiter;
        Duration wait;
        synchronized (this) {
            waiter = new Waiter(limit, rank, arrivals++);
            limits.merge(limit, 1, Integer::sum);
            queue.add(waiter);
            wait = estimate(waiter);
        }
        waiter.whenComplete((turn, failure) -> {
            if (failure != null) {
                leave(waiter);
            }
        });
        dispatch();
        if (!waiter.isDone() && wait.compareTo(WORTH_TELLING) >= 0) {
            try {
                waiting.accept(wait);
            } catch (RuntimeException | Error e) {
                waiter.completeExceptionally(e);
            }
        }
        return waiter;
    }

    private void leave(Waiter waiter) {
        synchronized (this) {
            if (queue.remove(waiter)) {
                forget(waiter.limit);
            }
        }
        dispatch();
    }

    /** Lets go whoever may, and sees to it that somebody looks again when the next one may. */
    private void dispatch() {
        List<Waiter> ready = new ArrayList<>();
        synchronized (this) {
            long now = nanoTime.getAsLong();
            expire(now);
            while (!queue.isEmpty()
                    && now - closedUntil >= 0
                    && underWay < MOST_AT_ONCE
                    && underWay + made.size() < limits.firstKey()) {
                ready.add(queue.remove());
                underWay++;
            }
            if (!queue.isEmpty()) {
                wakeUpAt(nextChance(now));
            }
        }
        // Whoever depends on it must not run under the lock, nor on the thread of a stranger.
        ready.forEach(waiter -> executor.execute(() -> {
            if (!waiter.complete(new BudgetTurn(waiter.limit))) {
                settle(waiter.limit, false, Duration.ZERO);
            }
        }));
    }

    private void expire(long now) {
        while (!made.isEmpty() && now - made.peekFirst().at >= MINUTE) {
            forget(made.removeFirst().limit);
        }
    }

    /** Returns when a place may become free of itself, {@link Long#MAX_VALUE} where only an answer can free one. */
    private long nextChance(long now) {
        long expiry = made.isEmpty() ? Long.MAX_VALUE : made.peekFirst().at + MINUTE;
        return now - closedUntil < 0 ? closedUntil : expiry;
    }

    private void wakeUpAt(long time) {
        if (time == Long.MAX_VALUE || time >= wakeUp) {
            return;
        }
        wakeUp = time;
        later.apply(Duration.ofNanos(time - nanoTime.getAsLong())).execute(() -> {
            synchronized (this) {
                wakeUp = Long.MAX_VALUE;
            }
            dispatch();
        });
    }

    private Duration estimate(Waiter waiter) {
        long now = nanoTime.getAsLong();
        expire(now);
        int limit = limits.firstKey();
        long before = queue.stream()
                .filter(other -> queue.comparator().compare(other, waiter) < 0)
                .count();
        long closed = Math.max(0, closedUntil - now);
        long over = before + underWay + made.size() - limit + 1;
        if (over <= 0) {
            return Duration.ofNanos(closed);
        }
        long first = made.isEmpty() ? MINUTE : made.peekFirst().at + MINUTE - now;
        return Duration.ofNanos(Math.max(closed, first + (over - 1) / limit * MINUTE));
    }

    private void settle(int limit, boolean called, Duration pause) {
        synchronized (this) {
            underWay--;
            if (called) {
                made.addLast(new Made(nanoTime.getAsLong(), limit));
            } else {
                forget(limit);
            }
            long reopening = nanoTime.getAsLong() + pause.toNanos();
            if (reopening - closedUntil > 0) {
                closedUntil = reopening;
            }
        }
        dispatch();
    }

    private void forget(int limit) {
        limits.merge(limit, -1, (count, less) -> count + less == 0 ? null : count + less);
    }

    private static final class Waiter extends CompletableFuture<Turn> {
        private final int limit;
        private final long rank;
        private final long arrival;

        Waiter(int limit, long rank, long arrival) {
            this.limit = limit;
            this.rank = rank;
            this.arrival = arrival;
        }
    }

    private final class BudgetTurn implements Turn {
        private final int limit;

        BudgetTurn(int limit) {
            this.limit = limit;
        }

        @Override
        public void made() {
            settle(limit, true, Duration.ZERO);
        }

        @Override
        public void unused() {
            settle(limit, false, Duration.ZERO);
        }

        @Override
        public void throttled(Duration pause) {
            settle(limit, true, pause);
        }
    }
}
