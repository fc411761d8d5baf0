package io.jenkins.plugins.hss.config;

import hudson.Extension;
import hudson.ExtensionList;
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
