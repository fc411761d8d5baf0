package io.jenkins.plugins.hss.fake;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** Ways to send a body that a network or a server may choose. */
final class Outputs {
    private Outputs() {}

    /** Lets so many bytes through and swallows the rest. */
    static final class Limited extends FilterOutputStream {
        private long left;

        Limited(OutputStream out, long limit) {
            super(out);
            this.left = limit;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int passed = (int) Math.min(left, length);
            out.write(bytes, offset, passed);
            left -= passed;
        }
    }

    /** Sends every write as a chunk of its own. */
    static final class Chunked extends FilterOutputStream {
        Chunked(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (length > 0) {
                out.write((Integer.toHexString(length) + "\r\n").getBytes(US_ASCII));
                out.write(bytes, offset, length);
                out.write("\r\n".getBytes(US_ASCII));
            }
        }

        void finish() throws IOException {
            out.write("0\r\n\r\n".getBytes(US_ASCII));
            out.flush();
        }
    }

    /** Sends byte by byte with a pause after each. */
    static final class Dripping extends OutputStream {
        private final Exchange exchange;
        private final Duration between;

        Dripping(Exchange exchange, Duration between) {
            this.exchange = exchange;
            this.between = between;
        }

        @Override
        public void write(int b) throws IOException {
            exchange.output().write(b);
            exchange.output().flush();
            exchange.pause(between);
        }
    }
}
