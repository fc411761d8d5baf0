package io.jenkins.plugins.hss.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/**
 * What came of an export.
 *
 * @param taskId the ID of the task
 * @param records how many records match the filters; null where they were not counted
 * @param verdict what the thresholds say
 */
public record ExportResult(String taskId, @CheckForNull Long records, Verdict verdict) {}
