package io.jenkins.plugins.hss.client;

import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

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
        return steps.step(() -> gate.enter(call.operation()))
                .thenCompose(turn -> steps.step(() -> authentication.headers(call))
                        .whenComplete((proof, failure) -> {
                            if (failure != null) {
                                turn.unused();
                            }
                        })
                        .thenCompose(proof -> steps.step(() -> exchange(call, proof, handler))
                                .thenApply(response -> result(call, response, reader))
                                .handle((result, failure) -> {
                                    HssException error = failure == null ? null : word(call, failure);
                                    settle(turn, error);
                                    if (error == null) {
                                        return CompletableFuture.completedFuture(result);
                                    }
                                    if (mayRenew && error.status() == 401 && authentication.renew(proof)) {
                                        return once(steps, call, handler, reader, false);
                                    }
                                    return CompletableFuture.<T>failedFuture(error);
                                })
                                .thenCompose(next -> next)));
    }

    private CompletableFuture<HttpResponse<byte[]>> exchange(
            Call call, Map<String, String> proof, BodyHandler<byte[]> handler) {
        HttpRequest.Builder request = HttpRequest.newBuilder(call.uri())
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(transport.timeout())
                .header("Accept", "application/json")
                .method(
                        call.method(),
                        call.body().length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(call.body()));
        call.headers().forEach(request::header);
        proof.forEach(request::setHeader);
        HttpClient client =
                call.operation() == Operation.SUBMIT ? transport.fresh().get() : transport.pooled();
        Steps<HttpResponse<byte[]>> steps = new Steps<>();
        CompletableFuture<HttpResponse<byte[]>> sent = steps.step(() -> client.sendAsync(request.build(), handler));
        if (call.operation() == Operation.DOWNLOAD) {
            return steps.endWith(sent);
        }
        // The request's own timeout ends with the answer's head; this one bounds its body, too.
        return steps.endWith(sent.copy()
                .orTimeout(transport.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((response, failure) -> {
                    if (failure != null) {
                        sent.cancel(true);
                    }
                }));
    }

    private <T> T result(Call call, HttpResponse<byte[]> response, AnswerReader<T> reader) {
        try {
            return reader.read(read(call, response));
        } catch (HssException e) {
            throw new CompletionException(e);
        }
    }

    private Answer read(Call call, HttpResponse<byte[]> response) throws HssException {
        Answer answer = new Answer(call, response.statusCode(), response.headers(), response.body());
        // IAM answers 201 to a request for a token, and nothing else of what is called here does.
        if (answer.status() != (call.operation() == Operation.TOKEN ? 201 : 200)) {
            throw refused(call, answer);
        }
        return answer;
    }

    private HssException refused(Call call, Answer answer) {
        return ErrorAnswer.read(call, answer, authentication, transport.clock().instant());
    }

    private static void settle(Gate.Turn turn, HssException error) {
        if (error != null && error.isThrottled()) {
            turn.throttled(Retry.pauseWhenThrottled(error));
        } else if (error != null && error.fate() == HssException.Fate.NOT_SENT) {
            turn.unused();
        } else {
            turn.made();
        }
    }

    /** Turns what went wrong on the way into the one exception of this package. */
    private HssException word(Call call, Throwable thrown) {
        Throwable cause = Steps.cause(thrown);
        if (cause instanceof HssException error) {
            return error;
        }
        Failure failure = new Failure(call.operation());
        String reason = SafeText.of(reason(cause), authentication.secrets());
        failure.temporary = true;
        if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
            failure.fate = HssException.Fate.NOT_SENT;
            failure.because(Messages.Failure_noConnection(call.host(), reason));
            failure.hint = Messages.Hint_connection();
        } else if (cause instanceof SSLException) {
            failure.fate = HssException.Fate.NOT_SENT;
            failure.temporary = false;
            failure.because(Messages.Failure_tls(call.host(), reason));
            failure.hint = Messages.Hint_tls();
        } else {
            failure.fate = HssException.Fate.ANSWER_LOST;
            failure.because(
                    cause instanceof TimeoutException || cause instanceof HttpTimeoutException
                            ? Messages.Failure_timeout(
                                    call.host(), transport.timeout().toSeconds())
                            : Messages.Failure_answerLost(call.host(), reason));
            failure.hint = call.operation() == Operation.SUBMIT ? Messages.Hint_taskLost() : Messages.Hint_connection();
        }
        return failure.toException();
    }

    /** The JDK's HTTP client leaves the message of some exceptions to their cause. */
    private static String reason(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return Messages.Failure_unknownHost();
            }
            if (cause.getMessage() != null) {
                return cause.getMessage();
            }
        }
        return thrown.getClass().getSimpleName();
    }
}
