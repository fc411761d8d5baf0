package io.jenkins.plugins.hss.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Which scan of which image is looked for, and how its findings are judged.
 *
 * @param cicdName only scans of this CI/CD access; null for any
 * @param scannedAfter scans that ended earlier don't count
 * @param ofJenkinsClock whether {@code scannedAfter} was taken from Jenkins' clock, not written by a person
 * @param types which findings to read; those that gates name are read in any case
 * @param countHandled whether gates count what somebody has handled in HSS's console
 * @param maxFindings the rows kept of each type
 * @param timeout after which the scan is given up
 */
public record ScanOptions(
        ImageReference image,
        @CheckForNull String cicdName,
        Instant scannedAfter,
        boolean ofJenkinsClock,
        Set<FindingType> types,
        List<QualityGate> gates,
        boolean countHandled,
        List<IgnoreRule> ignore,
        int maxFindings,
        Duration timeout) {

    /** The most rows of a type that are read. */
    public static final int MAX_FINDINGS = 10_000;

    /** Returns whether every finding of a type is needed, not only how many of each level there are. */
    boolean isReadWhole(FindingType type) {
        return type == FindingType.RISK_CONFIG // its list can't be asked for by level
                || type == FindingType.SENSITIVE_INFO && !countHandled // only the rows say what was handled
                || ignore.stream().anyMatch(rule -> rule.type() == type);
    }

    /** Returns the types to read. */
    Set<FindingType> typesToRead() {
        EnumSet<FindingType> all = EnumSet.noneOf(FindingType.class);
        all.addAll(types);
        gates.stream().map(QualityGate::type).filter(Objects::nonNull).forEach(all::add);
        ignore.stream().map(IgnoreRule::type).forEach(all::add);
        return all;
    }
}
