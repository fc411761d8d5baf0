package io.jenkins.plugins.hss.client;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Makes single calls: waits for the turn, proves the caller, bounds time and size, and words every bad end. */
final class Exchange {
    private final Transport transport;
    private final Authentication authentication;
    private final Gate gate;

    Exchange(Transport transport, Authentication authentication, Gate gate) {
        this.transport = transport;
        this.authentication = authentication;
        this.gate = gate;
    }

    /** Makes the call and reads its answer; a refused proof is renewed and the call repeated once where that helps. */
    <T> CompletableFuture<T> send(Call call, AnswerReader<T> reader) {
        return send(call, info -> new LimitedBody(), reader);
    }

    <T> CompletableFuture<T> send(Call call, BodyHandler<byte[]> handler, AnswerReader<T> reader) {
        Steps<T> steps = new Steps<>();
        return steps.endWith(once(steps, call, handler, reader, true));
    }

    /** How a good answer becomes a result. */
    interface AnswerReader<T> {
        T read(Answer answer) throws HssException;
    }

    private <T> CompletableFuture<T> once(
            Steps<T> steps, Call call, BodyHandler<byte[]> handler, AnswerReader<T> reader, boolean mayRenew) {
        return steps.step(() -> gate.enter(call.operation())).thenCompose(turn -> {
            Attempt attempt = new Attempt(call);
            return steps.step(() -> authentication.headers(call))
                    // Left to another thread: until the caller has this future, nobody can cancel what is sent.
                    .thenComposeAsync(proof -> exchange(steps, attempt, proof, handler), transport.executor())
                    .thenApply(response -> result(call, response, reader))
                    .handle((result, failure) -> {
                        if (failure == null) {
                            turn.made();
                            return CompletableFuture.completedFuture(result);
                        }
                        Throwable cause = Steps.cause(failure);
                        settle(turn, attempt, cause);
                        HssException error = word(attempt, cause);
                        if (mayRenew
                                && attempt.isSent()
                                && error.status() == 401
                                && authentication.renew(attempt.proof())) {
                            return once(steps, call, handler, reader, false);
                        }
                        return CompletableFuture.<T>failedFuture(error);
                    })
                    .thenCompose(Function.identity());
        });
    }

    private CompletableFuture<HttpResponse<byte[]>> exchange(
            Steps<?> steps, Attempt attempt, Map<String, String> proof, BodyHandler<byte[]> handler) {
        Call call = attempt.call();
        HttpRequest request = attempt.request(proof, transport);
        HttpClient client = client(call);
        CompletableFuture<HttpResponse<byte[]>> sent = steps.step(() -> attempt.send(client, request, handler));
        if (call.operation() == Operation.DOWNLOAD) {
            // What follows must not hold up the thread that other reports arrive on.
            return sent.whenCompleteAsync((response, failure) -> {}, transport.executor());
        }
        if (call.method().equals("POST")) {
            sent.whenComplete((response, failure) -> client.shutdown());
        }
        // The request's own timeout ends with the answer's head; this one bounds its body, too.
        return sent.copy()
                .orTimeout(transport.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((response, failure) -> {
                    if (failure != null) {
                        sent.cancel(true);
                    }
                });
    }

    private HttpClient client(Call call) {
        if (call.operation() == Operation.DOWNLOAD) {
            return transport.reports();
        }
        return call.method().equals("POST") ? transport.fresh().get() : transport.pooled();
    }

    private <T> T result(Call call, HttpResponse<byte[]> response, AnswerReader<T> reader) {
        try {
            return reader.read(read(call, response));
        } catch (HssException e) {
            throw new CompletionException(e);
        }
    }

    private Answer read(Call call, HttpResponse<byte[]> response) throws HssException {
        // A proxy that wants to be logged in at before it makes a tunnel leaves no body at all.
        byte[] body = response.body() == null ? new byte[0] : response.body();
        Answer answer = new Answer(call, response.statusCode(), response.headers(), body);
        // IAM answers 201 to a request for a token, and nothing else of what is called here does.
        if (answer.status() != (call.operation() == Operation.TOKEN ? 201 : 200)) {
            throw refused(call, answer);
        }
        return answer;
    }

    private HssException refused(Call call, Answer answer) {
        return ErrorAnswer.read(call, answer, authentication, transport.clock().instant());
    }

    private static void settle(Gate.Turn turn, Attempt attempt, Throwable failure) {
        if (attempt.reachedNobody(failure)) {
            turn.unused();
        } else if (failure instanceof HssException error && error.isThrottled()) {
            turn.throttled(Retry.pauseWhenThrottled(error));
        } else if (failure instanceof HssException error && error.isRefusal()) {
            turn.refused();
        } else {
            turn.made();
        }
    }

    /** Turns what went wrong on the way into the one exception of this package. */
    private HssException word(Attempt attempt, Throwable failure) {
        return failure instanceof HssException error
                ? error
                : NoAnswer.word(transport, attempt, failure, authentication.secrets());
    }
}
