package io.jenkins.plugins.hss.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * An answer of the service.
 *
 * @param call what it answers
 * @param status the HTTP status
 * @param headers the HTTP headers
 * @param body the body, at most 1 MiB of it
 */
record Answer(Call call, int status, HttpHeaders headers, byte[] body) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Predicate<String> ID =
            Pattern.compile("[A-Za-z0-9._~-]{1,64}").asMatchPredicate();

    /** Returns the first value of a header, empty where there is none. */
    String header(String name) {
        return headers.firstValue(name).orElse("");
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
     * Returns the ID that the body names {@code name}, dots leading into it: 1 to 64 of {@code A-Za-z0-9._~-}.
     *
     * @throws HssException when there is none, or one that could not stand in a URL
     */
    String id(String name) throws HssException {
        String id = text(name);
        // "." and ".." would walk up the path of the URL
        if (!ID.test(id) || id.matches("\\.{1,2}")) {
            throw broken(name);
        }
        return id;
    }

    /**
     * Returns the text that the body names {@code name}, dots leading into it.
     *
     * @throws HssException when it is missing, blank or no text
     */
    String text(String name) throws HssException {
        JsonNode value = json().at("/" + name.replace('.', '/'));
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw broken(name);
        }
        return value.textValue();
    }

    /**
     * Returns the whole number, 0 or more, that the body names {@code name}.
     *
     * @throws HssException when it is missing or no such number
     */
    long count(String name) throws HssException {
        JsonNode value = json().path(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw broken(name);
        }
        return value.longValue();
    }

    /** Returns the error that the answer lacks a usable {@code name}. */
    HssException broken(String name) {
        Failure failure = new Failure(call.operation()).because(Messages.Failure_broken(name));
        failure.status = status;
        failure.hint = call.operation() == Operation.SUBMIT ? Messages.Hint_taskLost() : Messages.Hint_notTheService();
        return failure.toException();
    }
}
