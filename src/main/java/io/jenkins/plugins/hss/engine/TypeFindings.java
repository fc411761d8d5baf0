package io.jenkins.plugins.hss.engine;

import java.util.List;
import java.util.Map;

/**
 * What HSS has found of one type in an image.
 *
 * @param counts what gates count, for every severity that the type can have: all findings but the ignored ones and,
 *     where the build says so, the handled ones
 * @param ignored how many are ignored by the build
 * @param handled how many somebody has handled in HSS's console, as far as HSS says
 * @param total how many HSS has, ignored and handled ones too
 * @param findings the rows that were kept, worst first, ignored ones at the end
 * @param whole whether every row was read, also where not all were kept
 */
public record TypeFindings(
        FindingType type,
        Map<Severity, Long> counts,
        long ignored,
        long handled,
        long total,
        List<Finding> findings,
        boolean whole) {

    /** Returns the same with at most {@code max} rows. */
    TypeFindings withMost(int max) {
        return new TypeFindings(
                type,
                counts,
                ignored,
                handled,
                total,
                findings.stream().limit(max).toList(),
                whole);
    }

    /** Returns how many findings gates count. */
    public long count() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Returns how many findings of just this severity gates count. */
    public long count(Severity severity) {
        return counts.getOrDefault(severity, 0L);
    }
}
