package io.jenkins.plugins.hss;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Instant;

/**
 * What a build does with an export's task.
 *
 * @param follow whether it waits for the task's end
 * @param archive whether it keeps the report
 * @param unstableAbove the number of records above which the build becomes unstable; null for none
 * @param failAbove the number of records above which the build fails; null for none
 * @param deadline when it gives up
 * @param taskIdVariable one more environment variable for the task's ID; null for none
 */
record Handling(
        boolean follow,
        boolean archive,
        @CheckForNull Long unstableAbove,
        @CheckForNull Long failAbove,
        Instant deadline,
        @CheckForNull String taskIdVariable) {
    boolean counts() {
        return unstableAbove != null || failAbove != null;
    }
}
