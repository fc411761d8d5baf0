package io.jenkins.plugins.hss.client;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The calls of the last minute, the oldest first, and those under way; not thread-safe. */
final class SlidingWindow {
    static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    /** A call that counts, with the limit of its caller. */
    private record Call(long at, int limit) {}

    private final Deque<Call> calls = new ArrayDeque<>();
    /** How many waiters and calls stand behind each limit. */
    private final TreeMap<Integer, Integer> limits = new TreeMap<>();

    private int underWay;
    private boolean closed;
    private long closedUntil;

    /** Takes a call that begins. */
    void begin() {
        underWay++;
    }

    /** Takes the end of a call that doesn't count. */
    void release() {
        underWay--;
    }

    /** Takes the end of a call that counts from now on. */
    void consume(long now, int limit) {
        underWay--;
        calls.addLast(new Call(now, limit));
    }

    int underWay() {
        return underWay;
    }

    /** Returns whether nobody waits, calls or has called in the last minute. */
    boolean isUnused() {
        return limits.isEmpty();
    }

    int inUse() {
        return underWay + calls.size();
    }

    int limit() {
        return limits.firstKey();
    }

    void use(int limit) {
        limits.merge(limit, 1, Integer::sum);
    }

    void unuse(int limit) {
        limits.computeIfPresent(limit, (same, count) -> count == 1 ? null : count - 1);
    }

    void expire(long now) {
        while (!calls.isEmpty() && now - calls.peekFirst().at >= MINUTE) {
            unuse(calls.removeFirst().limit);
        }
    }

    void closeUntil(long now, long time) {
        if (!isClosed(now) || time - closedUntil > 0) {
            closed = true;
            closedUntil = time;
        }
    }

    boolean isClosed(long now) {
        closed = closed && now - closedUntil < 0;
        return closed;
    }

    long nanosToNextChance(long now) {
        long expiry = calls.isEmpty() ? Long.MAX_VALUE : calls.peekFirst().at + MINUTE - now;
        return isClosed(now) ? Math.min(expiry, closedUntil - now) : expiry;
    }

    long estimate(long now, long before, int limit) {
        long reopening = isClosed(now) ? closedUntil - now : 0;
        long over = before + inUse() - limit + 1;
        if (over <= 0) {
            return reopening;
        }
        long first = calls.isEmpty() ? MINUTE : calls.peekFirst().at + MINUTE - now;
        return Math.max(reopening, first + (over - 1) / limit * MINUTE);
    }
}
