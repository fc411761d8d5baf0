package io.jenkins.plugins.hss.scan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.hss.client.CicdImage;
import io.jenkins.plugins.hss.config.ConnectionOverrides;
import io.jenkins.plugins.hss.engine.Finding;
import io.jenkins.plugins.hss.engine.FindingType;
import io.jenkins.plugins.hss.engine.ImageReference;
import io.jenkins.plugins.hss.engine.QualityGate;
import io.jenkins.plugins.hss.engine.ScanOptions;
import io.jenkins.plugins.hss.engine.ScanResult;
import io.jenkins.plugins.hss.engine.Severity;
import io.jenkins.plugins.hss.engine.TypeFindings;
import io.jenkins.plugins.hss.engine.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.jvnet.hudson.test.JenkinsRule;

/** Scans as the engine gives them. */
final class Scans {
    static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);
    static final Instant SCANNED = Instant.parse("2026-01-01T00:00:00Z");
    static final QualityGate ONE_HIGH = new QualityGate(FindingType.VULNERABILITY, Severity.HIGH, 1, Verdict.FAILED);
    static final QualityGate TWENTY = new QualityGate(null, null, 20, Verdict.UNSTABLE);

    private Scans() {}

    static ScanParameters parameters(String image) {
        return parameters(image, Result.FAILURE, false);
    }

    static ScanParameters parameters(String image, Result notScanned, boolean archive) {
        return new ScanParameters(
                new ScanOptions(
                        ImageReference.parse(image),
                        "shop-pipeline",
                        SCANNED,
                        false,
                        EnumSet.copyOf(FindingType.DEFAULT),
                        List.of(ONE_HIGH, TWENTY),
                        true,
                        List.of(),
                        1000,
                        Duration.ofMinutes(30)),
                new ConnectionOverrides(null, "cn-north-4", null, null, "no-such-credentials"),
                notScanned,
                archive);
    }

    static CicdImage image() {
        return new CicdImage(
                "6f1c0a9e2b",
                DIGEST,
                "shop-pipeline",
                null,
                "shop",
                "web",
                "42",
                "success",
                null,
                null,
                SCANNED.toEpochMilli(),
                SCANNED.toEpochMilli(),
                3L,
                0L,
                1L,
                "High");
    }

    static Finding vulnerability(int number, Severity severity) {
        return new Finding(
                FindingType.VULNERABILITY,
                "RHSA-2026:" + number,
                severity,
                FindingType.VULNERABILITY.words(severity).get(0),
                null,
                "openssl",
                "1.1." + number,
                "/usr/lib/libssl.so." + number,
                DIGEST,
                null,
                "Upgrade to 1.1." + (number + 1),
                "https://access.redhat.com/errata/RHSA-2026:" + number,
                false,
                null);
    }

    /** Returns a finding with one text in every field. */
    static Finding everywhere(FindingType type, String text, String ignored) {
        return new Finding(
                type, text, Severity.HIGH, text, text, text, text, text, text, text, text, text, null, ignored);
    }

    static TypeFindings findings(FindingType type, List<Finding> rows) {
        Map<Severity, Long> counts = new EnumMap<>(Severity.class);
        type.severities().forEach(severity -> counts.put(severity, 0L));
        long ignored = 0;
        for (Finding row : rows) {
            if (row.ignored() == null) {
                counts.merge(row.severity(), 1L, Long::sum);
            } else {
                ignored++;
            }
        }
        return new TypeFindings(type, counts, ignored, 0, rows.size(), rows, true);
    }

    /** Returns a result with so many vulnerabilities of high, medium and low severity, and a malicious file. */
    static ScanResult result(int high, int medium, int low) {
        List<Finding> rows = new ArrayList<>();
        add(rows, high, Severity.HIGH);
        add(rows, medium, Severity.MEDIUM);
        add(rows, low, Severity.LOW);
        return result(
                findings(FindingType.VULNERABILITY, rows),
                findings(FindingType.MALWARES, List.of(everywhere(FindingType.MALWARES, "/opt/x/miner", null))));
    }

    private static void add(List<Finding> rows, int number, Severity severity) {
        for (int i = 0; i < number; i++) {
            rows.add(vulnerability(rows.size() + 1, severity));
        }
    }

    static ScanResult result(TypeFindings... findings) {
        long high = findings[0].count(Severity.HIGH);
        long all = List.of(findings).stream().mapToLong(TypeFindings::count).sum();
        return new ScanResult(
                image(),
                true,
                List.of(findings),
                List.of(new QualityGate.Result(ONE_HIGH, high), new QualityGate.Result(TWENTY, all)),
                List.of("HSS reports none of the weak passwords"));
    }

    /** Adds a scan that has ended to a build. */
    static ScanRecord add(Run<?, ?> build, String image, ScanResult result) throws IOException {
        HssScansAction action = HssScansAction.of(build);
        int number = action.add(next -> ScanRecord.of(next, parameters(image)));
        action.files().write(number, result);
        action.update(number, scan -> scan.judged(result, "a gate", System.currentTimeMillis()));
        return action.get(number);
    }

    static JsonNode json(JenkinsRule j, String url) throws Exception {
        return new ObjectMapper()
                .readTree(j.createWebClient()
                        .goTo(url, "application/json")
                        .getWebResponse()
                        .getContentAsString());
    }
}
