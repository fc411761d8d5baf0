package io.jenkins.plugins.hss.client;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A request to the API, not yet authenticated.
 *
 * @param operation the operation
 * @param method {@code GET} or {@code POST}
 * @param endpoint scheme, host and port, such as {@code https://hss.cn-north-4.myhuaweicloud.com}
 * @param path the encoded path, beginning with a slash
 * @param query names and values, not encoded
 * @param headers the headers of the request itself
 * @param body the body, empty where there is none
 * @param projectId the project that the path is in; null for none
 */
public record ApiRequest(
        Operation operation,
        String method,
        URI endpoint,
        String path,
        Map<String, String> query,
        Map<String, String> headers,
        byte[] body,
        @CheckForNull String projectId) {
    static final int MAX_RESPONSE = 1 << 20;
    static final int MAX_LIST = 32 << 20;

    static ApiRequest get(Operation operation, URI endpoint, String path) {
        return new ApiRequest(operation, "GET", endpoint, path, Map.of(), Map.of(), new byte[0], null);
    }

    static ApiRequest post(Operation operation, URI endpoint, String path, byte[] json) {
        return new ApiRequest(
                operation, "POST", endpoint, path, Map.of(), Map.of("Content-Type", "application/json"), json, null);
    }

    /** Returns this request with its path below the project's. */
    ApiRequest inProject(String id) {
        return new ApiRequest(operation, method, endpoint, "/v5/" + encode(id) + path, query, headers, body, id);
    }

    /** Returns this request with one more query parameter; null for none. */
    ApiRequest withQuery(String name, @CheckForNull String value) {
        return value == null
                ? this
                : new ApiRequest(operation, method, endpoint, path, with(query, name, value), headers, body, projectId);
    }

    /** Returns this request with one more header; null for none. */
    ApiRequest withHeader(String name, @CheckForNull String value) {
        return value == null
                ? this
                : new ApiRequest(operation, method, endpoint, path, query, with(headers, name, value), body, projectId);
    }

    /** Returns how many bytes of the response are read; lists of findings may be long. */
    int maxResponse() {
        return operation.readsResults() ? MAX_LIST : MAX_RESPONSE;
    }

    URI uri() {
        return URI.create(endpoint + path + (query.isEmpty() ? "" : "?" + encodedQuery()));
    }

    /** Returns the host as the header {@code Host} names it: with the port when it isn't the scheme's own. */
    String host() {
        int port = endpoint.getPort();
        int own = "https".equals(endpoint.getScheme()) ? 443 : 80;
        return port < 0 || port == own ? endpoint.getHost() : endpoint.getHost() + ":" + port;
    }

    /** Returns the query, encoded and sorted by name. */
    String encodedQuery() {
        return new TreeMap<>(query)
                .entrySet().stream()
                        .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                        .collect(Collectors.joining("&"));
    }

    /** Encodes everything but the unreserved characters of RFC 3986. */
    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static Map<String, String> with(Map<String, String> map, String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(map);
        more.put(name, value);
        return Collections.unmodifiableMap(more);
    }
}
