package io.jenkins.plugins.hss.config;

import hudson.model.Computer;
import io.jenkins.plugins.hss.client.CallContext;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs foreign code on a platform thread: on Java 21 its {@code synchronized} blocks would pin a virtual one. */
public final class Blocking {
    private static final long MAX_CANCEL_SECONDS = 10;

    private Blocking() {}

    /**
     * Waits for a result. At a cancel and at the deadline the task is interrupted, and its end waited for.
     *
     * @throws InterruptedException when the thread was interrupted or the context cancelled
     */
    public static <T> T call(Callable<T> task, CallContext context) throws IOException, InterruptedException {
        FutureTask<T> result = new FutureTask<>(task);
        Future<?> thread = Computer.threadPoolForRemoting.submit(result);
        try {
            return context.await(result);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } finally {
            if (result.cancel(true)) {
                awaitEnd(thread);
            }
        }
    }

    /**
     * Waits for a result to the end: core may interrupt the thread of a freestyle build in the middle of a write, which
     * would lose the write.
     */
    public static <T> T finish(Callable<T> task) throws IOException {
        Future<T> result = Computer.threadPoolForRemoting.submit(task);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return result.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw unchecked(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void awaitEnd(Future<?> thread) {
        try {
            thread.get(MAX_CANCEL_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // Whoever cancelled doesn't ask what came of it.
        }
    }

    private static IOException failure(Throwable cause) throws InterruptedException {
        if (cause instanceof InterruptedException interrupted) {
            throw interrupted;
        }
        return unchecked(cause);
    }

    private static IOException unchecked(Throwable cause) {
        if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof IOException io ? io : new IOException(cause);
    }
}
