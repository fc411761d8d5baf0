package io.jenkins.plugins.hss.fake;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** An image that a CI/CD access had scanned, and what HSS has found in it. */
public final class ScannedImage {
    private static final Set<String> UNFINISHED = Set.of("unscan", "scanning", "waiting_for_scan");
    private static final long DEMO_PERIOD = Duration.ofMinutes(5).toMillis();
    private static int number;

    private final Map<String, Object> row = new LinkedHashMap<>();
    private final Map<Api, List<Map<String, Object>>> findings = new EnumMap<>(Api.class);
    private boolean alwaysNow;
    private Instant added = Instant.now();

    private ScannedImage(String namespace, String name, String version) {
        String id = String.format(Locale.ROOT, "%08x", ++number);
        set("image_id", "image-" + id);
        set("cicd_name", "shop-pipeline");
        set("namespace", namespace);
        set("image_name", name);
        set("image_version", version);
        set("image_digest", "sha256:" + id.repeat(8));
        set("image_type", "cicd");
        set("registry_type", "cicd");
        set("latest_version", true);
        set("scan_status", "success");
        set("image_size", 104_857_600);
        set("pipeline_type", "jenkins");
    }

    /** An image without findings, named as one pushes it, such as {@code shop/web:42}. */
    public static synchronized ScannedImage of(String image) {
        int slash = image.lastIndexOf('/');
        int colon = image.lastIndexOf(':');
        return new ScannedImage(
                slash < 0 ? null : image.substring(0, slash),
                image.substring(slash + 1, colon),
                image.substring(colon + 1));
    }

    /** Sets a field of its row; null leaves it out, also one that has a usual value. */
    public synchronized ScannedImage set(String field, Object value) {
        row.put(field, value);
        return this;
    }

    public ScannedImage cicdName(String name) {
        return set("cicd_name", name);
    }

    public ScannedImage digest(String digest) {
        return set("image_digest", digest);
    }

    public ScannedImage status(String status) {
        return set("scan_status", status);
    }

    public ScannedImage level(String level) {
        return set("severity_level", level);
    }

    /** The end of its scan; null for none. A scan that ended has the time when the image was added. */
    public ScannedImage scanned(Instant at) {
        return set("latest_scan_time", at == null ? null : at.toEpochMilli());
    }

    /** Whenever somebody asks, its scan has ended; for a demo: the time is at most five minutes ahead, and so no sooner another. */
    public synchronized ScannedImage scannedJustNow() {
        alwaysNow = true;
        return this;
    }

    /** Vulnerabilities that nobody has handled. */
    public ScannedImage vulnerabilities(int high, int medium, int low) {
        vulnerabilities(high, "HSS-immediate_repair-", "immediate_repair", "unhandled");
        vulnerabilities(medium, "HSS-delay_repair-", "delay_repair", "unhandled");
        vulnerabilities(low, "HSS-not_needed_repair-", "not_needed_repair", "unhandled");
        return this;
    }

    /** High vulnerabilities that somebody has handled. */
    public ScannedImage handledVulnerabilities(int count) {
        vulnerabilities(count, "HSS-handled-", "immediate_repair", "handled");
        return this;
    }

    private void vulnerabilities(int count, String id, String level, String state) {
        for (int i = 1; i <= count; i++) {
            vulnerability("vul_id", id + i, "repair_necessity", level, "handle_status", state);
        }
    }

    /** A vulnerability, with these fields in place of the usual ones; {@code handle_status} and {@code type} are not shown. */
    public ScannedImage vulnerability(Object... namesAndValues) {
        return finding(
                Api.VULNERABILITIES,
                namesAndValues,
                "vul_id",
                "RHSA-2026:1001",
                "repair_necessity",
                "immediate_repair",
                "app_name",
                "openssl",
                "version",
                "1.1.1k-6",
                "position",
                "sha256:layer",
                "description",
                "A fault of openssl",
                "solution",
                "Upgrade openssl",
                "url",
                "https://access.redhat.com/errata/RHSA-2026:1001",
                "handle_status",
                "unhandled");
    }

