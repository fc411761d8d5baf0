package io.jenkins.plugins.hss.engine;

import java.time.Duration;

/**
 * How often the state of a task is read.
 *
 * @param first how long after the submit
 * @param max the longest pause between two reads; until then each is half as long again as the one before
 */
public record PollInterval(Duration first, Duration max) {
    public static final PollInterval DEFAULT = new PollInterval(Duration.ofSeconds(5), Duration.ofMinutes(1));

    Duration after(Duration pause) {
        return shorter(pause.multipliedBy(3).dividedBy(2));
    }

    /** Returns the first pause where a read would have to wait for a permit: no read is spent on a task just begun. */
    Duration first(Duration expectedWait) {
        return first.compareTo(expectedWait) > 0 ? first : shorter(expectedWait);
    }

    private Duration shorter(Duration pause) {
        return pause.compareTo(max) > 0 ? max : pause;
    }
}
