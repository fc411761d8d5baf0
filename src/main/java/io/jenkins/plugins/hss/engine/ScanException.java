package io.jenkins.plugins.hss.engine;

import java.io.IOException;

/** Says why the findings of an image can't be told or judged. */
public sealed class ScanException extends IOException {
    private static final long serialVersionUID = 1;

    ScanException(String message) {
        super(message);
    }

    /** Says that two answers of HSS contradict each other, which may pass. */
    static final class Unsettled extends ScanException {
        private static final long serialVersionUID = 1;

        Unsettled(String message) {
            super(message);
        }
    }
}
