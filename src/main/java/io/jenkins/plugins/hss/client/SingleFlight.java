package io.jenkins.plugins.hss.client;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** Keeps a value that one caller requests while the others wait; a failure is not kept. */
final class SingleFlight<T> {
    private final Predicate<T> usable;
    private final ReentrantLock lock = new ReentrantLock();
    private CompletableFuture<T> latest;

    /** Keeps a value as long as it is usable. */
    SingleFlight(Predicate<T> usable) {
        this.usable = usable;
    }

    /** Requests the value. */
    interface Source<T> {
        T request() throws IOException, InterruptedException;
    }

    /**
     * Returns the value that is kept, the one that another caller has just requested, or a new one.
     *
     * @throws HssException when the request failed
     */
    T get(Source<T> source, CallContext context) throws IOException, InterruptedException {
        while (true) {
            CompletableFuture<T> mine = new CompletableFuture<>();
            CompletableFuture<T> current = currentOr(mine);
            if (current == mine) {
                return request(source, mine);
            }
            try {
                return context.await(current);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof HssException failure) {
                    throw failure;
                }
                // Whoever requested it was cancelled or ran out of time: the next one requests it anew.
            }
        }
    }

    private CompletableFuture<T> currentOr(CompletableFuture<T> mine) {
        lock.lock();
        try {
            if (latest == null || latest.isCompletedExceptionally() || latest.isDone() && !usable.test(latest.join())) {
                latest = mine;
            }
            return latest;
        } finally {
            lock.unlock();
        }
    }

    private T request(Source<T> source, CompletableFuture<T> mine) throws IOException, InterruptedException {
        try {
            T value = source.request();
            mine.complete(value);
            return value;
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        }
    }

    /** Drops the value if it is the one that was refused. */
    void forget(Predicate<T> refused) {
        lock.lock();
        try {
            if (latest != null
                    && latest.isDone()
                    && !latest.isCompletedExceptionally()
                    && refused.test(latest.join())) {
                latest = null;
            }
        } finally {
            lock.unlock();
        }
    }
}
