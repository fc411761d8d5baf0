package io.jenkins.plugins.hss.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.contrastsecurity.sarif.ArtifactLocation;
import com.contrastsecurity.sarif.Invocation;
import com.contrastsecurity.sarif.Notification;
import com.contrastsecurity.sarif.ReportingDescriptor;
import com.contrastsecurity.sarif.Result;
import com.contrastsecurity.sarif.Run;
import com.contrastsecurity.sarif.SarifSchema210;
import com.contrastsecurity.sarif.Suppression;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.hss.client.CicdImage;
import io.jenkins.plugins.hss.client.Generated;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.everit.json.schema.Schema;
import org.everit.json.schema.ValidationException;
import org.everit.json.schema.loader.SchemaLoader;
import org.json.JSONObject;
import org.json.JSONTokener;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The schema of the standard and a parser that isn't ours read what we write. */
class SarifTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Schema schema;

    @BeforeAll
    static void readSchema() throws Exception {
        try (InputStream in = SarifSchema210.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
            schema = SchemaLoader.builder()
                    .schemaJson(new JSONObject(new JSONTokener(in)))
                    .draftV7Support()
                    .build()
                    .load()
                    .build();
        }
    }

    private static String write(ScanResult result) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Sarif.write(result, out);
        return out.toString(UTF_8);
    }

    private static void validate(String log) {
        schema.validate(new JSONObject(log));
    }

    private static Run run(ScanResult result) throws IOException {
        String log = write(result);
        validate(log);
        List<Run> runs = JSON.readValue(log, SarifSchema210.class).getRuns();
        assertEquals(1, runs.size());
        return runs.get(0);
    }

    private static Result result(Finding finding) throws IOException {
        return run(SampleScan.with(finding)).getResults().get(0);
    }

    @Test
    void schemaRefusesWhatIsNoLog() throws Exception {
        String log = write(SampleScan.with(SampleScan.vulnerability()));

        assertThrows(ValidationException.class, () -> validate(log.replace("\"ruleIndex\"", "\"rule\"")));
        assertThrows(ValidationException.class, () -> validate(log.replace("https://access", "no URI https://access")));
    }

    @Test
    void findingIsAResultOfItsRule() throws Exception {
        Run run = run(SampleScan.with(SampleScan.vulnerability()));
        Result result = run.getResults().get(0);
        ReportingDescriptor rule =
                run.getTool().getDriver().getRules().iterator().next();

        assertEquals("vulnerability/RHSA-2022:4991", result.getRuleId());
        assertEquals(Result.Level.WARNING, result.getLevel());
        assertEquals(
                "RHSA-2022:4991 in xz-libs 5.2.4-3.el8: Upgrade the software",
                result.getMessage().getText());
        assertNull(result.getMessage().getMarkdown());
        assertEquals(
                "xz-libs",
                result.getLocations()
                        .get(0)
                        .getLogicalLocations()
                        .iterator()
                        .next()
                        .getName());
        assertEquals(List.of(), result.getSuppressions().stream().toList());
        assertEquals(
                Map.of("hssFinding/v1", Fingerprint.of(SampleScan.vulnerability())),
                result.getPartialFingerprints().getAdditionalProperties());
        assertEquals(
                Map.of(
                        "type", "vulnerability",
                        "severity", "medium",
                        "hssSeverity", "delay_repair",
                        "package", "xz-libs",
                        "version", "5.2.4-3.el8",
                        "layer", "sha256:74ddd0",
                        "handled", false),
                result.getProperties().getAdditionalProperties());
        assertEquals(URI.create("https://access.redhat.com/errata/RHSA-2022:4991"), rule.getHelpUri());
    }

    @Test
    void imageIsToldButNoAccount() throws Exception {
        String log = write(SampleScan.with(SampleScan.vulnerability()));

        assertEquals(
                Map.of(
                        "imageName", "shop/web",
                        "imageTag", "42",
                        "imageDigest", SampleScan.IMAGE.digest(),
                        "scannedAt", "2026-01-01T00:00:00Z",
                        "hssLevel", "High"),
                JSON.convertValue(JSON.readTree(log).at("/runs/0/properties"), Map.class));
        assertFalse(log.contains("shop-pipeline"));
    }

    @ParameterizedTest
    @CsvSource({"HIGH, ERROR,", "MEDIUM, WARNING,", "LOW, NOTE,", "NONE, NONE, informational"})
    void severityIsALevel(Severity severity, Result.Level level, String kind) throws Exception {
        Finding finding = SampleScan.at(FindingType.RISK_CONFIG, "hw_standard/SSH/1.1", null)
                .withSeverity(severity);

        Result result = result(finding);

        assertEquals(level, result.getLevel());
        if (kind != null) {
            assertEquals(kind, result.getKind().value());
        }
    }

    @Test
    void sameIdOfTwoTypesIsTwoRules() throws Exception {
        Run run = run(SampleScan.with(
                SampleScan.at(FindingType.NON_COMPLIANT_APP, "nmap", "/usr/bin/nmap"),
                SampleScan.at(FindingType.NON_COMPLIANT_APP, "nmap", "/opt/nmap"),
                SampleScan.at(FindingType.BUILD_COMMAND_RISKS, "nmap", null)));

        assertEquals(
                List.of("non-compliant-app/nmap", "build-command-risks/nmap"),
                run.getTool().getDriver().getRules().stream()
                        .map(ReportingDescriptor::getId)
                        .toList());
        assertEquals(
                List.of(0, 0, 1),
                run.getResults().stream().map(Result::getRuleIndex).toList());
    }

    @Test
    void placeIsRelativeToTheImage() throws Exception {
        ArtifactLocation place = result(SampleScan.at(FindingType.MALWARES, "x", "/opt/x/a b"))
                .getLocations()
                .get(0)
                .getPhysicalLocation()
                .getArtifactLocation();

        assertEquals("opt/x/a%20b", place.getUri());
        assertEquals("IMAGE", place.getUriBaseId());
    }

    @Test
    void ignoredFindingIsSuppressedWithItsReason() throws Exception {
        Finding ignored = SampleScan.vulnerability().withIgnored("not reachable");

        Suppression suppression = result(ignored).getSuppressions().iterator().next();

        assertEquals(Suppression.Kind.EXTERNAL, suppression.getKind());
        assertEquals("not reachable", suppression.getJustification());
    }

    @Test
    void rowsThatAreMissingAreTold() throws Exception {
        TypeFindings some = new TypeFindings(
                FindingType.VULNERABILITY,
                Map.of(Severity.HIGH, 3000L),
                0,
                0,
                3000,
                List.of(SampleScan.vulnerability()),
                false);
        ScanResult result = new ScanResult(SampleScan.IMAGE, true, List.of(some), List.of(), List.of("A note"));

        Invocation invocation = run(result).getInvocations().iterator().next();

        assertTrue(invocation.getExecutionSuccessful());
        List<Notification> told = List.copyOf(invocation.getToolExecutionNotifications());
        assertEquals(
                "Only 1 of 3000 findings of the type vulnerability are listed.",
                told.get(0).getMessage().getText());
        assertEquals(Notification.Level.WARNING, told.get(0).getLevel());
        assertEquals("A note", told.get(1).getMessage().getText());
    }

    @Test
    void textsAreNoPlaceholdersAndNoLinks() throws Exception {
        String text = result(SampleScan.at(FindingType.MALWARES, "[click](javascript:alert(1)) {0}", null))
                .getMessage()
                .getText();

        assertEquals("[click] (javascript:alert(1)) {{0}}", text);
    }

    @Test
    void hostileTextsAreHarmless() throws Exception {
        Run run = run(SampleScan.hostile());

        assertEquals(
                FindingType.values().length * SampleScan.HOSTILE.size(),
                run.getResults().size());
        assertTrue(run.getTool().getDriver().getRules().stream().allMatch(rule -> rule.getHelpUri() == null));
        List<String> texts = new ArrayList<>();
        collect(JSON.readTree(write(SampleScan.hostile())), texts);
        assertTrue(texts.stream().allMatch(text -> text.codePoints().noneMatch(VisibleText::isHidden)));
        assertTrue(texts.stream().anyMatch(text -> text.contains("a\\u202Egpj.exe")));
    }

    private static void collect(JsonNode node, List<String> texts) {
        if (node.isTextual()) {
            texts.add(node.textValue());
        }
        node.fieldNames().forEachRemaining(texts::add);
        node.forEach(child -> collect(child, texts));
    }

    @Test
    void whateverWasFoundIsValid() {
        Generated.forAny(50, random -> {
            ScanResult scan = SampleScan.any(random);
            Run run = run(scan);

            List<ReportingDescriptor> rules =
                    List.copyOf(run.getTool().getDriver().getRules());
            Set<String> ids = new HashSet<>();
            rules.forEach(rule -> assertTrue(ids.add(rule.getId()), "twice: " + rule.getId()));
            for (Result result : run.getResults()) {
                assertEquals(rules.get(result.getRuleIndex()).getId(), result.getRuleId());
            }
            long kept = scan.findings().stream()
                    .mapToLong(type -> type.findings().size())
                    .sum();
            assertEquals(kept, run.getResults().size());
        });
    }

    @Test
    void imageThatNothingIsKnownOfIsWritten() throws Exception {
        CicdImage unknown = new CicdImage(
                null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);

        Run run = run(new ScanResult(unknown, true, List.of(), List.of(), List.of()));

        assertEquals(List.of(), run.getResults());
        assertEquals(Map.of(), run.getProperties().getAdditionalProperties());
    }

    @Test
    void logThatCouldNotBeWrittenDoesNotLookWhole() {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        OutputStream full = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                if (written.size() >= 20_000) {
                    throw new IOException("disk full");
                }
                written.write(octet);
            }
        };

        assertThrows(IOException.class, () -> Sarif.write(SampleScan.large(500), full));
        assertThrows(IOException.class, () -> JSON.readTree(written.toByteArray()));
    }
}
