package io.jenkins.plugins.hss.client;

import java.time.Duration;
import java.time.Instant;

/** Contexts of calls for tests. */
public final class TestContexts {
    /** More than anything takes that ends at all. */
    public static final Duration LONG_ENOUGH = Duration.ofSeconds(30);

    private TestContexts() {}

    /** Returns a context whose deadline comes later than anything takes. */
    public static CallContext lasting() {
        return within(LONG_ENOUGH);
    }

    /** Returns a context with a deadline and pauses of the real time. */
    public static CallContext within(Duration time) {
        return new CallContext(Instant.now().plus(time));
    }

    /** Returns a context whose time is the clock of the pauses, which pass at once. */
    public static CallContext with(Pauses pauses, Duration time) {
        return new CallContext(pauses.clock().instant().plus(time), pauses.clock(), pauses);
    }
}
