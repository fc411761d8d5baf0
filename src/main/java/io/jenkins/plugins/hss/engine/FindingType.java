package io.jenkins.plugins.hss.engine;

import static io.jenkins.plugins.hss.engine.Severity.HIGH;
import static io.jenkins.plugins.hss.engine.Severity.LOW;
import static io.jenkins.plugins.hss.engine.Severity.MEDIUM;
import static io.jenkins.plugins.hss.engine.Severity.NONE;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jvnet.localizer.Localizable;

/** A type of findings, named by HSS's word, and what its words for severities mean. */
public enum FindingType {
    VULNERABILITY(
            "vulnerability",
            Messages._FindingType_vulnerability(),
            Map.of("immediate_repair", HIGH, "delay_repair", MEDIUM, "not_needed_repair", LOW),
            HIGH),
    RISK_CONFIG(
            "risk-config",
            Messages._FindingType_riskConfig(),
            Map.of("Critical", HIGH, "High", HIGH, "Medium", MEDIUM, "Low", LOW, "Security", NONE),
            HIGH),
    /** HSS gives no level: a malicious file is one by itself. */
    MALWARES("malwares", Messages._FindingType_malwares(), Map.of(), HIGH),
    SENSITIVE_INFO("sensitive-info", Messages._FindingType_sensitiveInfo(), lowerCase(), HIGH),
    /** HSS gives no level. */
    NON_COMPLIANT_APP("non-compliant-app", Messages._FindingType_nonCompliantApp(), Map.of(), MEDIUM),
    BUILD_COMMAND_RISKS("build-command-risks", Messages._FindingType_buildCommandRisks(), lowerCase(), HIGH);

    /** The types that are read where a build names none. */
    public static final List<FindingType> DEFAULT = List.of(VULNERABILITY, RISK_CONFIG, MALWARES, SENSITIVE_INFO);

    private final String word;
    private final Localizable displayName;
    private final Map<String, Severity> severities;
    private final Severity otherwise;

    FindingType(String word, Localizable displayName, Map<String, Severity> severities, Severity otherwise) {
        this.word = word;
        this.displayName = displayName;
        this.severities = severities;
        this.otherwise = otherwise;
    }

    private static Map<String, Severity> lowerCase() {
        return Map.of("critical", HIGH, "high", HIGH, "medium", MEDIUM, "low", LOW);
    }

    /**
     * Returns the type that HSS calls so.
     *
     * @throws IllegalArgumentException with a message for people
     */
    public static FindingType of(String word) {
        return Arrays.stream(values())
                .filter(type -> type.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(Messages.FindingType_unknown(
                        word, Arrays.stream(values()).map(FindingType::word).collect(Collectors.joining(", ")))));
    }

    /** Returns HSS's word for the type. */
    public String word() {
        return word;
    }

    /** Returns the type as pages name it. */
    public String displayName() {
        return displayName.toString();
    }

    /** Returns what HSS's word for a severity means; a word that isn't known, or none, means the worst. */
    public Severity severity(@CheckForNull String hssWord) {
        return hssWord == null ? otherwise : severities.getOrDefault(hssWord, otherwise);
    }

    /** Returns HSS's words for a severity. */
    public List<String> words(Severity severity) {
        return severities.keySet().stream()
                .filter(hssWord -> severities.get(hssWord) == severity)
                .sorted()
                .toList();
    }

    /** Returns the severities that findings of this type can have, worst first. */
    public Set<Severity> severities() {
        EnumSet<Severity> known = EnumSet.of(otherwise);
        known.addAll(severities.values());
        return known;
    }

    /**
     * Returns the severity that people write so.
     *
     * @throws IllegalArgumentException with a message for people where findings of this type can't have it
     */
    public Severity severityNamed(String name) {
        return severities().stream()
                .filter(severity -> severity.word().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(Messages.FindingType_unknownSeverity(
                        name, word, severities().stream().map(Severity::word).collect(Collectors.joining(", ")))));
    }
}
