package io.jenkins.plugins.hss.client;

import java.io.IOException;
import java.time.Duration;

/** Grants permits for calls, so that the limits of the service are kept. */
@FunctionalInterface
public interface RateLimiter {
    /** Grants every permit at once. */
    RateLimiter UNLIMITED = (operation, context) -> new Permit() {};

    /**
     * Waits for a permit to make one call.
     *
     * @throws DeadlineExceededException when the deadline of the context comes first
     */
    Permit acquire(Operation operation, CallContext context) throws IOException, InterruptedException;

    /** Returns about how long a permit would be waited for now. */
    default Duration expectedWait(Operation operation) {
        return Duration.ZERO;
    }

    /** The right to make one call; closed unused, it counts for nothing. */
    interface Permit extends AutoCloseable {
        /** The call was made, whatever came of it. */
        default void consume() {}

        /** The service refused the call as one too many. */
        default void throttled(Duration pause) {}

        @Override
        default void close() {}
    }
}
