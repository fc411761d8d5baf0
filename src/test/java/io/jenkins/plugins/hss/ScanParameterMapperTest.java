package io.jenkins.plugins.hss;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.hss.config.ConnectionOverrides;
import io.jenkins.plugins.hss.engine.FindingType;
import io.jenkins.plugins.hss.engine.IgnoreRule;
import io.jenkins.plugins.hss.engine.ImageReference;
import io.jenkins.plugins.hss.engine.QualityGate;
import io.jenkins.plugins.hss.engine.ScanOptions;
import io.jenkins.plugins.hss.engine.Severity;
import io.jenkins.plugins.hss.engine.Verdict;
import io.jenkins.plugins.hss.scan.ScanParameters;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a build asks for, from what people wrote. */
class ScanParameterMapperTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant BUILD_START = Instant.parse("2026-03-01T11:30:00Z");
    private static final String DIGEST = "sha256:" + "0a".repeat(32);

    private final ImageScanResult scan = new ImageScanResult("shop/web:42");

    private ScanParameters map() {
        return scan.toParameters(UnaryOperator.identity(), NOW, BUILD_START);
    }

    @Test
    void imageAloneGetsTheDefaults() {
        ScanParameters parameters = map();

        assertEquals(
                new ScanOptions(
                        ImageReference.parse("shop/web:42"),
                        null,
                        BUILD_START,
                        true,
                        EnumSet.copyOf(FindingType.DEFAULT),
                        List.of(),
                        true,
                        List.of(),
                        1000,
                        Duration.ofMinutes(30)),
                parameters.options());
        assertEquals(new ConnectionOverrides(null, null, null, null, null), parameters.overrides());
        assertEquals(Result.FAILURE, parameters.notScanned());
        assertFalse(parameters.archiveFindings());
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop/web:42@", "shop/web@"})
    void sameBytesMayHaveBeenScannedADayBefore(String image) {
        ScanOptions options = new ImageScanResult(image + DIGEST)
                .toParameters(UnaryOperator.identity(), NOW, BUILD_START)
                .options();

        assertEquals(NOW.minus(Duration.ofDays(1)), options.scannedAfter());
        assertTrue(options.ofJenkinsClock());
    }

    @ParameterizedTest
    @CsvSource({
        "PT2H, 2026-03-01T10:00:00Z, true",
        "p1d, 2026-02-28T12:00:00Z, true",
        "PT0S, 2026-03-01T12:00:00Z, true",
        "2026-01-31T08:00:00Z, 2026-01-31T08:00:00Z, false",
        "2026-01-31T08:00:00+08:00, 2026-01-31T00:00:00Z, false",
        "1767225600000, 2026-01-01T00:00:00Z, false",
    })
    void timeThatSomebodyWroteIsNotOfJenkinsClock(String written, Instant time, boolean ofJenkinsClock) {
        scan.scannedAfter = written;

        assertEquals(time, map().options().scannedAfter());
        assertEquals(ofJenkinsClock, map().options().ofJenkinsClock());
    }

    @Test
    void gatesKeepTheirOrder() throws Exception {
        scan.qualityGates = List.of(
                gate("{\"threshold\": \"1\"}"),
                gate("{\"threshold\": \"2\", \"severity\": \"none\"}"),
                gate("{\"threshold\": \"20\", \"type\": \"vulnerability\", \"severity\": \"medium\","
                        + " \"criticality\": \"UNSTABLE\"}"));

        assertEquals(
                List.of(
                        new QualityGate(null, null, 1, Verdict.FAILED),
                        new QualityGate(null, Severity.NONE, 2, Verdict.FAILED),
                        new QualityGate(FindingType.VULNERABILITY, Severity.MEDIUM, 20, Verdict.UNSTABLE)),
                map().options().gates());
    }

    private static ScanQualityGate gate(String parameters) throws Exception {
        return HssJenkins.step(ScanQualityGate.class, parameters);
    }

    @Test
    void variablesAreReplacedInEveryText() {
        Map<String, String> variables = Map.of("TAG", "42", "N", "7", "TYPE", "malwares", "EMPTY", "");
        UnaryOperator<String> expand = text -> hudson.Util.replaceMacro(text, variables);
        ImageScanResult written = new ImageScanResult("shop/web:${TAG}");
        written.cicdName = "pipeline-$N";
        written.scannedAfter = "PT${N}M";
        written.types = List.of("${TYPE}", "risk-config");
        written.qualityGates = List.of(new ScanQualityGate("${N}"));
        IgnoredFinding finding = new IgnoredFinding("${TYPE}", "/opt/$N", "because of ${TAG}");
        finding.setPackage("p$N");
        written.ignore = List.of(finding);
        written.maxFindings = "${N}0";
        written.timeoutMinutes = "1${N}";
        written.connection = "c${N}";
        written.projectId = "p$N";
        written.enterpriseProjectId = "$EMPTY";

        ScanParameters parameters = written.toParameters(expand, NOW, BUILD_START);

        assertEquals(
                new ScanOptions(
                        ImageReference.parse("shop/web:42"),
                        "pipeline-7",
                        NOW.minus(Duration.ofMinutes(7)),
                        true,
                        EnumSet.of(FindingType.MALWARES, FindingType.RISK_CONFIG),
                        List.of(new QualityGate(null, null, 7, Verdict.FAILED)),
                        true,
                        List.of(new IgnoreRule(FindingType.MALWARES, "/opt/7", "p7", null, "because of 42", null)),
                        70,
                        Duration.ofMinutes(17)),
                parameters.options());
        assertEquals("c7", parameters.overrides().connection());
        assertEquals("p7", parameters.overrides().projectId());
        assertNull(parameters.overrides().enterpriseProjectId());
    }

    @Test
    void variableThatIsEmptyAsksForNoMoreThanWritten() {
        UnaryOperator<String> empty = text -> text.equals("$EMPTY") ? "" : text;
        scan.types = List.of("$EMPTY");
        refuses(empty, "\"\" is no type of findings");
        scan.types = null;
        scan.cicdName = "$EMPTY";
        refuses(empty, "cicdName must have 1 to 128 characters, but has 0");
        scan.cicdName = null;
        IgnoredFinding finding = new IgnoredFinding("vulnerability", "x", "why");
        finding.setPackage("$EMPTY");
        scan.ignore = List.of(finding);
        refuses(empty, "ignore[0]: package is empty. Leave it out, or give it a value");
        scan.ignore = null;
        scan.notScanned = "$EMPTY";
        refuses(empty, "notScanned must be one of FAILURE, UNSTABLE, but is");
    }

    private void refuses(UnaryOperator<String> expand, String message) {
        assertThat(
                assertThrows(IllegalArgumentException.class, () -> scan.toParameters(expand, NOW, BUILD_START))
                        .getMessage(),
                containsString(message));
    }

    @Test
    void exceptionEndsWithItsDay() throws Exception {
        scan.ignore = List.of(HssJenkins.step(IgnoredFinding.class, """
                {"type": "sensitive-info", "id": "private key", "path": "/a", "reason": "test", "until": "2026-12-31"}"""));

        assertEquals(
                List.of(new IgnoreRule(
                        FindingType.SENSITIVE_INFO, "private key", null, "/a", "test", LocalDate.of(2026, 12, 31))),
                map().options().ignore());
    }

    @Test
    void handledFindingsAndMissingScansAreWhatTheWordsSay() {
        scan.handled = "ignore";
        scan.notScanned = "UNSTABLE";

        assertFalse(map().options().countHandled());
        assertEquals(Result.UNSTABLE, map().notScanned());
    }
}
