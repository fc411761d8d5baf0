package io.jenkins.plugins.hss.client;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * An image that a CI/CD access has scanned, as ListCicdImages gives it; what HSS leaves out is null.
 *
 * @param scanStatus HSS's own word
 * @param scannedAt when its last scan ended, in milliseconds since 1970
 * @param updatedAt when its row was created, in milliseconds since 1970
 * @param severityLevel HSS's level of the image: Security, Low, Medium, High
 */
public record CicdImage(
        @CheckForNull String imageId,
        @CheckForNull String digest,
        @CheckForNull String cicdName,
        @CheckForNull String registry,
        @CheckForNull String namespace,
        @CheckForNull String name,
        @CheckForNull String version,
        @CheckForNull String scanStatus,
        @CheckForNull String failureCode,
        @CheckForNull String failureText,
        @CheckForNull Long scannedAt,
        @CheckForNull Long updatedAt,
        @CheckForNull Long vulnerabilities,
        @CheckForNull Long unsafeSettings,
        @CheckForNull Long maliciousFiles,
        @CheckForNull String severityLevel) {
    static final Set<String> FIELDS = Set.of(
            "image_id",
            "image_digest",
            "cicd_name",
            "registry_name",
            "namespace",
            "image_name",
            "image_version",
            "scan_status",
            "scan_failed_code",
            "scan_failed_desc",
            "latest_scan_time",
            "latest_update_time",
            "vul_num",
            "unsafe_setting_num",
            "malicious_file_num",
            "severity_level");

    /** Returns when its last scan ended, empty where HSS doesn't say. */
    public Optional<Instant> scanEnd() {
        return Optional.ofNullable(scannedAt).map(Instant::ofEpochMilli);
    }

    /** Returns the namespace and the name; null where HSS gives no name. */
    @CheckForNull
    public String path() {
        return namespace == null || name == null ? name : namespace + "/" + name;
    }

    static CicdImage of(Row row) {
        return new CicdImage(
                row.text("image_id"),
                row.text("image_digest"),
                row.text("cicd_name"),
                row.text("registry_name"),
                row.text("namespace"),
                row.text("image_name"),
                row.text("image_version"),
                row.text("scan_status"),
                row.text("scan_failed_code"),
                row.text("scan_failed_desc"),
                row.number("latest_scan_time"),
                row.number("latest_update_time"),
                row.number("vul_num"),
                row.number("unsafe_setting_num"),
                row.number("malicious_file_num"),
                row.text("severity_level"));
    }
}
