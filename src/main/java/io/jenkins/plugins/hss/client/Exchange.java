package io.jenkins.plugins.hss.client;

import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import javax.net.ssl.SSLHandshakeException;

/** One HTTP exchange, and how far it has come. */
final class Exchange {
    private final ApiRequest request;
    private volatile boolean sent;
    private volatile boolean bodyAskedFor;

    Exchange(ApiRequest request) {
        this.request = request;
    }

    ApiRequest request() {
        return request;
    }

    /** Returns whether the request was handed over to be sent. */
    boolean isSent() {
        return sent;
    }

    /**
     * Builds the HTTP request.
     *
     * @throws IllegalArgumentException when something in it can't stand in a URI or in a header
     */
    HttpRequest build(Map<String, String> authentication, Transport transport) {
        HttpRequest.Builder http = HttpRequest.newBuilder(request.uri())
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(transport.timeout())
                .header("Accept", request.operation() == Operation.DOWNLOAD ? "*/*" : "application/json")
                .header("User-Agent", transport.userAgent())
                .method(request.method(), body());
        transport.proxyHeaders().forEach(http::header);
        request.headers().forEach(http::header);
        authentication.forEach(http::setHeader);
        return http.build();
    }

    CompletableFuture<HttpResponse<byte[]>> send(HttpClient client, HttpRequest http, BodyHandler<byte[]> handler) {
        CompletableFuture<HttpResponse<byte[]>> response = client.sendAsync(http, handler);
        sent = true;
        return response;
    }

    /** Returns whether the service certainly got no whole request, though it was to be sent. */
    boolean reachedNobody(Throwable failure) {
        boolean bodyKept = request.body().length > 0 && !bodyAskedFor;
        return !sent
                || bodyKept
                || failure instanceof ConnectException
                || failure instanceof HttpConnectTimeoutException
                || failure instanceof SSLHandshakeException
                || isRefusedTunnel(failure);
    }

    /** The JDK's HTTP client has no type of its own for this. */
    static boolean isRefusedTunnel(Throwable failure) {
        return failure.getMessage() != null && failure.getMessage().startsWith("Tunnel failed");
    }

    private BodyPublisher body() {
        if (request.body().length == 0) {
            return BodyPublishers.noBody();
        }
        BodyPublisher bytes = BodyPublishers.ofByteArray(request.body());
        return new BodyPublisher() {
            @Override
            public long contentLength() {
                return bytes.contentLength();
            }

            @Override
            public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
                bodyAskedFor = true;
                bytes.subscribe(subscriber);
            }
        };
    }
}
