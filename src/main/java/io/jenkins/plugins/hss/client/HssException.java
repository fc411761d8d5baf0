package io.jenkins.plugins.hss.client;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.time.Duration;

/**
 * A call that the service did not answer as asked. Its message is for people: the operation, the cause in the
 * service's own words, and the mend. It never carries a secret, nor text that could forge a line of a log.
 */
public final class HssException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What is certain about the call. */
    public enum Fate {
        /** It never reached the service. */
        NOT_SENT,
        /** It may have reached the service, whose answer is lost. */
        ANSWER_LOST,
        /** The service, or what stands before it, has answered. */
        ANSWERED
    }

    private final Operation operation;
    private final Fate fate;
    private final int status;
    private final String code;
    private final String serviceMessage;
    private final String requestId;
    private final String hint;
    private final boolean temporary;
    private final transient Duration retryAfter;

    HssException(Failure failure, String message) {
        super(message);
        this.operation = failure.operation;
        this.fate = failure.fate;
        this.status = failure.status;
        this.code = failure.code;
        this.serviceMessage = failure.serviceMessage;
        this.requestId = failure.requestId;
        this.hint = failure.hint;
        this.temporary = failure.temporary;
        this.retryAfter = failure.retryAfter;
    }

    public Operation operation() {
        return operation;
    }

    public Fate fate() {
        return fate;
    }

    /** Returns the HTTP status, 0 where there was no answer. */
    public int status() {
        return status;
    }

    /** Returns the service's code, such as {@code HSS.0011} or {@code APIGW.0301}; empty where it gave none. */
    public String code() {
        return code;
    }

    /** Returns the service's own words, made harmless and cut; empty where it gave none. */
    public String serviceMessage() {
        return serviceMessage;
    }

    /** Returns the ID by which the service finds the call again; empty where it gave none. */
    public String requestId() {
        return requestId;
    }

    /** Returns what can be done about it; empty where nothing is known. */
    public String hint() {
        return hint;
    }

    /** Returns whether the same call may well succeed a little later. */
    public boolean isTemporary() {
        return temporary;
    }

    /** Returns how long the service wants to be left alone, null where it doesn't say. */
    @CheckForNull
    public Duration retryAfter() {
        return retryAfter;
    }

    boolean isThrottled() {
        return status == 429;
    }

    /** Returns whether an answer says that nothing came of the call. */
    boolean isRefusal() {
        return status >= 400 && status < 500 || isGatewayUnavailable();
    }

    /** Returns whether the API gateway answered that the service behind it takes no calls just now. */
    boolean isGatewayUnavailable() {
        return status == 503 && code.startsWith("APIG");
    }
}