    public ScannedImage malware(Object... namesAndValues) {
        return finding(
                Api.MALWARES,
                namesAndValues,
                "file_name",
                "miner",
                "file_path",
                "/opt/x/miner",
                "size",
                4096,
                "description",
                "A miner");
    }

    public ScannedImage secret(Object... namesAndValues) {
        return finding(
                Api.SENSITIVE_INFO,
                namesAndValues,
                "sensitive_info_id",
                "97daa311",
                "severity",
                "high",
                "name",
                "private key",
                "position",
                "sha256:layer",
                "file_path",
                "/root/.ssh/id_rsa",
                "content",
                "canary-content",
                "description",
                "canary-description",
                "handle_status",
                "unhandled",
                "operate_accept",
                "ignore");
    }

    /** A baseline check that was not passed. */
    public ScannedImage setting(Object... namesAndValues) {
        return finding(
                Api.CHECK_RULES,
                namesAndValues,
                "severity",
                "Medium",
                "check_name",
                "CentOS 7",
                "check_type",
                "CentOS 7",
                "standard",
                "hw_standard",
                "check_rule_name",
                "规则:口令锁定策略.",
                "check_rule_id",
                "1." + (rows(Api.CHECK_RULES).size() + 1),
                "scan_result",
                "failed");
    }

    public ScannedImage software(Object... namesAndValues) {
        return finding(
                Api.NON_COMPLIANT_APPS,
                namesAndValues,
                "id",
                "1",
                "app_name",
                "nmap",
                "app_path",
                "/usr/bin/nmap",
                "app_version",
                "7.92",
                "layer_digest",
                "sha256:layer");
    }

    public ScannedImage command(Object... namesAndValues) {
        return finding(
                Api.BUILD_COMMANDS,
                namesAndValues,
                "risk_id",
                "r-1",
                "rule_id",
                "rule-1",
                "risk_name",
                "runs as root",
                "risk_level",
                "high",
                "description",
                "The image runs as root",
                "image_type",
                "cicd");
    }

    private synchronized ScannedImage finding(Api api, Object[] namesAndValues, Object... usual) {
        Map<String, Object> finding = Json.object(usual);
        finding.putAll(Json.object(namesAndValues));
        finding.values().removeIf(Objects::isNull);
        findings.computeIfAbsent(api, list -> new ArrayList<>()).add(finding);
        return this;
    }

    /** Forgets what was found. */
    public synchronized ScannedImage clean() {
        findings.clear();
        return this;
    }

    /** It was added now. */
    synchronized ScannedImage addedAt(Instant now) {
        added = now;
        return this;
    }

    /** What the call lists of this image. */
    synchronized List<Map<String, Object>> rows(Api api) {
        return List.copyOf(findings.getOrDefault(api, List.of()));
    }

    /** How many of them count. */
    long count(Api api) {
        return rows(api).stream().filter(row -> Findings.counts(api, row)).count();
    }

    /** The row of the image; its counts are those of the findings where nothing else was set. */
    synchronized Map<String, Object> row(Instant now) {
        Map<String, Object> usual = new LinkedHashMap<>();
        long begin = added.toEpochMilli();
        usual.put(
                "latest_update_time", row.get("latest_scan_time") instanceof Long scan ? Math.min(begin, scan) : begin);
        if (!UNFINISHED.contains(row.get("scan_status"))) {
            usual.put("latest_scan_time", begin);
        }
        if ("success".equals(row.get("scan_status"))) {
            usual.put("severity_level", "Security");
        }
        usual.put("vul_num", count(Api.VULNERABILITIES));
        usual.put("unsafe_setting_num", count(Api.CHECK_RULES));
        usual.put("malicious_file_num", count(Api.MALWARES));
        usual.putAll(row);
        if (alwaysNow) {
            usual.put("latest_scan_time", (now.toEpochMilli() / DEMO_PERIOD + 1) * DEMO_PERIOD);
        }
        usual.values().removeIf(Objects::isNull);
        return usual;
    }

    /** A text of its row; null where there is none. */
    public synchronized String text(String field) {
        return (String) row.get(field);
    }
}
