package io.jenkins.plugins.hss.engine;

import java.io.IOException;

/** Says that no scan of the image was found within the time, or that the scan failed. */
public final class NotScannedException extends IOException {
    private static final long serialVersionUID = 1;

    NotScannedException(String message) {
        super(message);
    }
}
