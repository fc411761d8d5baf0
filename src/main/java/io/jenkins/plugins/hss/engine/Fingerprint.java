package io.jenkins.plugins.hss.engine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells whether findings of two scans are the same, whatever their versions and layers. */
final class Fingerprint {
    private Fingerprint() {}

    static String of(Finding finding) {
        String place =
                switch (finding.type()) {
                    case VULNERABILITY -> finding.packageName();
                    case SENSITIVE_INFO, NON_COMPLIANT_APP -> finding.path();
                    case RISK_CONFIG, MALWARES, BUILD_COMMAND_RISKS -> null;
                };
        String text = finding.type().word() + '\0' + finding.id() + (place == null ? "" : '\0' + place);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
