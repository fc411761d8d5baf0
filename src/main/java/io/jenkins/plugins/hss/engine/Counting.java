package io.jenkins.plugins.hss.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts findings as gates count them. */
final class Counting {
    private Counting() {}

    /**
     * Counts.
     *
     * @param unread how many findings that gates count were not read, by the level they count as
     * @param handledUnread how many handled ones were not read
     * @param total how many findings HSS has
     */
    static TypeFindings of(
            FindingType type,
            ScanOptions options,
            List<Finding> read,
            Map<Severity, Long> unread,
            long handledUnread,
            long total,
            Instant now) {
        List<Finding> findings = read.stream()
                .map(finding -> finding.withIgnored(reasonToIgnore(finding, options, now)))
                .sorted(Comparator.<Finding, Boolean>comparing(finding -> finding.ignored() != null)
                        .thenComparing(Finding::severity)
                        .thenComparing(Finding::id))
                .toList();
        Map<Severity, Long> counts = new EnumMap<>(Severity.class);
        type.severities().forEach(severity -> counts.put(severity, unread.getOrDefault(severity, 0L)));
        findings.stream()
                .filter(finding -> finding.ignored() == null)
                .filter(finding -> options.countHandled() || !Boolean.TRUE.equals(finding.handled()))
                .forEach(finding -> counts.merge(finding.severity(), 1L, Long::sum));
        return new TypeFindings(
                type,
                counts,
                findings.stream().filter(finding -> finding.ignored() != null).count(),
                handledUnread
                        + findings.stream()
                                .filter(finding -> Boolean.TRUE.equals(finding.handled()))
                                .count(),
                total,
                findings,
                findings.size() == total);
    }

    @CheckForNull
    private static String reasonToIgnore(Finding finding, ScanOptions options, Instant now) {
        return options.ignore().stream()
                .filter(rule -> rule.matches(finding) && !rule.isOver(now))
                .map(IgnoreRule::reason)
                .findFirst()
                .orElse(null);
    }
}
