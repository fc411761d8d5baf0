package io.jenkins.plugins.hss.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;
import java.util.Objects;

/**
 * What is kept of a scan: the document that {@link FindingsJson} writes and reads. Its names are a file format, so a
 * change of one needs a new version.
 *
 * @param version the version of the document
 * @param gates one for each gate, in the order of the gates
 * @param notes what people should know beside the numbers, in words
 * @param findings one for each type that was read
 */
public record StoredFindings(
        int version,
        ScannedImage image,
        Verdict verdict,
        List<Gate> gates,
        List<String> notes,
        List<TypeFindings> findings) {
    static final int VERSION = 1;

    /**
     * A quality gate and what it said.
     *
     * @param type null for the sum of all types
     * @param severity the findings of this severity or a worse one; null for any
     * @param count how many findings it counted
     */
    public record Gate(
            @CheckForNull FindingType type,
            @CheckForNull Severity severity,
            long threshold,
            long count,
            Verdict verdict) {}

    /** Checks that nothing is missing. */
    public StoredFindings {
        Objects.requireNonNull(image);
        Objects.requireNonNull(verdict);
        gates = List.copyOf(gates);
        notes = List.copyOf(notes);
        findings = List.copyOf(findings);
        findings.forEach(StoredFindings::check);
    }

    private static void check(TypeFindings findings) {
        Objects.requireNonNull(findings.type());
        findings.counts().values().forEach(Objects::requireNonNull);
        for (Finding finding : findings.findings()) {
            Objects.requireNonNull(finding.type());
            Objects.requireNonNull(finding.id());
            Objects.requireNonNull(finding.severity());
        }
    }

    static StoredFindings of(ScanResult result) {
        return new StoredFindings(
                VERSION,
                ScannedImage.of(result),
                result.verdict(),
                result.gates().stream().map(StoredFindings::gate).toList(),
                result.notes(),
                result.findings());
    }

    private static Gate gate(QualityGate.Result result) {
        QualityGate gate = result.gate();
        return new Gate(gate.type(), gate.severity(), gate.threshold(), result.count(), result.verdict());
    }
}
