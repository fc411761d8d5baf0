package io.jenkins.plugins.hss.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What people should know of the findings that a build ignores. */
final class IgnoreNotes {
    private IgnoreNotes() {}

    /**
     * Returns a note for every rule that is over or matches nothing.
     *
     * @throws ScanException when a rule names a CVE, which is no ID of a finding
     */
    static List<String> of(List<IgnoreRule> rules, Map<FindingType, TypeFindings> findings, Instant now)
            throws ScanException {
        List<String> notes = new ArrayList<>();
        List<Finding> all = findings.values().stream()
                .map(TypeFindings::findings)
                .flatMap(Collection::stream)
                .toList();
        for (IgnoreRule rule : rules) {
            boolean matches = all.stream().anyMatch(rule::matches);
            if (rule.isOver(now)) {
                notes.add(Messages.IgnoreRule_over(rule.id(), rule.until()));
            } else if (!matches && rule.id().matches("CVE-\\d{4}-\\d+")) {
                throw new ScanException(Messages.IgnoreRule_cve(rule.id()));
            } else if (!matches) {
                notes.add(Messages.IgnoreRule_unmatched(rule.id(), rule.type().word()));
            }
        }
        return notes;
    }
}
