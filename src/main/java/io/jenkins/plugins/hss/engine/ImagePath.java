package io.jenkins.plugins.hss.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/** Tells where a file of an image lies, below its root. */
final class ImagePath {
    private static final String ROOT = ".";

    private ImagePath() {}

    /** Returns a relative URI that never leaves the root; the root itself is {@code .}. */
    static String uri(@CheckForNull String path) {
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : path == null ? new String[0] : path.split("/")) {
            if (segment.equals("..")) {
                segments.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.addLast(encode(segment));
            }
        }
        return segments.isEmpty() ? ROOT : String.join("/", segments);
    }

    private static String encode(String segment) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : segment.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (octet & 0xff);
            if (character < 0x80 && (Character.isLetterOrDigit(character) || "-._~".indexOf(character) >= 0)) {
                encoded.append(character);
            } else {
                encoded.append(String.format("%%%02X", octet));
            }
        }
        return encoded.toString();
    }
}
