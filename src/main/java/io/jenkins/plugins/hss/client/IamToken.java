package io.jenkins.plugins.hss.client;

import java.time.Duration;
import java.time.Instant;

/**
 * A token that IAM has issued.
 *
 * @param value 1 to 32,768 visible ASCII characters; it never shows in {@link #toString}
 * @param obtainedAt when it was received, by the clock that reads it
 * @param expiresAt when it ends, by IAM's clock
 * @param projectId the project that it is for
 */
record IamToken(String value, Instant obtainedAt, Instant expiresAt, String projectId) {
    private static final Duration MAX_RESERVE = Duration.ofHours(1);

    /** Returns whether more than a tenth of its life is left, or more than an hour. */
    boolean isFresh(Instant now) {
        Duration tenth = Duration.between(obtainedAt, expiresAt).dividedBy(10);
        Duration reserve = tenth.compareTo(MAX_RESERVE) > 0 ? MAX_RESERVE : tenth;
        return now.isBefore(expiresAt.minus(reserve));
    }

    @Override
    public String toString() {
        return "IamToken[expiresAt=" + expiresAt + ", projectId=" + projectId + "]";
    }
}
