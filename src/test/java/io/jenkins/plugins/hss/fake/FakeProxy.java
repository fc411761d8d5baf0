package io.jenkins.plugins.hss.fake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A forward proxy on loopback, for plain requests and for tunnels. */
public final class FakeProxy implements AutoCloseable {
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "proxy-connection",
            "proxy-authorization",
            "keep-alive",
            "te",
            "transfer-encoding",
            "content-length",
            "upgrade",
            "http2-settings",
            "expect");

    private final Listener listener;
    private final List<String> targets = new CopyOnWriteArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private volatile String authorization;
    private volatile int refusal;
    private volatile URI destination;

    public FakeProxy() {
        listener = new Listener("fake-proxy", 0, null, this::serve);
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port());
    }

    public int port() {
        return listener.port();
    }

    /** Asks everybody for this user and password. */
    public FakeProxy requires(String user, String password) {
        authorization = "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
        return this;
    }

    /** Answers every request with this status; 0 ends that. */
    public FakeProxy refuse(int status) {
        refusal = status;
        return this;
    }

    /** Leads every request there, whatever host it names; otherwise only loopback is reached. */
    public FakeProxy leadsTo(URI url) {
        destination = url;
        return this;
    }

    /** What was let through: host:port of a tunnel, the whole URL of a plain request. */
    public List<String> targets() {
        return List.copyOf(targets);
    }

    /** What was asked for and refused. */
    public List<String> refused() {
        return List.copyOf(refused);
    }

    @Override
    public void close() {
        listener.close();
    }

    private void serve(Wire wire) throws IOException {
        boolean last = false;
        while (!last) {
            Request request = Request.read(wire);
            last = request == null || pass(wire, request);
        }
    }

    /** Passes a request on, or refuses it; true when the connection ends with that. */
    private boolean pass(Wire wire, Request request) throws IOException {
        if (authorization != null && !authorization.equals(request.headers().get("proxy-authorization"))) {
            return refuse(wire, request, 407, "Proxy-Authenticate: Basic realm=\"proxy\"\r\n");
        }
        if (refusal != 0) {
            return refuse(wire, request, refusal, "");
        }
        try (Socket server = connect(request)) {
            targets.add(request.target());
            if (request.method().equals("CONNECT")) {
                wire.out().write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(ISO_8859_1));
                wire.out().flush();
                Listener.start("fake-proxy-tunnel", () -> pump(wire, server));
            } else {
                forward(request, server);
            }
            copy(server.getInputStream(), wire.out());
            return true;
        } catch (ConnectException e) {
            return refuse(wire, request, 502, "");
        }
    }

    private Socket connect(Request request) throws IOException {
        boolean tunnel = request.method().equals("CONNECT");
        URI actual = destination;
        if (actual == null) {
            actual = URI.create(tunnel ? "tunnel://" + request.target() : request.target());
        }
        int port = actual.getPort() < 0 ? 80 : actual.getPort();
        InetSocketAddress address = new InetSocketAddress(actual.getHost(), port);
        if (address.isUnresolved() || !address.getAddress().isLoopbackAddress()) {
            throw new ConnectException("not on loopback: " + actual);
        }
        Socket socket = new Socket(address.getAddress(), port);
        socket.setTcpNoDelay(true);
        return socket;
    }

    private static void forward(Request request, Socket server) throws IOException {
        byte[] body = request.body();
        URI target = URI.create(request.target());
        String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
        StringBuilder head = new StringBuilder(
                request.method() + " " + target.getRawPath() + query + " HTTP/1.1\r\nConnection: close\r\n");
        request.headers().forEach((name, value) -> {
            if (!HOP_BY_HOP.contains(name)) {
                head.append(name + ": " + value + "\r\n");
            }
        });
        head.append("Content-Length: " + body.length + "\r\n\r\n");
        server.getOutputStream().write(head.toString().getBytes(ISO_8859_1));
        server.getOutputStream().write(body);
    }

    private boolean refuse(Wire wire, Request request, int status, String header) throws IOException {
        refused.add(request.target());
        request.body();
        byte[] page = ("<html><body>" + status + " by the proxy</body></html>").getBytes(UTF_8);
        String head = "HTTP/1.1 " + status + " \r\n" + header + "Content-Type: text/html\r\nContent-Length: "
                + page.length + "\r\n\r\n";
        wire.out().write(head.getBytes(ISO_8859_1));
        wire.out().write(page);
        wire.out().flush();
        return request.isLast();
    }

    private static void pump(Wire wire, Socket server) {
        try (server) {
            copy(wire.in(), server.getOutputStream());
        } catch (IOException e) {
            // One of the two has left.
        }
    }

    private static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[1 << 16];
        for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
            out.write(buffer, 0, length);
            out.flush();
        }
    }
}
