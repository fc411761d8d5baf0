package io.jenkins.plugins.hss.engine;

import java.util.Locale;

/** How bad a finding is, worst first: one scale for all types. */
public enum Severity {
    HIGH,
    MEDIUM,
    LOW,
    NONE;

    /** Returns the word that people write, such as {@code high}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
