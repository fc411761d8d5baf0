package io.jenkins.plugins.hss.client;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A future made of several steps: cancelling it cancels the step under way, and no further one starts. */
public final class Steps<T> extends CompletableFuture<T> {
    private volatile CompletableFuture<?> underWay;

    /** Starts a step, unless the whole has ended already. */
    public <S> CompletableFuture<S> step(Supplier<CompletableFuture<S>> step) {
        if (isDone()) {
            return CompletableFuture.failedFuture(new CancellationException());
        }
        CompletableFuture<S> started = step.get();
        underWay = started;
        if (isDone()) {
            started.cancel(true);
        }
        return started;
    }

    /** Waits as a step of its own, without a thread. */
    public CompletableFuture<Void> pause(long millis, Executor executor) {
        return step(() -> CompletableFuture.runAsync(
                () -> {}, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, executor)));
    }

    /** Ends the whole as its last step ends. */
    public Steps<T> endWith(CompletableFuture<T> last) {
        last.whenComplete((value, failure) -> {
            if (failure == null) {
                complete(value);
            } else {
                completeExceptionally(cause(failure));
            }
        });
        return this;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        CompletableFuture<?> step = underWay;
        if (step != null) {
            step.cancel(true);
        }
        return cancelled;
    }

    /** Returns what really failed, without the wrappers that futures put around it. */
    public static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
