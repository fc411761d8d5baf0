package io.jenkins.plugins.hss.client;

import java.io.IOException;

/** The deadline of a {@link CallContext} has passed. */
public final class DeadlineExceededException extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean rateLimited;

    DeadlineExceededException(boolean rateLimited) {
        this.rateLimited = rateLimited;
    }

    /** Returns whether it passed while a permit for a call was waited for. */
    public boolean isRateLimited() {
        return rateLimited;
    }
}
