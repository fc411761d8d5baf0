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

/** One try to make a call, and how far it has come. */
final class Attempt {
    private final Call call;
    private volatile Map<String, String> proof = Map.of();
    private volatile boolean sent;
    private volatile boolean bodyAskedFor;

    Attempt(Call call) {
        this.call = call;
    }

    Call call() {
        return call;
    }

    /** Returns what proved the caller. */
    Map<String, String> proof() {
        return proof;
    }

    /** Returns whether the request was handed over to be sent, whatever became of it. */
    boolean isSent() {
        return sent;
    }

    /**
     * Builds the request.
     *
     * @throws IllegalArgumentException when something in it can't stand in a URI or in a header
     */
    HttpRequest request(Map<String, String> caller, Transport transport) {
        proof = caller;
        HttpRequest.Builder request = HttpRequest.newBuilder(call.uri())
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(transport.timeout())
                .header("Accept", "application/json")
                .method(call.method(), body());
        transport.proxyHeaders().forEach(request::header);
        call.headers().forEach(request::header);
        caller.forEach(request::setHeader);
        return request.build();
    }

    CompletableFuture<HttpResponse<byte[]>> send(HttpClient client, HttpRequest request, BodyHandler<byte[]> handler) {
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, handler);
        sent = true;
        return answer;
    }

    /** Returns whether it is certain, after a failure, that the service got no whole request. */
    boolean reachedNobody(Throwable failure) {
        return !sent
                || call.body().length > 0 && !bodyAskedFor
                || failure instanceof ConnectException
                || failure instanceof HttpConnectTimeoutException
                || failure instanceof SSLHandshakeException
                || isRefusedTunnel(failure)
                || failure instanceof HssException error && error.fate() == HssException.Fate.NOT_SENT;
    }

    /** The JDK's HTTP client has no type of its own for this. */
    static boolean isRefusedTunnel(Throwable failure) {
        return failure.getMessage() != null && failure.getMessage().startsWith("Tunnel failed");
    }

    private BodyPublisher body() {
        if (call.body().length == 0) {
            return BodyPublishers.noBody();
        }
        BodyPublisher bytes = BodyPublishers.ofByteArray(call.body());
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
