package io.jenkins.plugins.hss.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that does to a connection whatever a test wants, below HTTP. */
final class RawServer implements AutoCloseable {
    private final ServerSocket server;
    private final AtomicInteger connections = new AtomicInteger();

    /** What is done with a connection; the socket is closed afterwards. */
    interface Deed {
        void to(Socket socket) throws IOException;
    }

    RawServer(Deed deed) throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(() -> {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    connections.incrementAndGet();
                    start(() -> serve(socket, deed));
                } catch (IOException e) {
                    // Closed.
                }
            }
        });
    }

    private static void serve(Socket socket, Deed deed) {
        try (socket) {
            deed.to(socket);
        } catch (IOException e) {
            // The client has left.
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    URI url() {
        return URI.create("https://127.0.0.1:" + server.getLocalPort());
    }

    int connections() {
        return connections.get();
    }

    /** Reads what has come, at least one byte. */
    static void readSome(Socket socket) throws IOException {
        socket.getInputStream().read(new byte[1 << 16]);
    }

    /** Reads a request's head and a bit of its body. */
    static void readRequest(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        for (int b = in.read(); b >= 0 && !head.toString().endsWith("\r\n\r\n{"); b = in.read()) {
            head.append((char) b);
        }
    }

    static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
