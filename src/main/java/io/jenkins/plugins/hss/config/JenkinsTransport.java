package io.jenkins.plugins.hss.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.PluginWrapper;
import hudson.ProxyConfiguration;
import hudson.util.Secret;
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
import java.util.concurrent.locks.ReentrantLock;
import jenkins.model.Jenkins;

/** HTTP over Jenkins' proxy settings of the moment. */
final class JenkinsTransport {
    private final Executor executor = HssThreads.newExecutor();
    private final ReentrantLock lock = new ReentrantLock();
    private Transport transport;
    private ProxyConfiguration proxy;

    /** Returns the transport, a new one where the proxy settings have changed. */
    Transport current() {
        ProxyConfiguration now = Jenkins.get().getProxy();
        lock.lock();
        try {
            if (transport == null || proxy != now) {
                transport = transport(now);
                proxy = now;
            }
            return transport;
        } finally {
            lock.unlock();
        }
    }

    private Transport transport(@CheckForNull ProxyConfiguration settings) {
        return new Transport(
                newHttpClient(settings, executor),
                () -> newHttpClient(settings, executor),
                newHttpClient(settings, Runnable::run),
                Clock.systemUTC(),
                Transport.REQUEST_TIMEOUT,
                login(settings),
                userAgent());
    }

    /**
     * Not by Jenkins' own builder, which gives the client an authenticator where the proxy wants a login: before Java 24
     * such a client sends no {@code Authorization} of its caller, and so no signature (JDK-8326949).
     */
    private static HttpClient newHttpClient(@CheckForNull ProxyConfiguration settings, Executor executor) {
        HttpClient.Builder client = HttpClient.newBuilder()
                .connectTimeout(Transport.CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .executor(executor);
        if (settings != null && settings.getName() != null) {
            client.proxy(new Selector(settings));
        }
        return client.build();
    }

    private static Map<String, String> login(@CheckForNull ProxyConfiguration settings) {
        if (settings == null || settings.getUserName() == null) {
            return Map.of();
        }
        String login = settings.getUserName() + ":" + Secret.toString(settings.getSecretPassword());
        return Map.of(
                "Proxy-Authorization",
                "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
    }

    private static String userAgent() {
        PluginWrapper plugin = Jenkins.get().getPluginManager().whichPlugin(JenkinsTransport.class);
        String version = plugin == null ? "" : "/" + plugin.getVersionNumber();
        return "Jenkins/" + Jenkins.VERSION + " huaweicloud-hss" + version;
    }

    /** Selects Jenkins' proxy, and none for the hosts that are to be called without. */
    private static final class Selector extends ProxySelector {
        private final ProxyConfiguration settings;

        Selector(ProxyConfiguration settings) {
            this.settings = settings;
        }

        @Override
        public List<Proxy> select(URI uri) {
            return List.of(settings.createProxy(uri.getHost()));
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException failure) {
            // There is no other one to try.
        }
    }
}
