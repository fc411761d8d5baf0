package io.jenkins.plugins.hss.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * A finding that gates don't count.
 *
 * @param id the {@link Finding#id} of the finding
 * @param packageName only in this package; null for any
 * @param path only in this file; null for any
 * @param reason why, for people
 * @param until the last day, in UTC; null for ever
 */
public record IgnoreRule(
        FindingType type,
        String id,
        @CheckForNull String packageName,
        @CheckForNull String path,
        String reason,
        @CheckForNull LocalDate until) {

    boolean isOver(Instant now) {
        return until != null
                && !now.isBefore(until.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    boolean matches(Finding finding) {
        return finding.type() == type
                && finding.id().equals(id)
                && (packageName == null || packageName.equals(finding.packageName()))
                && (path == null || path.equals(finding.path()));
    }
}
