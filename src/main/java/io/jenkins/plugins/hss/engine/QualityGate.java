package io.jenkins.plugins.hss.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;
import java.util.Map;

/**
 * How many findings an image may have.
 *
 * @param type null for the sum of all types that are read
 * @param severity the findings of this severity or a worse one; null for any
 * @param threshold the gate fails at so many findings, at least 1
 * @param verdict what becomes of a build at so many findings: {@link Verdict#FAILED} or {@link Verdict#UNSTABLE}
 */
public record QualityGate(
        @CheckForNull FindingType type, @CheckForNull Severity severity, long threshold, Verdict verdict) {

    /**
     * Checks the gate.
     *
     * @throws IllegalArgumentException with a message for people
     */
    public QualityGate {
        if (threshold < 1) {
            throw new IllegalArgumentException(Messages.QualityGate_threshold(Long.toString(threshold)));
        }
        if (type != null && severity != null) {
            type.severityNamed(severity.word());
        }
        if (verdict == Verdict.PASSED) {
            throw new IllegalArgumentException("A gate can't pass on findings");
        }
    }

    /**
     * What a gate says of an image.
     *
     * @param count how many findings it counted
     */
    public record Result(QualityGate gate, long count) {
        public boolean passed() {
            return count < gate.threshold;
        }

        public Verdict verdict() {
            return passed() ? Verdict.PASSED : gate.verdict;
        }

        /** Returns the result in words, such as "vulnerability, high and above: 3, and 1 fails the build". */
        public String describe() {
            String what = gate.describe();
            if (passed()) {
                return Messages.QualityGate_passed(what, count, gate.threshold);
            }
            return gate.verdict == Verdict.FAILED
                    ? Messages.QualityGate_failed(what, count, gate.threshold)
                    : Messages.QualityGate_unstable(what, count, gate.threshold);
        }
    }

    /**
     * Judges the findings of an image.
     *
     * @throws IllegalStateException where the findings of the type weren't read
     */
    Result judge(Map<FindingType, TypeFindings> findings) {
        List<TypeFindings> counted =
                type == null ? List.copyOf(findings.values()) : List.of(require(findings.get(type)));
        return new Result(this, counted.stream().mapToLong(this::count).sum());
    }

    private TypeFindings require(@CheckForNull TypeFindings read) {
        if (read == null) {
            throw new IllegalStateException("Not read: " + type);
        }
        return read;
    }

    private long count(TypeFindings findings) {
        return findings.counts().entrySet().stream()
                .filter(entry -> severity == null || entry.getKey().compareTo(severity) <= 0)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Returns what is counted, in words. */
    public String describe() {
        String what = type == null ? Messages.QualityGate_allTypes() : type.word();
        return severity == null ? what : Messages.QualityGate_andAbove(what, severity.word());
    }
}
