package io.jenkins.plugins.hss.client;

import java.util.List;

/** Makes text from outside harmless: one line, no control characters, no secrets, of bounded length. */
public final class SafeText {
    private static final int MAX_LENGTH = 500;

    private SafeText() {}

    public static String of(String text, List<String> secrets) {
        String safe = masked(text, secrets);
        // C: control, format (which turn the direction of writing) and lone surrogate characters; Z: every kind of
        // space
        safe = safe.replaceAll("[\\p{C}\\p{Z}]+", " ").trim();
        if (safe.codePointCount(0, safe.length()) > MAX_LENGTH) {
            safe = safe.substring(0, safe.offsetByCodePoints(0, MAX_LENGTH)) + "…";
        }
        return safe;
    }

    /** Returns the text without the secrets, and otherwise as it is. */
    static String masked(String text, List<String> secrets) {
        String masked = text;
        for (String secret : secrets) {
            if (!secret.isEmpty()) {
                masked = masked.replace(secret, "****");
            }
        }
        return masked;
    }
}
