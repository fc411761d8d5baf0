package io.jenkins.plugins.hss.config;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import io.jenkins.plugins.hss.client.RateLimiters;
import io.jenkins.plugins.hss.client.Transport;

/** What all calls of one Jenkins share: HTTP clients, rate limiters, tokens. */
@Extension
public final class HssServices {
    private final JenkinsTransport transport = new JenkinsTransport();
    private final RateLimiters limiters = new RateLimiters();
    private final Authentications authentications = new Authentications();

    public static HssServices get() {
        return ExtensionList.lookupSingleton(HssServices.class);
    }

    /** Makes the HTTP clients in the background, which takes some tenths of a second, so that no build waits for it. */
    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void prepare() {
        if (!HssGlobalConfiguration.get().getConnections().isEmpty()) {
            HssServices services = get();
            HssThreads.start(services::transport);
        }
    }

    Transport transport() {
        return transport.current();
    }

    public RateLimiters limiters() {
        return limiters;
    }

    Authentications authentications() {
        return authentications;
    }
}
