package io.jenkins.plugins.hss.client;

import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** Rate limiters whose minutes go by a clock that only a test moves. */
public final class TestLimiters {
    private final RateLimiters limiters;

    public TestLimiters(InstantSource clock) {
        limiters = new RateLimiters(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()));
    }

    public RateLimiters limiters() {
        return limiters;
    }

    /** Has whoever waits look at the clock. */
    public void refresh() {
        limiters.refresh();
    }
}
