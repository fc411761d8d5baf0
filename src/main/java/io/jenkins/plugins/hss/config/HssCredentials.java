package io.jenkins.plugins.hss.config;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.model.Run;
import hudson.security.ACL;
import java.net.URI;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** Finds the credentials that HSS is called with. */
public final class HssCredentials {
    /** The kinds that can be used. */
    public static final CredentialsMatcher USABLE = CredentialsMatchers.anyOf(
            CredentialsMatchers.instanceOf(StringCredentials.class),
            CredentialsMatchers.instanceOf(StandardUsernamePasswordCredentials.class));

    private HssCredentials() {}

    /** Returns what the domains of credentials are compared with; nothing where the place isn't known yet. */
    public static List<DomainRequirement> requirements(@CheckForNull URI endpoint) {
        return endpoint == null
                ? List.of()
                : URIRequirementBuilder.fromUri(endpoint.toString()).build();
    }

    /** Finds what a build itself names, where its job lives. */
    static StandardCredentials ofBuild(Run<?, ?> run, String credentialsId, URI endpoint) throws AbortException {
        StandardCredentials found = CredentialsProvider.findCredentialById(
                credentialsId, StandardCredentials.class, run, requirements(endpoint));
        if (found == null) {
            throw new AbortException(Messages.HssCredentials_notVisible(
                    credentialsId, run.getParent().getFullDisplayName(), endpoint.getHost()));
        }
        return usable(found, credentialsId);
    }

    /** Finds what a connection names, at Jenkins' root. */
    static StandardCredentials ofConnection(HssConnection connection) throws AbortException {
        String credentialsId = connection.getCredentialsId();
        if (credentialsId == null) {
            throw new AbortException(Messages.HssCredentials_none(connection.getName()));
        }
        StandardCredentials found = CredentialsMatchers.firstOrNull(
                CredentialsProvider.lookupCredentialsInItemGroup(
                        StandardCredentials.class, Jenkins.get(), ACL.SYSTEM2, requirements(connection.hss())),
                CredentialsMatchers.withId(credentialsId));
        if (found == null) {
            throw new AbortException(Messages.HssCredentials_notAtRoot(
                    credentialsId, connection.getName(), connection.hss().getHost()));
        }
        return usable(found, credentialsId);
    }

    private static StandardCredentials usable(StandardCredentials found, String credentialsId) throws AbortException {
        if (!USABLE.matches(found)) {
            throw new AbortException(Messages.HssCredentials_wrongKind(
                    credentialsId, found.getDescriptor().getDisplayName()));
        }
        return found;
    }
}
