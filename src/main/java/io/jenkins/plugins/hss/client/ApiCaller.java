package io.jenkins.plugins.hss.client;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Logger;

/** Makes single calls: waits for a permit, authenticates, bounds time and size, and turns every failure into words. */
final class ApiCaller {
    private static final Logger LOGGER = Logger.getLogger(ApiCaller.class.getName());
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final Transport transport;
    private final Authentication authentication;
    private final RateLimiter limiter;
    private final CallContext context;
    private final AttemptCounter attempts = new AttemptCounter();

    ApiCaller(Transport transport, Authentication authentication, RateLimiter limiter, CallContext context) {
        this.transport = transport;
        this.authentication = authentication;
        this.limiter = limiter;
        this.context = context;
    }

    /** Reads a response of the expected status. */
    interface ResponseReader<T> {
        T read(ApiResponse response) throws HssException;
    }

    /**
     * Makes a call; where a renewed authentication may help against a 401, once more.
     *
     * @throws HssException when the call failed
     * @throws DeadlineExceededException when the deadline of the context has passed
     */
    <T> T call(ApiRequest request, ResponseReader<T> reader) throws IOException, InterruptedException {
        return call(request, null, SendListener.NONE, reader);
    }

    /** Makes a call, and tells the listener when it is sent. */
    <T> T call(ApiRequest request, SendListener listener, ResponseReader<T> reader)
            throws IOException, InterruptedException {
        return call(request, null, listener, reader);
    }

    /** Makes a call whose response is a file. */
    void download(ApiRequest request, Path file) throws IOException, InterruptedException {
        call(request, file, SendListener.NONE, response -> null);
    }

    private <T> T call(ApiRequest request, @CheckForNull Path file, SendListener listener, ResponseReader<T> reader)
            throws IOException, InterruptedException {
        boolean renewed = false;
        while (true) {
            try (RateLimiter.Permit permit = limiter.acquire(request.operation(), context)) {
                Map<String, String> headers = authentication.headers(request, context);
                try {
                    return exchange(request, headers, file, permit, listener, reader);
                } catch (HssException e) {
                    if (e.status() != 401 || renewed || !authentication.renew(headers)) {
                        throw e;
                    }
                    renewed = true;
                }
            }
        }
    }

    private <T> T exchange(
            ApiRequest request,
            Map<String, String> headers,
            @CheckForNull Path file,
            RateLimiter.Permit permit,
            SendListener listener,
            ResponseReader<T> reader)
            throws IOException, InterruptedException {
        Exchange exchange = new Exchange(request);
        HttpRequest http = build(exchange, headers);
        HttpClient client = client(request);
        try {
            context.check();
            listener.sending();
            return respond(exchange, http, client, file, permit, listener, reader);
        } finally {
            if (isOwn(client)) {
                client.shutdownNow();
            }
        }
    }

    private <T> T respond(
            Exchange exchange,
            HttpRequest http,
            HttpClient client,
            @CheckForNull Path file,
            RateLimiter.Permit permit,
            SendListener listener,
            ResponseReader<T> reader)
            throws IOException, InterruptedException {
        ApiRequest request = exchange.request();
        long start = System.nanoTime();
        try {
            // The listener may have taken its time.
            context.check();
            ApiResponse response = send(exchange, http, client, file);
            log(request, response.status(), response.requestId(), start);
            T result = read(response, reader);
            permit.consume();
            return result;
        } catch (HssException e) {
            if (e.status() == 0) {
                log(request, 0, e.delivery().toString(), start);
            }
            settle(e, permit, listener);
            throw e;
        } catch (InterruptedException | DeadlineExceededException e) {
            log(request, 0, e.getClass().getSimpleName(), start);
            if (exchange.reachedNobody(e)) {
                listener.createdNothing();
            } else {
                permit.consume();
            }
            throw e;
        } catch (RuntimeException | Error e) {
            // Whatever it was, the call may count.
            permit.consume();
            throw e;
        }
    }

    private static void settle(HssException failure, RateLimiter.Permit permit, SendListener listener) {
        if (failure.isThrottled()) {
            permit.throttled(Backoff.whenThrottled(failure));
        } else if (failure.delivery() != HssException.Delivery.NOT_SENT) {
            permit.consume();
        }
        if (failure.createdNothing()) {
            tellCreatedNothing(listener, failure);
        }
    }

