package io.jenkins.plugins.hss.fake;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import javax.net.ssl.SSLContext;

/** One accepted TCP connection, with TLS on it or without. */
final class Wire implements Closeable {
    private static final int BUFFER = 1 << 16;

    private final int number;
    private final Socket tcp;
    private final Socket socket;
    private final InputStream in;
    // An answer that fits in here leaves in one packet; in two it would wait for a delayed acknowledgement.
    private final OutputStream out;

    Wire(int number, Socket tcp, SSLContext tls) throws IOException {
        this.number = number;
        this.tcp = tcp;
        tcp.setTcpNoDelay(true);
        this.socket = tls == null ? tcp : tls.getSocketFactory().createSocket(tcp, null, true);
        this.in = new BufferedInputStream(socket.getInputStream(), BUFFER);
        this.out = new BufferedOutputStream(socket.getOutputStream(), BUFFER);
    }

    int number() {
        return number;
    }

    InputStream in() {
        return in;
    }

    OutputStream out() {
        return out;
    }

    /** Waits for more from the client; false when it has left. */
    boolean hasMore() throws IOException {
        in.mark(1);
        boolean more = in.read() >= 0;
        in.reset();
        return more;
    }

    /** Sends what is buffered, and FIN. */
    @Override
    public void close() throws IOException {
        try {
            if (!socket.isClosed()) {
                out.flush();
            }
        } finally {
            socket.close();
        }
    }

    /** Sends RST; TLS isn't told. */
    void reset() throws IOException {
        tcp.setSoLinger(true, 0);
        tcp.close();
    }

    /** Ends the connection from another thread. */
    void drop() {
        try {
            tcp.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
