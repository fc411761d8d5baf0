package io.jenkins.plugins.hss.fake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/**
 * A call as it arrived.
 *
 * @param path as sent, percent-encoded
 * @param query as sent, without the question mark; empty when there is none
 * @param headers by their lower-case names
 * @param body empty when it wasn't read
 * @param connection the number of the TCP connection that it came on
 */
public record Call(
        Api api,
        String method,
        String path,
        String query,
        Map<String, String> headers,
        String body,
        Instant at,
        int connection) {

    /** The value of a header, or null. */
    public String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    /** The body as JSON. */
    public JsonNode json() {
        try {
            return Json.read(body);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The value of a query parameter, decoded, or null. */
    public String parameter(String name) {
        for (Encoding.Parameter parameter : Encoding.query(query)) {
            if (parameter.name().equals(name)) {
                return parameter.value();
            }
        }
        return null;
    }

    /** The project of the path, decoded. */
    String project() {
        return api.variables(path).get(0);
    }

    /** The task, file or image of the path, decoded. */
    String resource() {
        return api.variables(path).get(1);
    }
}
