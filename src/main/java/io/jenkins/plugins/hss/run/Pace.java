package io.jenkins.plugins.hss.run;

import java.time.Duration;
import jenkins.util.SystemProperties;

/**
 * How often the state of a task is read.
 *
 * @param first how long after the submit
 * @param longest the longest pause between two reads; until then each is half as long again as the one before
 */
record Pace(Duration first, Duration longest) {
    /** The usual pace, which system properties of the same names as this class's fields can change. */
    static Pace usual() {
        return new Pace(millis("first", 5_000), millis("longest", 60_000));
    }

    private static Duration millis(String name, long usual) {
        return Duration.ofMillis(
                Math.max(1, SystemProperties.getLong(Pace.class.getName() + "." + name + "Millis", usual)));
    }

    Duration after(Duration pause) {
        Duration next = pause.multipliedBy(3).dividedBy(2);
        return next.compareTo(longest) > 0 ? longest : next;
    }
}
