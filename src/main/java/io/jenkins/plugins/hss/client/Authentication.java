package io.jenkins.plugins.hss.client;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Who calls: authenticates each request. */
public interface Authentication {
    /**
     * Returns the headers that authenticate a request.
     *
     * @throws HssException when they had to be requested, and that failed
     */
    Map<String, String> headers(ApiRequest request, CallContext context) throws IOException, InterruptedException;

    /**
     * Drops what the service has refused.
     *
     * @return whether the request may succeed with new headers
     */
    default boolean renew(Map<String, String> refused) {
        return false;
    }

    /**
     * Returns the ID of the caller's project, for connections that name none.
     *
     * @throws HssException when it had to be requested, and that failed
     */
    String projectId(CallContext context) throws IOException, InterruptedException;

    /** Returns what a person can do when the service refuses this caller. */
    String refusedHint();

    /** Returns the texts that may never be shown, should the service echo one. */
    List<String> secrets();
}
