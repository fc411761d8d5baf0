package io.jenkins.plugins.hss.fake;

import java.util.List;
import java.util.Locale;

/** The images of the demo, whose scans have just ended whenever somebody asks. */
final class DemoImages {
    private static final List<String> PACKAGES = List.of(
            "openssl-libs 3.0.7-27.el9",
            "glibc 2.34-100.el9",
            "libcurl 7.76.1-29.el9",
            "expat 2.5.0-2.el9",
            "krb5-libs 1.21.1-1.el9",
            "libxml2 2.9.13-6.el9",
            "sqlite-libs 3.34.1-7.el9",
            "systemd-libs 252-32.el9",
            "python3-libs 3.9.18-3.el9",
            "gnutls 3.8.3-4.el9",
            "libnghttp2 1.43.0-5.el9",
            "libtasn1 4.16.0-8.el9",
            "less 590-4.el9");

    private DemoImages() {}

    static ScannedImage[] all() {
        ScannedImage web = ScannedImage.of("shop/web:42")
                .level("High")
                .secret("content", "…", "description", "A private key of SSH")
                .setting("check_rule_name", "规则:口令锁定策略.", "severity", "High")
                .setting("check_rule_name", "规则:口令重复使用次数限制.")
                .setting("check_rule_name", "规则:会话超时设置.")
                .setting("check_rule_name", "规则:系统umask设置.", "severity", "Low")
                .setting("check_rule_name", "规则:禁止空口令登录.", "check_name", "SSH", "check_type", "SSH");
        vulnerabilities(web, 3, "immediate_repair", 1000);
        vulnerabilities(web, 20, "delay_repair", 2000);
        vulnerabilities(web, 14, "not_needed_repair", 4000);
        ScannedImage worker = ScannedImage.of("shop/worker:3")
                .status("failed")
                .set("scan_failed_code", "image_layer_over_sized")
                .set("scan_failed_desc", "镜像层超过大小限制");
        return new ScannedImage[] {
            web.scannedJustNow(), ScannedImage.of("shop/api:7").scannedJustNow(), worker.scannedJustNow()
        };
    }

    private static void vulnerabilities(ScannedImage image, int count, String level, int number) {
        for (int i = 1; i <= count; i++) {
            String[] software = PACKAGES.get(i % PACKAGES.size()).split(" ");
            String id = String.format(Locale.ROOT, "RHSA-2026:%d", number + 37 * i);
            image.vulnerability(
                    "vul_id",
                    id,
                    "repair_necessity",
                    level,
                    "app_name",
                    software[0],
                    "version",
                    software[1],
                    "description",
                    "Security update for " + software[0],
                    "solution",
                    "Update " + software[0],
                    "url",
                    "https://access.redhat.com/errata/" + id);
        }
    }
}
