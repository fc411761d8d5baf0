package io.jenkins.plugins.hss.config;

import hudson.ProxyConfiguration;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import io.jenkins.plugins.hss.client.Transport;
import java.net.http.HttpClient;
import java.time.Clock;
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

    private final ProxyConfiguration proxy;
    private final Transport transport;

    private JenkinsTransport(ProxyConfiguration proxy) {
        this.proxy = proxy;
        this.transport = new Transport(
                newHttpClient(),
                JenkinsTransport::newHttpClient,
                Clock.systemUTC(),
                EXECUTOR,
                Transport.REQUEST_TIMEOUT);
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

    private static HttpClient newHttpClient() {
        return ProxyConfiguration.newHttpClientBuilder()
                .connectTimeout(Transport.CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .executor(EXECUTOR)
                .build();
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
