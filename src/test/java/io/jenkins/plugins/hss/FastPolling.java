package io.jenkins.plugins.hss;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Has the state of tasks read every few milliseconds, for tests that wait for the end of exports. */
public final class FastPolling implements BeforeAllCallback, AfterAllCallback {
    private static final String FIRST = "io.jenkins.plugins.hss.firstPollMillis";
    private static final String LONGEST = "io.jenkins.plugins.hss.maxPollMillis";

    @Override
    public void beforeAll(ExtensionContext context) {
        fast();
    }

    static void fast() {
        System.setProperty(FIRST, "20");
        System.setProperty(LONGEST, "100");
    }

    /** The first read comes only after an hour. */
    static void slow() {
        System.setProperty(FIRST, "3600000");
    }

    @Override
    public void afterAll(ExtensionContext context) {
        System.clearProperty(FIRST);
        System.clearProperty(LONGEST);
    }
}
