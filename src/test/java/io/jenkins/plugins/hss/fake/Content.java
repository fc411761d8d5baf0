package io.jenkins.plugins.hss.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;

/** Bytes that need not be in memory. */
interface Content {
    long length();

    void writeTo(OutputStream out) throws IOException;

    static Content of(byte[] bytes) {
        return new Content() {
            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                out.write(bytes);
            }
        };
    }

    static Content of(String text) {
        return of(text.getBytes(UTF_8));
    }

    /** A head and a tail with as many "a" between them as make up the length. */
    static Content padded(String head, String tail, long length) {
        byte[] filling = "a".repeat(1 << 16).getBytes(UTF_8);
        return new Content() {
            @Override
            public long length() {
                return Math.max(length, head.length() + tail.length());
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                out.write(head.getBytes(UTF_8));
                for (long left = length() - head.length() - tail.length(); left > 0; left -= filling.length) {
                    out.write(filling, 0, (int) Math.min(left, filling.length));
                }
                out.write(tail.getBytes(UTF_8));
            }
        };
    }
}
