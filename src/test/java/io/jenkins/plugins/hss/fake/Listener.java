package io.jenkins.plugins.hss.fake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;

/** Accepts connections on loopback and serves each on a thread of its own. */
final class Listener implements AutoCloseable {

    /** What is done with a connection. */
    interface Host {
        void serve(Wire wire) throws IOException;
    }

    private final String name;
    private volatile SSLContext tls;
    private final Host host;
    private final ServerSocket server;
    private final Set<Wire> wires = ConcurrentHashMap.newKeySet();

    Listener(String name, int port, SSLContext tls, Host host) {
        this.name = name;
        this.tls = tls;
        this.host = host;
        try {
            server = new ServerSocket(port, 512, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(name, this::accept);
    }

    String authority() {
        return InetAddress.getLoopbackAddress().getHostAddress() + ":" + port();
    }

    int port() {
        return server.getLocalPort();
    }

    /** Refuses connections from now on; those that were made stay. */
    void refuse() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Identifies itself otherwise on new connections. */
    void identify(SSLContext other) {
        tls = other;
    }

    private void accept() {
        for (int number = 1; !server.isClosed(); number++) {
            try {
                Socket socket = server.accept();
                int ofThis = number;
                start(name + "-" + number, () -> serve(ofThis, socket));
            } catch (IOException e) {
                // Closed, or the client left at once.
            }
        }
    }

    private void serve(int number, Socket socket) {
        try (Wire wire = new Wire(number, socket, tls)) {
            wires.add(wire);
            try {
                if (!server.isClosed()) {
                    host.serve(wire);
                }
            } finally {
                wires.remove(wire);
            }
        } catch (IOException e) {
            // The client left, or the connection was ended on purpose.
        }
    }

    static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        refuse();
        wires.forEach(Wire::drop);
    }
}
