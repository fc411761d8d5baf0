package io.jenkins.plugins.hss.fake;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** A whole HTTP response. */
public final class Reply implements Answer {
    private final int status;
    private final Map<String, String> headers;
    private final Content content;

    private Reply(int status, Map<String, String> headers, Content content) {
        this.status = status;
        this.headers = headers;
        this.content = content;
    }

    static Reply of(int status, String contentType, Content content) {
        Reply reply = new Reply(status, Map.of(), content);
        return contentType == null ? reply : reply.withHeader("Content-Type", contentType);
    }

    static Reply json(int status, Object value) {
        return of(status, "application/json", Content.of(Json.text(value)));
    }

    /** The same with one header more, or with another value of it. */
    public Reply withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, more, content);
    }

    /** The same with another status. */
    public Reply withStatus(int other) {
        return new Reply(other, headers, content);
    }

    @Override
    public void give(Exchange exchange) throws IOException {
        exchange.send(this);
    }

    int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }

    Content content() {
        return content;
    }
}
