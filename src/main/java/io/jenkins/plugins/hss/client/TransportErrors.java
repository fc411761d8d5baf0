package io.jenkins.plugins.hss.client;

import java.io.EOFException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Turns what went wrong on the way to the service into an {@link HssException}. */
final class TransportErrors {
    private TransportErrors() {}

    static HssException notSent(Exchange exchange, Transport transport, Throwable cause, List<String> secrets) {
        String host = exchange.request().host();
        String reason = reason(cause, secrets);
        HssException.Builder failure =
                new HssException.Builder(exchange.request().operation());
        failure.delivery = HssException.Delivery.NOT_SENT;
        if (!exchange.isSent()) {
            failure.cause = Messages.HssException_notBuilt(reason);
            failure.hint = Messages.Hint_notBuilt();
        } else if (cause instanceof TimeoutException) {
            failure.temporary = true;
            failure.cause =
                    Messages.HssException_timeout(host, transport.timeout().toSeconds());
            failure.hint = Messages.Hint_connection();
        } else if (cause instanceof SSLException) {
            // A handshake that was cut off says nothing of certificates.
            failure.temporary = cause.getCause() instanceof EOFException;
            failure.cause = Messages.HssException_tls(host, reason);
            failure.hint = Messages.Hint_tls();
        } else {
            failure.temporary = true;
            failure.cause = Exchange.isRefusedTunnel(cause)
                    ? Messages.HssException_tunnel(proxy(exchange, transport), host, reason)
                    : Messages.HssException_noConnection(host, reason);
            failure.hint = Messages.Hint_connection();
        }
        return failure.build();
    }

    static HssException responseLost(Exchange exchange, Transport transport, Throwable cause, List<String> secrets) {
        Operation operation = exchange.request().operation();
        String host = exchange.request().host();
        HssException.Builder failure = new HssException.Builder(operation);
        if (cause instanceof ReportBody.UnwritableException unwritable) {
            failure.cause = reason(cause, secrets);
            failure.hint = unwritable.hint();
            return failure.build();
        }
        failure.delivery = HssException.Delivery.RESPONSE_LOST;
        failure.temporary = true;
        failure.cause = cause instanceof TimeoutException || cause instanceof HttpTimeoutException
                ? Messages.HssException_timeout(host, transport.timeout().toSeconds())
                : Messages.HssException_responseLost(host, reason(cause, secrets));
        failure.hint = operation == Operation.SUBMIT ? Messages.Hint_taskLost() : Messages.Hint_connection();
        return failure.build();
    }

    private static String proxy(Exchange exchange, Transport transport) {
        return transport.pooled().proxy().stream()
                .flatMap(selector -> selector.select(exchange.request().uri()).stream())
                .map(Proxy::address)
                .filter(InetSocketAddress.class::isInstance)
                .map(InetSocketAddress.class::cast)
                .map(address -> address.getHostString() + ":" + address.getPort())
                .findFirst()
                .orElse("");
    }

    /** The JDK's HTTP client leaves the message of some exceptions to their cause. */
    private static String reason(Throwable thrown, List<String> secrets) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return Messages.HssException_unknownHost();
            }
            if (cause.getMessage() != null) {
                return SafeText.of(cause.getMessage(), secrets);
            }
        }
        return thrown.getClass().getSimpleName();
    }
}
