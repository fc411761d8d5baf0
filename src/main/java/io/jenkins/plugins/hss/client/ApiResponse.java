package io.jenkins.plugins.hss.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A response of the service.
 *
 * @param request the request
 * @param status the HTTP status
 * @param headers the HTTP headers
 * @param body the body, at most 1 MiB of it
 */
record ApiResponse(ApiRequest request, int status, HttpHeaders headers, byte[] body) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Predicate<String> ID =
            Pattern.compile("[A-Za-z0-9._~-]{1,64}").asMatchPredicate();

    /** Returns the first value of a header, empty where there is none. */
    String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /** Returns the ID of the request in the service's logs, empty where there is none. */
    String requestId() {
        String id = header("X-Request-Id");
        if (id.isBlank()) {
            id = header("X-IAM-Trace-Id");
        }
        return id.isBlank() ? json().path("request_id").asText("") : id;
    }

    /** Returns the body as JSON, a missing node where it is anything else. */
    JsonNode json() {
        try {
            JsonNode node = JSON.readTree(body);
            return node == null ? MissingNode.getInstance() : node;
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    /**
     * Returns the ID in the property {@code name}, with dots for nested ones: 1 to 64 of {@code A-Za-z0-9._~-}.
     *
     * @throws HssException when there is none, or one that could not stand in a URL
     */
    String id(String name) throws HssException {
        String id = text(name);
        // "." and ".." would walk up the path of the URL
        if (!ID.test(id) || id.matches("\\.{1,2}")) {
            throw unusable(name);
        }
        return id;
    }

    /**
     * Returns the text in the property {@code name}, with dots for nested ones.
     *
     * @throws HssException when it is missing, blank or no text
     */
    String text(String name) throws HssException {
        JsonNode value = json().at("/" + name.replace('.', '/'));
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw unusable(name);
        }
        return value.textValue();
    }

    /**
     * Returns the whole number, 0 or more, in the property {@code name}.
     *
     * @throws HssException when it is missing or no such number
     */
    long count(String name) throws HssException {
        JsonNode value = json().path(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw unusable(name);
        }
        return value.longValue();
    }

    /** Returns the error that the response has no usable {@code name}. */
    HssException unusable(String name) {
        HssException.Builder failure = new HssException.Builder(request.operation());
        failure.cause = Messages.HssException_unusable(name);
        failure.status = status;
        failure.hint =
                request.operation() == Operation.SUBMIT ? Messages.Hint_taskLost() : Messages.Hint_notTheService();
        return failure.build();
    }

    /** Leaves the headers out: one may be a token. */
    @Override
    public String toString() {
        return request.operation() + " " + status;
    }
}
