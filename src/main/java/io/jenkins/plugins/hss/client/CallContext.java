package io.jenkins.plugins.hss.client;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The deadline of a series of calls, and the way to cancel them from another thread.
 *
 * <p>A cancelled thread is interrupted only while it waits here: an interrupt in the middle of a write would lose the
 * write.
 */
public final class CallContext {
    private final Instant deadline;
    private final InstantSource clock;
    private final Sleeper sleeper;
    private final ReentrantLock lock = new ReentrantLock();
    private Thread waiting;
    private boolean cancelled;

    public CallContext(Instant deadline) {
        this(deadline, InstantSource.system(), Thread::sleep);
    }

    CallContext(Instant deadline, InstantSource clock, Sleeper sleeper) {
        this.deadline = deadline;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /** How time is slept away. */
    interface Sleeper {
        void sleep(Duration pause) throws InterruptedException;
    }

    /** Ends the wait under way and refuses every further one. */
    public void cancel() {
        lock.lock();
        try {
            cancelled = true;
            if (waiting != null) {
                waiting.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    public boolean isCancelled() {
        lock.lock();
        try {
            return cancelled;
        } finally {
            lock.unlock();
        }
    }

    /** Returns how long it is until the deadline, zero when it has passed. */
    public Duration timeLeft() {
        Duration left = Duration.between(clock.instant(), deadline);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /**
     * Checks that there is reason to go on.
     *
     * @throws InterruptedException when the thread was interrupted or this context cancelled
     * @throws DeadlineExceededException when the deadline has passed
     */
    public void check() throws InterruptedException, DeadlineExceededException {
        if (Thread.interrupted() || isCancelled()) {
            throw new InterruptedException();
        }
        if (timeLeft().isZero()) {
            throw new DeadlineExceededException(false);
        }
    }

    /**
     * Waits for a result until the deadline.
     *
     * @throws InterruptedException when the thread was interrupted or this context cancelled
     * @throws ExecutionException when the future failed
     */
    public <T> T await(Future<T> future) throws InterruptedException, ExecutionException, DeadlineExceededException {
        try {
            return await(future, timeLeft());
        } catch (TimeoutException e) {
            throw new DeadlineExceededException(false);
        }
    }

    /**
     * Waits for a result until the deadline, but not longer than {@code limit}.
     *
     * @throws InterruptedException when the thread was interrupted or this context cancelled
     * @throws ExecutionException when the future failed
     * @throws TimeoutException when {@code limit} has passed
     */
    public <T> T await(Future<T> future, Duration limit)
            throws InterruptedException, ExecutionException, TimeoutException, DeadlineExceededException {
        Duration wait = shorter(limit, timeLeft());
        begin();
        try {
            return future.get(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            if (timeLeft().isZero()) {
                throw new DeadlineExceededException(false);
            }
            throw e;
        } finally {
            end();
        }
    }

    /**
     * Sleeps; where the deadline comes first, until then.
     *
     * @throws InterruptedException when the thread was interrupted or this context cancelled
     */
    public void sleep(Duration pause) throws InterruptedException, DeadlineExceededException {
        Duration left = timeLeft();
        begin();
        try {
            sleeper.sleep(shorter(pause, left));
        } finally {
            end();
        }
        if (left.compareTo(pause) <= 0) {
            throw new DeadlineExceededException(false);
        }
    }

    /** Waits for a signal, at most {@code nanos} and until the deadline; the caller holds the condition's lock. */
    void await(Condition condition, long nanos) throws InterruptedException, DeadlineExceededException {
        Duration left = timeLeft();
        if (left.isZero()) {
            throw new DeadlineExceededException(true);
        }
        begin();
        try {
            condition.awaitNanos(Math.min(nanos, left.toNanos()));
        } finally {
            end();
        }
    }

    private void begin() throws InterruptedException {
        lock.lock();
        try {
            if (cancelled) {
                throw new InterruptedException();
            }
            waiting = Thread.currentThread();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            waiting = null;
            if (cancelled) {
                // It may have come too late for this wait. The next one is refused anyway.
                Thread.interrupted();
            }
        } finally {
            lock.unlock();
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
