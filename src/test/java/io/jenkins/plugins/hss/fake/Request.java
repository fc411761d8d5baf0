package io.jenkins.plugins.hss.fake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The head of an HTTP/1.1 request, and its body when asked for. */
final class Request {
    private static final int LONGEST_LINE = 1 << 17;

    private final Wire wire;
    private final String method;
    private final String target;
    private final String version;
    private final Map<String, String> headers = new LinkedHashMap<>();

    private Request(Wire wire, String line) throws IOException {
        this.wire = wire;
        String[] parts = line.split(" ", -1);
        if (parts.length != 3 || !parts[2].startsWith("HTTP/1.")) {
            throw new IOException("not HTTP: " + line);
        }
        method = parts[0];
        target = parts[1];
        version = parts[2];
        for (String field = line(wire); !field.isEmpty(); field = line(wire)) {
            int colon = field.indexOf(':');
            if (colon < 1) {
                throw new IOException("not a header: " + field);
            }
            headers.merge(
                    field.substring(0, colon).toLowerCase(Locale.ROOT),
                    field.substring(colon + 1).trim(),
                    (one, other) -> one + ", " + other);
        }
    }

    /** Reads the head of the next request; null when there is none. */
    static Request read(Wire wire) throws IOException {
        return wire.hasMore() ? new Request(wire, line(wire)) : null;
    }

    private static String line(Wire wire) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = wire.in().read(); b != '\n'; b = wire.in().read()) {
            if (b < 0 || line.size() > LONGEST_LINE) {
                throw new IOException("the request ends early or has an endless line");
            }
            line.write(b);
        }
        return line.toString(ISO_8859_1).stripTrailing();
    }

    String method() {
        return method;
    }

    String target() {
        return target;
    }

    String path() {
        int question = target.indexOf('?');
        return question < 0 ? target : target.substring(0, question);
    }

    String query() {
        int question = target.indexOf('?');
        return question < 0 ? "" : target.substring(question + 1);
    }

    Map<String, String> headers() {
        return headers;
    }

    /** Whether the client wants the connection to end with the answer. */
    boolean isLast() {
        return version.equals("HTTP/1.0") || "close".equalsIgnoreCase(headers.get("connection"));
    }

    byte[] body() throws IOException {
        if ("100-continue".equalsIgnoreCase(headers.get("expect"))) {
            wire.out().write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1));
            wire.out().flush();
        }
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            return chunks();
        }
        return exactly(number(headers.getOrDefault("content-length", "0"), 10));
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int size;
        do {
            size = number(line(wire).split(";", 2)[0].trim(), 16);
            body.write(exactly(size));
            while (!line(wire).isEmpty()) {
                // The end of the chunk, or trailers.
            }
        } while (size > 0);
        return body.toByteArray();
    }

    private byte[] exactly(int length) throws IOException {
        InputStream in = wire.in();
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new IOException("the body ends early");
        }
        return bytes;
    }

    private static int number(String digits, int radix) throws IOException {
        try {
            return Integer.parseUnsignedInt(digits, radix);
        } catch (NumberFormatException e) {
            throw new IOException("not a length: " + digits, e);
        }
    }
}
