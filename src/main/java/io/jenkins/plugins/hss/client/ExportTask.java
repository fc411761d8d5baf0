package io.jenkins.plugins.hss.client;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/**
 * The state of an export task.
 *
 * @param id the task's ID, 1 to 64 of {@code A-Za-z0-9._~-}
 * @param status the service's word for its state: {@code running}, {@code success}, {@code failure}; others
 *     count as running
 * @param fileId the ID of the report's file; null where the response has none
 */
public record ExportTask(
        String id, String status, @CheckForNull String fileId) {
    public boolean hasSucceeded() {
        return status.equals("success");
    }

    public boolean hasFailed() {
        return status.equals("failure");
    }
}
