package io.jenkins.plugins.hss.client;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Who calls: gives each call what proves it. */
public interface Authentication {
    /** Returns the headers that prove who makes this very call. */
    CompletableFuture<Map<String, String>> headers(Call call);

    /**
     * Forgets a proof that the service has refused.
     *
     * @return whether the call may succeed with a new one
     */
    default boolean renew(Map<String, String> refused) {
        return false;
    }

    /** Returns the ID of the caller's project, for connections that name none. */
    CompletableFuture<String> projectId();

    /** Returns what a person can do when the service refuses the proof. */
    String refusedHint();

    /** Returns the texts that may never be shown, should the service echo one. */
    List<String> secrets();
}
