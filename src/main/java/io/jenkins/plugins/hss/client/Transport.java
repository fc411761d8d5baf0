package io.jenkins.plugins.hss.client;

import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What calls travel by, given from outside.
 *
 * @param pooled sends what is only read, over connections kept open
 * @param fresh gives a client without any open connection, for one call that posts: a connection that went stale while
 *     idle would lose it
 * @param reports downloads reports; where its executor runs everything on its own thread, which may write to disk, a
 *     download is about twice as fast as over a pool of threads
 * @param clock the time that signatures and expiries are counted by
 * @param executor runs what follows an answer; never blocked by the client, but where {@code pooled} is {@code reports}
 * @param timeout how long an answer may take, its body included; a report's body only has to go on arriving
 * @param later gives what goes on after a pause between two tries
 * @param proxyHeaders what logs in at a proxy: headers whose names begin with {@code Proxy-}, which the JDK's HTTP client
 *     keeps from servers
 */
public record Transport(
        HttpClient pooled,
        Supplier<HttpClient> fresh,
        HttpClient reports,
        Clock clock,
        Executor executor,
        Duration timeout,
        Function<Duration, Executor> later,
        Map<String, String> proxyHeaders) {
    /** The usual bound for connecting. */
    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    /** The usual bound for an answer. */
    public static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(60);

    /** Takes what calls travel by; pauses take as long as they say. */
    public Transport(HttpClient pooled, Supplier<HttpClient> fresh, Clock clock, Executor executor, Duration timeout) {
        this(pooled, fresh, clock, executor, timeout, Steps.delayed(executor));
    }

    /** Takes what calls travel by without a login at a proxy, and nothing of its own for reports. */
    public Transport(
            HttpClient pooled,
            Supplier<HttpClient> fresh,
            Clock clock,
            Executor executor,
            Duration timeout,
            Function<Duration, Executor> later) {
        this(pooled, fresh, pooled, clock, executor, timeout, later, Map.of());
    }

    /** Tells nothing of the login at a proxy. */
    @Override
    public String toString() {
        return pooled.toString();
    }
}
