package io.jenkins.plugins.hss.run;

import java.time.Instant;

/**
 * What is to happen once the task exists.
 *
 * @param count whether to count the records that the filters match
 * @param follow whether to follow the task to its end
 * @param report whether to fetch the report, which implies following
 * @param deadline when to give up
 */
public record Plan(boolean count, boolean follow, boolean report, Instant deadline) {
    boolean asksForNothingMore() {
        return !count && !follow && !report;
    }
}
