package io.jenkins.plugins.hss.client;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** A future made of several steps: cancelling it cancels the step under way, and no further one starts. */
public final class Steps<T> extends CompletableFuture<T> {
    private volatile CompletableFuture<?> underWay;

    /** Starts a step, unless the whole has ended already; what it throws ends the step. */
    public <S> CompletableFuture<S> step(Supplier<CompletableFuture<S>> step) {
        if (isDone()) {
            return CompletableFuture.failedFuture(new CancellationException());
        }
        CompletableFuture<S> started;
        try {
            started = step.get();
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e);
        }
        underWay = started;
        if (isDone()) {
            started.cancel(true);
        }
        return started;
    }

    /** Waits as a step of its own, without a thread. */
    public CompletableFuture<Void> pause(long millis, Executor executor) {
        return pause(Duration.ofMillis(millis), delayed(executor));
    }

    CompletableFuture<Void> pause(Duration pause, Function<Duration, Executor> later) {
        return step(() -> CompletableFuture.runAsync(() -> {}, later.apply(pause)));
    }

    /** Returns what runs a task on the executor after a pause. */
    public static Function<Duration, Executor> delayed(Executor executor) {
        return pause -> CompletableFuture.delayedExecutor(pause.toNanos(), TimeUnit.NANOSECONDS, executor);
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
