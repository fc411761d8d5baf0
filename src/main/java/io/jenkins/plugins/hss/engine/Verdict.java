package io.jenkins.plugins.hss.engine;

/** What the thresholds say of an export. */
public enum Verdict {
    PASSED,
    UNSTABLE,
    FAILED
}
