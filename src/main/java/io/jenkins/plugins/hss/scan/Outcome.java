package io.jenkins.plugins.hss.scan;

import org.jvnet.localizer.Localizable;

/** What became of a scan. */
enum Outcome {
    PASSED("passed", Messages._Outcome_passed()),
    UNSTABLE("unstable", Messages._Outcome_unstable()),
    /** A gate failed, or the scan ended without a verdict. */
    FAILED("failed", Messages._Outcome_failed()),
    NOT_SCANNED("notScanned", Messages._Outcome_notScanned());

    private final String word;
    private final Localizable label;

    Outcome(String word, Localizable label) {
        this.word = word;
        this.label = label;
    }

    String word() {
        return word;
    }

    /** Returns the outcome in the person's language. */
    String label() {
        return label.toString();
    }
}
