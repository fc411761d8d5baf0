package io.jenkins.plugins.hss.client;

import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The HTTP clients and the clock of all calls.
 *
 * @param pooled sends what only reads, over connections kept open
 * @param fresh gives a client without any open connection for one call that posts: a connection that went stale while
 *     idle would lose it; the client is shut down after the call
 * @param reports downloads reports; with an executor that runs everything on its own thread a download is about twice as
 *     fast
 * @param clock the time that signatures and expiries are counted by
 * @param timeout how long a response may take, its body included; a report's body only has to go on arriving
 * @param proxyHeaders what logs in at a proxy: headers whose names begin with {@code Proxy-}, which the JDK's HTTP client
 *     keeps from servers
 * @param userAgent the header {@code User-Agent}
 */
public record Transport(
        HttpClient pooled,
        Supplier<HttpClient> fresh,
        HttpClient reports,
        Clock clock,
        Duration timeout,
        Map<String, String> proxyHeaders,
        String userAgent) {
    /** The usual limit for connecting. */
    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    /** The usual limit for a response. */
    public static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(60);

    /** Leaves the login at a proxy out. */
    @Override
    public String toString() {
        return pooled.toString();
    }
}
