package io.jenkins.plugins.hss.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;

/** Percent-encoding as Huawei Cloud reads and signs it. */
final class Encoding {

    /** A name and a value of a query, decoded. */
    record Parameter(String name, String value) {}

    private Encoding() {}

    static String encode(String text) {
        return URLEncoder.encode(text, UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    static String decodeSegment(String segment) {
        return URLDecoder.decode(segment.replace("+", "%2B"), UTF_8);
    }

    static List<Parameter> query(String query) {
        List<Parameter> parameters = new ArrayList<>();
        for (String pair : query.split("&")) {
            if (!pair.isEmpty()) {
                String[] parts = pair.split("=", 2);
                String value = parts.length == 1 ? "" : parts[1];
                parameters.add(new Parameter(URLDecoder.decode(parts[0], UTF_8), URLDecoder.decode(value, UTF_8)));
            }
        }
        return parameters;
    }
}
