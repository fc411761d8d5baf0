package io.jenkins.plugins.hss.config;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.AbortException;
import io.jenkins.plugins.hss.client.Authentication;
import io.jenkins.plugins.hss.client.HssClient.Scope;
import io.jenkins.plugins.hss.client.TokenAuthentication;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** Makes of credentials what proves a caller to HSS. */
final class Authentications {
    private Authentications() {}

    static Authentication of(StandardCredentials credentials, Scope scope) throws AbortException {
        if (credentials instanceof StringCredentials text) {
            if (scope.projectId() == null) {
                throw new AbortException(Messages.Authentications_projectNeeded(credentials.getId()));
            }
            return new TokenAuthentication(text.getSecret().getPlainText().trim());
        }
        throw new AbortException(Messages.HssCredentials_wrongKind(
                credentials.getId(), credentials.getDescriptor().getDisplayName()));
    }

    /** Returns who the service counts the calls for. */
    static String account(StandardCredentials credentials) {
        return "token of " + credentials.getId();
    }
}
