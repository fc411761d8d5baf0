package io.jenkins.plugins.hss.client;

import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/** Transports for tests, over clients that the JVM shares. */
public final class TestTransport {
    public static final String USER_AGENT = "test";

    private static final HttpClient POOLED = HttpClient.newHttpClient();
    private static final HttpClient REPORTS =
            HttpClient.newBuilder().executor(Runnable::run).build();

    private TestTransport() {}

    /** Returns a transport that waits as long for a response as anything takes. */
    public static Transport of(Clock clock) {
        return new Transport(
                POOLED, HttpClient::newHttpClient, REPORTS, clock, TestContexts.LONG_ENOUGH, Map.of(), USER_AGENT);
    }

    /** Returns the same with another bound for responses. */
    public static Transport within(Duration timeout, Transport transport) {
        return new Transport(
                transport.pooled(),
                transport.fresh(),
                transport.reports(),
                transport.clock(),
                timeout,
                transport.proxyHeaders(),
                transport.userAgent());
    }

    /** Returns the same by other HTTP clients. */
    public static Transport by(Supplier<HttpClient> http, Transport transport) {
        HttpClient client = http.get();
        return new Transport(
                client,
                http,
                client,
                transport.clock(),
                transport.timeout(),
                transport.proxyHeaders(),
                transport.userAgent());
    }

    /** Returns the same with other clients for what is posted. */
    public static Transport posting(Supplier<HttpClient> fresh, Transport transport) {
        return new Transport(
                transport.pooled(),
                fresh,
                transport.reports(),
                transport.clock(),
                transport.timeout(),
                transport.proxyHeaders(),
                transport.userAgent());
    }
}
