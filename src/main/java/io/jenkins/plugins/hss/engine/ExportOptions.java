package io.jenkins.plugins.hss.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Duration;

/**
 * What to do with an export task.
 *
 * @param waitForCompletion whether to wait for its end
 * @param archiveReport whether to keep the report, which implies waiting
 * @param unstableAbove the most records of a stable build; null for no such threshold
 * @param failAbove the most records of a build that doesn't fail; null for no such threshold
 * @param timeout after which the export is given up
 */
public record ExportOptions(
        boolean waitForCompletion,
        boolean archiveReport,
        @CheckForNull Long unstableAbove,
        @CheckForNull Long failAbove,
        Duration timeout) {

    /** Returns whether the end of the task matters. */
    public boolean waits() {
        return waitForCompletion || archiveReport;
    }

    /** Returns whether the records are counted. */
    public boolean counts() {
        return unstableAbove != null || failAbove != null;
    }

    Verdict verdict(@CheckForNull Long records) {
        if (records == null) {
            return Verdict.PASSED;
        }
        if (failAbove != null && records > failAbove) {
            return Verdict.FAILED;
        }
        return unstableAbove != null && records > unstableAbove ? Verdict.UNSTABLE : Verdict.PASSED;
    }
}
