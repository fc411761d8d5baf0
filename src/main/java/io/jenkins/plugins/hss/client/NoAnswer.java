package io.jenkins.plugins.hss.client;

import java.io.EOFException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Words why an attempt ended without an answer. */
final class NoAnswer {
    private final Transport transport;
    private final Attempt attempt;
    private final Call call;
    private final Throwable cause;
    private final String reason;

    private NoAnswer(Transport transport, Attempt attempt, Throwable cause, List<String> secrets) {
        this.transport = transport;
        this.attempt = attempt;
        this.call = attempt.call();
        this.cause = cause;
        this.reason = SafeText.of(reason(cause), secrets);
    }

    static HssException word(Transport transport, Attempt attempt, Throwable cause, List<String> secrets) {
        return new NoAnswer(transport, attempt, cause, secrets).toException();
    }

    private HssException toException() {
        Failure failure = new Failure(call.operation());
        if (attempt.reachedNobody(cause)) {
            failure.fate = HssException.Fate.NOT_SENT;
            notSent(failure);
        } else if (cause instanceof ReportBody.UnwritableException) {
            failure.because(Messages.Failure_unwritable(reason));
            failure.hint = Messages.Hint_unwritable();
        } else {
            failure.fate = HssException.Fate.ANSWER_LOST;
            failure.temporary = true;
            failure.because(
                    isTimeout()
                            ? Messages.Failure_timeout(
                                    call.host(), transport.timeout().toSeconds())
                            : Messages.Failure_answerLost(call.host(), reason));
            failure.hint = call.operation() == Operation.SUBMIT ? Messages.Hint_taskLost() : Messages.Hint_connection();
        }
        return failure.toException();
    }

    private void notSent(Failure failure) {
        if (!attempt.isSent()) {
            failure.because(Messages.Failure_notBuilt(reason));
            failure.hint = Messages.Hint_notBuilt();
        } else if (cause instanceof SSLException) {
            // A handshake that was cut off says nothing of certificates.
            failure.temporary = cause.getCause() instanceof EOFException;
            failure.because(Messages.Failure_tls(call.host(), reason));
            failure.hint = Messages.Hint_tls();
        } else {
            failure.temporary = true;
            failure.because(
                    Attempt.isRefusedTunnel(cause)
                            ? Messages.Failure_tunnel(proxy(), call.host(), reason)
                            : Messages.Failure_noConnection(call.host(), reason));
            failure.hint = Messages.Hint_connection();
        }
    }

    private boolean isTimeout() {
        return cause instanceof TimeoutException || cause instanceof HttpTimeoutException;
    }

    private String proxy() {
        return transport.pooled().proxy().stream()
                .flatMap(selector -> selector.select(call.uri()).stream())
                .map(Proxy::address)
                .filter(InetSocketAddress.class::isInstance)
                .map(InetSocketAddress.class::cast)
                .map(address -> address.getHostString() + ":" + address.getPort())
                .findFirst()
                .orElse("");
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
