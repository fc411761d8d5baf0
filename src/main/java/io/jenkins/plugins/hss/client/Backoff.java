package io.jenkins.plugins.hss.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** The pauses between the attempts of a call: what the service asks for, else growing ones with jitter. */
public final class Backoff {
    /** The longest {@code Retry-After} that is obeyed. */
    static final Duration MAX_RETRY_AFTER = Duration.ofMinutes(5);

    private static final Duration THROTTLED = Duration.ofMinutes(1);
    private static final long FIRST_MILLIS = 1_000;
    private static final long MAX_MILLIS = 30_000;

    private Backoff() {}

    /** Returns the pause after the given attempt, the first being 1, has failed. */
    public static Duration pause(HssException failure, int attempt) {
        if (failure.isThrottled() || failure.retryAfter() != null) {
            return whenThrottled(failure);
        }
        long max = Math.min(MAX_MILLIS, FIRST_MILLIS << Math.min(attempt - 1, 10));
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(max / 2, max + 1));
    }

    /** Returns the pause after the service has refused a call as one too many. */
    static Duration whenThrottled(HssException failure) {
        Duration asked = failure.retryAfter();
        if (asked == null) {
            return THROTTLED;
        }
        return asked.compareTo(MAX_RETRY_AFTER) > 0 ? MAX_RETRY_AFTER : asked;
    }
}
