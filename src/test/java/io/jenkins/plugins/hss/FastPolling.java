package io.jenkins.plugins.hss;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Has the state of tasks and the list of images read many times a second, for tests that wait for an end. */
public final class FastPolling implements BeforeAllCallback, AfterAllCallback {
    private static final String FIRST = "io.jenkins.plugins.hss.firstPollMillis";
    private static final String LONGEST = "io.jenkins.plugins.hss.maxPollMillis";
    private static final String IMAGES = "io.jenkins.plugins.hss.imagePollMillis";

    @Override
    public void beforeAll(ExtensionContext context) {
        fast();
    }

    static void fast() {
        System.setProperty(FIRST, "20");
        System.setProperty(LONGEST, "100");
        // Two calls each, of 600 a minute.
        System.setProperty(IMAGES, "100");
    }

    /** The first read of a task, and the second of the images, come only after an hour. */
    static void slow() {
        System.setProperty(FIRST, "3600000");
        System.setProperty(IMAGES, "3600000");
    }

    @Override
    public void afterAll(ExtensionContext context) {
        System.clearProperty(FIRST);
        System.clearProperty(LONGEST);
        System.clearProperty(IMAGES);
    }
}
