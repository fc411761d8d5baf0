package io.jenkins.plugins.hss.client;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A call that failed. The message names the operation, the cause in the service's own words, and the mend; it carries no
 * secret and no line break.
 */
public final class HssException extends IOException {
    private static final long serialVersionUID = 1L;

    /** How far a call came. */
    public enum Delivery {
        /** The service certainly got no whole request. */
        NOT_SENT,
        /** The service may have got the request; there is no response. */
        RESPONSE_LOST,
        /** The service, or what stands before it, has responded. */
        ANSWERED
    }

    private final Operation operation;
    private final Delivery delivery;
    private final int status;
    private final String code;
    private final String serviceMessage;
    private final String requestId;
    private final String hint;
    private final boolean temporary;
    private final Duration retryAfter;

    private HssException(Builder builder) {
        super(builder.message());
        this.operation = builder.operation;
        this.delivery = builder.delivery;
        this.status = builder.status;
        this.code = builder.code;
        this.serviceMessage = builder.serviceMessage;
        this.requestId = builder.requestId;
        this.hint = builder.hint;
        this.temporary = builder.temporary;
        this.retryAfter = builder.retryAfter;
    }

    public Operation operation() {
        return operation;
    }

    public Delivery delivery() {
        return delivery;
    }

    /** Returns the HTTP status, 0 where there was no response. */
    public int status() {
        return status;
    }

    /** Returns the service's code, such as {@code HSS.0011} or {@code APIGW.0301}; empty where it gave none. */
    public String code() {
        return code;
    }

    /** Returns the service's own words, sanitized and cut; empty where it gave none. */
    public String serviceMessage() {
        return serviceMessage;
    }

    /** Returns the ID of the request in the service's logs; empty where it gave none. */
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

    /** Returns whether the service refused the call as one too many. */
    public boolean isThrottled() {
        return status == 429;
    }

    /** Returns whether the API gateway responded that the service behind it takes no calls just now. */
    public boolean isGatewayUnavailable() {
        return status == 503 && code.startsWith("APIG");
    }

    /** Returns whether the call certainly created nothing. */
    public boolean createdNothing() {
        return delivery == Delivery.NOT_SENT || status >= 400 && status < 500 || isGatewayUnavailable();
    }

    /** Collects what is known of a failed call. */
    static final class Builder {
        final Operation operation;
        Delivery delivery = Delivery.ANSWERED;
        int status;
        String code = "";
        String serviceMessage = "";
        String requestId = "";
        String cause = "";
        String hint = "";
        boolean temporary;

        @CheckForNull
        Duration retryAfter;

        Builder(Operation operation) {
            this.operation = operation;
        }

        HssException build() {
            return new HssException(this);
        }

        private String message() {
            String response = Stream.of(
                            status == 0 ? "" : "HTTP " + status,
                            code,
                            serviceMessage.isEmpty() ? "" : Messages.HssException_words(serviceMessage),
                            requestId.isEmpty() ? "" : Messages.HssException_request(requestId))
                    .filter(part -> !part.isEmpty())
                    .collect(Collectors.joining(Messages.HssException_separator()));
            String what =
                    Stream.of(cause, response).filter(part -> !part.isEmpty()).collect(Collectors.joining(" – "));
            return Messages.HssException_message(operation.displayName(), what, hint)
                    .trim();
        }
    }
}
