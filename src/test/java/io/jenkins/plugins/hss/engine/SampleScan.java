package io.jenkins.plugins.hss.engine;

import io.jenkins.plugins.hss.client.CicdImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Scans as they may come, and as nobody would wish them. */
final class SampleScan {
    static final String RIGHT_TO_LEFT = "\u202e";
    static final List<String> HOSTILE = List.of(
            "<img src=x onerror=alert(1)>",
            "\"'`</script>\\",
            "javascript:alert(1)",
            "https://user@example.com\" onclick=\"alert(1)",
            "a" + RIGHT_TO_LEFT + "gpj.exe\r\n\u0000\u001b[31m\u2028\u0085",
            "lone \ud800 and \udfff",
            "../../etc/passwd",
            "./a/../../b//c:d?e#f%2e%2e",
            "漏洞 Ünïcode 😀",
            "[click](javascript:alert(1)) {0} **bold**",
            "x".repeat(4000));

    static final CicdImage IMAGE = image("shop", "web", "42", "sha256:" + "a".repeat(64), 1767225600000L);

    private SampleScan() {}

    private static CicdImage image(String namespace, String name, String version, String digest, Long scannedAt) {
        return new CicdImage(
                "6f1c0a9e2b",
                digest,
                "shop-pipeline",
                "swr",
                namespace,
                name,
                version,
                "success",
                null,
                null,
                scannedAt,
                null,
                1L,
                1L,
                0L,
                "High");
    }

    /** Returns a vulnerability as HSS lists it. */
    static Finding vulnerability() {
        return new Finding(
                FindingType.VULNERABILITY,
                "RHSA-2022:4991",
                Severity.MEDIUM,
                "delay_repair",
                null,
                "xz-libs",
                "5.2.4-3.el8",
                null,
                "sha256:74ddd0",
                null,
                "Upgrade the software",
                "https://access.redhat.com/errata/RHSA-2022:4991",
                false,
                null);
    }

    /** Returns a finding that has nothing but an ID and a path. */
    static Finding at(FindingType type, String id, String path) {
        return new Finding(type, id, Severity.HIGH, null, null, null, null, path, null, null, null, null, null, null);
    }

    /** Returns a finding with the same text everywhere. */
    static Finding of(FindingType type, Severity severity, String text) {
        return new Finding(type, text, severity, text, text, text, text, text, text, text, text, text, true, text);
    }

    /** Returns a scan that found nothing but these. */
    static ScanResult with(Finding... findings) {
        return new ScanResult(IMAGE, false, types(List.of(findings)), List.of(), List.of());
    }

    /** Returns a scan of which every text is hostile. */
    static ScanResult hostile() {
        List<Finding> findings = new ArrayList<>();
        for (FindingType type : FindingType.values()) {
            for (String text : HOSTILE) {
                findings.add(of(type, type.severities().iterator().next(), text));
            }
        }
        String all = String.join(" ", HOSTILE);
        return new ScanResult(image(all, all, all, all, Long.MAX_VALUE), true, types(findings), List.of(), HOSTILE);
    }

    /** Returns any scan. */
    static ScanResult any(RandomGenerator random) {
        List<Finding> findings = IntStream.range(0, random.nextInt(20))
                .mapToObj(i -> anyFinding(random))
                .toList();
        List<TypeFindings> types = types(findings).stream()
                .map(type -> new TypeFindings(
                        type.type(),
                        type.counts(),
                        random.nextLong(9),
                        random.nextLong(9),
                        random.nextLong(Long.MAX_VALUE),
                        type.findings(),
                        random.nextBoolean()))
                .toList();
        QualityGate gate = new QualityGate(
                pick(random, null, FindingType.VULNERABILITY),
                pick(random, null, Severity.HIGH),
                1 + random.nextLong(9),
                pick(random, Verdict.FAILED, Verdict.UNSTABLE));
        return new ScanResult(
                image(text(random), text(random), text(random), text(random), random.nextLong(1L << 50)),
                random.nextBoolean(),
                types,
                List.of(new QualityGate.Result(gate, random.nextLong(9))),
                HOSTILE.subList(0, random.nextInt(3)));
    }

    private static Finding anyFinding(RandomGenerator random) {
        FindingType type = pick(random, FindingType.values());
        String id = text(random);
        return new Finding(
                type,
                id == null ? "id" : id,
                pick(random, type.severities().toArray(Severity[]::new)),
                text(random),
                text(random),
                text(random),
                text(random),
                text(random),
                text(random),
                text(random),
                text(random),
                text(random),
                pick(random, null, true, false),
                text(random));
    }

    /** Returns a text of any UTF-16 units, one of the hostile ones, or null. */
    private static String text(RandomGenerator random) {
        return switch (random.nextInt(4)) {
            case 0 -> null;
            case 1 -> HOSTILE.get(random.nextInt(HOSTILE.size()));
            case 2 ->
                random.ints(random.nextInt(30), 0, 0x110000)
                        .mapToObj(Character::toString)
                        .collect(Collectors.joining());
            default ->
                random.ints(random.nextInt(30), 0, 0x10000)
                        .mapToObj(unit -> String.valueOf((char) unit))
                        .collect(Collectors.joining());
        };
    }

    @SafeVarargs
    private static <T> T pick(RandomGenerator random, T... values) {
        return values[random.nextInt(values.length)];
    }

    /** Returns the findings by their types. */
    private static List<TypeFindings> types(List<Finding> findings) {
        return Arrays.stream(FindingType.values())
                .map(type -> findings.stream()
                        .filter(finding -> finding.type() == type)
                        .toList())
                .filter(list -> !list.isEmpty())
                .map(SampleScan::type)
                .toList();
    }

    private static TypeFindings type(List<Finding> findings) {
        Map<Severity, Long> counts =
                findings.stream().collect(Collectors.groupingBy(Finding::severity, Collectors.counting()));
        return new TypeFindings(findings.get(0).type(), counts, 0, 0, findings.size(), findings, true);
    }

    /** Returns a scan of so many vulnerabilities. */
    static ScanResult large(int count) {
        Finding one = vulnerability();
        List<Finding> findings = IntStream.range(0, count)
                .mapToObj(i -> new Finding(
                        one.type(),
                        "RHSA-2022:" + i / 3,
                        one.severity(),
                        one.severityWord(),
                        null,
                        "package-" + i % 3,
                        one.version(),
                        null,
                        one.layer(),
                        "A flaw was found. ".repeat(7),
                        one.solution(),
                        one.url() + i / 3,
                        i % 2 == 0,
                        null))
                .toList();
        return new ScanResult(IMAGE, false, List.of(type(findings)), List.of(), Collections.emptyList());
    }
}