    /** What the service said matters more than a mark that can't be taken back. */
    private static void tellCreatedNothing(SendListener listener, HssException failure) {
        try {
            listener.createdNothing();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private HttpRequest build(Exchange exchange, Map<String, String> headers) throws HssException {
        try {
            return exchange.build(headers, transport);
        } catch (IllegalArgumentException e) {
            throw TransportErrors.notSent(exchange, transport, e, authentication.secrets());
        }
    }

    private ApiResponse send(Exchange exchange, HttpRequest http, HttpClient client, @CheckForNull Path file)
            throws HssException, InterruptedException, DeadlineExceededException {
        ReportBody report = file == null ? null : new ReportBody(file, transport.timeout());
        try {
            CompletableFuture<HttpResponse<byte[]>> response = exchange.send(
                    client,
                    http,
                    info -> report != null && info.statusCode() == 200
                            ? report
                            : new LimitedBody(exchange.request().maxResponse()));
            try {
                return response(exchange.request(), await(response, report));
            } catch (TimeoutException | InterruptedException | DeadlineExceededException e) {
                response.cancel(true);
                if (isOwn(client)) {
                    close(client);
                }
                throw e;
            }
        } catch (TimeoutException e) {
            throw failure(exchange, e);
        } catch (ExecutionException e) {
            throw failure(exchange, e.getCause());
        }
    }

    private HttpClient client(ApiRequest request) {
        if (request.operation() == Operation.DOWNLOAD) {
            return transport.reports();
        }
        return request.method().equals("POST") ? transport.fresh().get() : transport.pooled();
    }

    private boolean isOwn(HttpClient client) {
        return client != transport.pooled() && client != transport.reports();
    }

    private <T> T await(Future<T> response, @CheckForNull ReportBody report)
            throws ExecutionException, InterruptedException, TimeoutException, DeadlineExceededException {
        if (report == null) {
            return context.await(response, transport.timeout());
        }
        while (!report.isStalled()) {
            try {
                return context.await(response, report.timeUntilStalled());
            } catch (TimeoutException e) {
                // Something may have arrived meanwhile.
            }
        }
        throw new TimeoutException();
    }

    /** Only when the client has ended it is certain how much of the request was sent. */
    private static void close(HttpClient client) {
        client.shutdownNow();
        try {
            client.awaitTermination(CLOSE_TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HssException failure(Exchange exchange, Throwable cause) {
        return exchange.reachedNobody(cause)
                ? TransportErrors.notSent(exchange, transport, cause, authentication.secrets())
                : TransportErrors.responseLost(exchange, transport, cause, authentication.secrets());
    }

    private static ApiResponse response(ApiRequest request, HttpResponse<byte[]> http) {
        // A proxy that wants a login before it makes a tunnel leaves no body at all.
        byte[] body = http.body() == null ? new byte[0] : http.body();
        return new ApiResponse(request, http.statusCode(), http.headers(), body);
    }

    private <T> T read(ApiResponse response, ResponseReader<T> reader) throws HssException {
        // IAM answers 201 to a request for a token, and nothing else of what is called here does.
        int expected = response.request().operation() == Operation.TOKEN ? 201 : 200;
        if (response.status() != expected) {
            throw ErrorResponse.read(response, authentication, transport.clock().instant());
        }
        T result = reader.read(response);
        attempts.reset();
        return result;
    }

    private void log(ApiRequest request, int status, String id, long start) {
        int attempt = attempts.next(request.operation());
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        // Whatever stands there may be an echo.
        String safe = SafeText.of(id, authentication.secrets());
        LOGGER.fine(() -> request.operation() + " " + status + " " + (safe.matches("[\\w.:-]{1,128}") ? safe : "-")
                + " " + millis + " ms, attempt " + attempt);
    }

    /** Counts the attempts of one operation in a row. */
    private static final class AttemptCounter {
        private Operation operation;
        private int count;

        int next(Operation next) {
            count = next == operation ? count + 1 : 1;
            operation = next;
            return count;
        }

        void reset() {
            operation = null;
        }
    }
}
