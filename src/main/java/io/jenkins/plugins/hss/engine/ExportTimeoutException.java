package io.jenkins.plugins.hss.engine;

import java.io.IOException;

/** The deadline of an export has passed. */
public final class ExportTimeoutException extends IOException {
    private static final long serialVersionUID = 1L;

    ExportTimeoutException(String message) {
        super(message);
    }
}
