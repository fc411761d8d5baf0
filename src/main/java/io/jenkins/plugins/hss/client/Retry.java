package io.jenkins.plugins.hss.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;

/** Repeats calls with growing pauses and jitter. */
public final class Retry {
    /** How long a {@code Retry-After} is obeyed at the most. */
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private static final Duration THROTTLED = Duration.ofMinutes(1);
    private static final long FIRST_PAUSE_MILLIS = 1_000;
    private static final long LAST_PAUSE_MILLIS = 30_000;

    private Retry() {}

    /**
     * Makes a call until it succeeds or fails for good.
     *
     * @param call starts one attempt
     * @param mayRepeat whether a failure of the given attempt, the first being 1, is no reason to give up
     * @param executor runs the attempts that follow a pause
     */
    public static <T> CompletableFuture<T> repeat(
            Supplier<CompletableFuture<T>> call, Patience mayRepeat, Executor executor) {
        return repeat(call, mayRepeat, Steps.delayed(executor));
    }

    static <T> CompletableFuture<T> repeat(
            Supplier<CompletableFuture<T>> call, Patience mayRepeat, Function<Duration, Executor> later) {
        Steps<T> steps = new Steps<>();
        return steps.endWith(attempt(steps, call, mayRepeat, later, 1));
    }

    /** Decides whether to go on after a failure. */
    @FunctionalInterface
    public interface Patience {
        boolean allows(HssException failure, int attempt, Duration pause);
    }

    private static <T> CompletableFuture<T> attempt(
            Steps<T> steps,
            Supplier<CompletableFuture<T>> call,
            Patience patience,
            Function<Duration, Executor> later,
            int attempt) {
        return steps.step(call)
                .handle((result, thrown) -> {
                    if (thrown == null) {
                        return CompletableFuture.completedFuture(result);
                    }
                    if (Steps.cause(thrown) instanceof HssException failure) {
                        Duration pause = pause(failure, attempt);
                        if (patience.allows(failure, attempt, pause)) {
                            return steps.pause(pause, later)
                                    .thenCompose(rested -> attempt(steps, call, patience, later, attempt + 1));
                        }
                    }
                    return CompletableFuture.<T>failedFuture(Steps.cause(thrown));
                })
                .thenCompose(Function.identity());
    }

    /** Returns how long to leave the service alone after it refused a call as one too many. */
    static Duration pauseWhenThrottled(HssException failure) {
        Duration asked = failure.retryAfter();
        if (asked == null) {
            return THROTTLED;
        }
        return asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked;
    }

    private static Duration pause(HssException failure, int attempt) {
        if (failure.isThrottled() || failure.retryAfter() != null) {
            return pauseWhenThrottled(failure);
        }
        long longest = Math.min(LAST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(attempt - 1, 10));
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1));
    }
}
