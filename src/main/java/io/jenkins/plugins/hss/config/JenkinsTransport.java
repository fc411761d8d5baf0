package io.jenkins.plugins.hss.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ProxyConfiguration;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import hudson.util.Secret;
import io.jenkins.plugins.hss.client.Steps;
import io.jenkins.plugins.hss.client.Transport;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;

/** What all calls of the controller travel by: HTTP over Jenkins' proxy settings of the moment, and a few threads. */
public final class JenkinsTransport {
    private static final int THREADS = 4;
    private static final Executor EXECUTOR = executor();

    private static JenkinsTransport current;

    @CheckForNull
    private final ProxyConfiguration proxy;

    private final Transport transport;

    private JenkinsTransport(@CheckForNull ProxyConfiguration proxy) {
        this.proxy = proxy;
        this.transport = new Transport(
                newHttpClient(proxy, EXECUTOR),
                () -> newHttpClient(proxy, EXECUTOR),
                newHttpClient(proxy, Runnable::run),
                Clock.systemUTC(),
                EXECUTOR,
                Transport.REQUEST_TIMEOUT,
                Steps.delayed(EXECUTOR),
                login(proxy));
    }

    /** Returns the transport, a new one where the proxy settings have changed. */
    public static Transport get() {
        ProxyConfiguration proxy = Jenkins.get().getProxy();
        synchronized (JenkinsTransport.class) {
            if (current == null || current.proxy != proxy) {
                current = new JenkinsTransport(proxy);
            }
            return current.transport;
        }
    }

    /**
     * Not by Jenkins' own builder, which gives the client an authenticator where the proxy wants a login: before Java 24
     * such a client sends no {@code Authorization} of its caller, and so no signature (JDK-8326949).
     */
    private static HttpClient newHttpClient(@CheckForNull ProxyConfiguration proxy, Executor executor) {
        HttpClient.Builder client = HttpClient.newBuilder()
                .connectTimeout(Transport.CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .executor(executor);
        if (proxy != null && proxy.getName() != null) {
            client.proxy(new Selector(proxy));
        }
        return client.build();
    }

    private static Map<String, String> login(@CheckForNull ProxyConfiguration proxy) {
        if (proxy == null || proxy.getUserName() == null) {
            return Map.of();
        }
        String login = proxy.getUserName() + ":" + Secret.toString(proxy.getSecretPassword());
        return Map.of(
                "Proxy-Authorization",
                "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
    }

    /** Leads to Jenkins' proxy, and past it to the hosts that are to be called without. */
    private static final class Selector extends ProxySelector {
        private final ProxyConfiguration proxy;

        Selector(ProxyConfiguration proxy) {
            this.proxy = proxy;
        }

        @Override
        public List<Proxy> select(URI uri) {
            return List.of(proxy.createProxy(uri.getHost()));
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException failure) {
            // There is no other one to try.
        }
    }

    private static Executor executor() {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new NamingThreadFactory(new DaemonThreadFactory(), "Huawei Cloud HSS"));
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }
}
