package io.jenkins.plugins.hss.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class QualityGateTest {
    private final Map<FindingType, TypeFindings> findings = new EnumMap<>(Map.of(
            FindingType.VULNERABILITY,
            counts(FindingType.VULNERABILITY, Map.of(Severity.HIGH, 2L, Severity.MEDIUM, 3L, Severity.LOW, 5L)),
            FindingType.MALWARES,
            counts(FindingType.MALWARES, Map.of(Severity.HIGH, 1L))));

    @ParameterizedTest
    @CsvSource({"HIGH, 2", "MEDIUM, 5", "LOW, 10"})
    void aSeverityMeansThatAndAbove(Severity severity, long count) {
        assertEquals(count, judge(FindingType.VULNERABILITY, severity, 1).count());
    }

    @Test
    void withoutASeverityAllCountAndWithoutATypeAllTypes() {
        assertEquals(10, judge(FindingType.VULNERABILITY, null, 1).count());
        assertEquals(11, judge(null, null, 1).count());
        assertEquals(3, judge(null, Severity.HIGH, 1).count());
    }

    @Test
    void aGateFailsAtItsThreshold() {
        assertTrue(judge(FindingType.VULNERABILITY, Severity.HIGH, 3).passed());
        assertFalse(judge(FindingType.VULNERABILITY, Severity.HIGH, 2).passed());
        assertFalse(judge(FindingType.VULNERABILITY, Severity.HIGH, 1).passed());
    }

    @Test
    void theWorstVerdictIsThatOfTheScan() {
        QualityGate.Result passed = judge(FindingType.MALWARES, null, 2);
        QualityGate.Result unstable = new QualityGate(FindingType.MALWARES, null, 1, Verdict.UNSTABLE).judge(findings);
        QualityGate.Result failed = judge(FindingType.MALWARES, null, 1);

        assertEquals(Verdict.PASSED, verdict());
        assertEquals(Verdict.PASSED, verdict(passed));
        assertEquals(Verdict.UNSTABLE, verdict(passed, unstable));
        assertEquals(Verdict.FAILED, verdict(failed, unstable, passed));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void aThresholdThatAlwaysFailsIsRefused(long threshold) {
        assertThrows(IllegalArgumentException.class, () -> new QualityGate(null, null, threshold, Verdict.FAILED));
    }

    @Test
    void aSeverityThatTheTypeCannotHaveIsRefusedWithTheKnownOnes() {
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> new QualityGate(FindingType.VULNERABILITY, Severity.NONE, 1, Verdict.FAILED))
                .getMessage();

        assertTrue(message.contains("high, medium, low"), message);
    }

    @Test
    void criticalIsNoSeverityOfVulnerabilities() {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> FindingType.VULNERABILITY.severityNamed("critical"))
                .getMessage();

        assertTrue(message.contains("critical") && message.contains("high, medium, low"), message);
    }

    @Test
    void aTypeThatWasNotReadIsNeverZero() {
        assertThrows(IllegalStateException.class, () -> judge(FindingType.RISK_CONFIG, null, 1));
    }

    @ParameterizedTest
    @EnumSource(FindingType.class)
    void anUnknownWordIsTheWorst(FindingType type) {
        Severity worst = type.severities().iterator().next();

        assertEquals(worst, type.severity("a word of tomorrow"));
        assertEquals(worst, type.severity(null));
        assertEquals(worst, type.severity(""));
    }

    @ParameterizedTest
    @CsvSource({
        "VULNERABILITY, immediate_repair, HIGH",
        "VULNERABILITY, delay_repair, MEDIUM",
        "VULNERABILITY, not_needed_repair, LOW",
        "VULNERABILITY, Low, HIGH",
        "RISK_CONFIG, Critical, HIGH",
        "RISK_CONFIG, Medium, MEDIUM",
        "RISK_CONFIG, Security, NONE",
        "RISK_CONFIG, low, HIGH",
        "SENSITIVE_INFO, critical, HIGH",
        "SENSITIVE_INFO, low, LOW",
        "BUILD_COMMAND_RISKS, medium, MEDIUM",
        "MALWARES, low, HIGH",
        "NON_COMPLIANT_APP, high, MEDIUM"
    })
    void hssWordsHaveOneScale(FindingType type, String word, Severity severity) {
        assertEquals(severity, type.severity(word));
    }

    @Test
    void theReasonNamesTheGateAndBothNumbers() {
        String reason = judge(FindingType.VULNERABILITY, Severity.MEDIUM, 4).describe();

        assertTrue(reason.contains("vulnerability, medium and above: 5") && reason.contains("4 or more"), reason);
    }

    private QualityGate.Result judge(FindingType type, Severity severity, long threshold) {
        return new QualityGate(type, severity, threshold, Verdict.FAILED).judge(findings);
    }

    private static Verdict verdict(QualityGate.Result... gates) {
        return new ScanResult(Rows.row().build(), true, List.of(), List.of(gates), List.of()).verdict();
    }

    private static TypeFindings counts(FindingType type, Map<Severity, Long> counts) {
        long total = counts.values().stream().mapToLong(Long::longValue).sum();
        return new TypeFindings(type, counts, 0, 0, total, List.of(), false);
    }
}
