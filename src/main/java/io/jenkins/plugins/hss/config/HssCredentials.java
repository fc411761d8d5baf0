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
import hudson.model.Item;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.springframework.security.core.Authentication;

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

    /** Returns what the domains of a connection's credentials are compared with: every host that gets to see them. */
    static List<DomainRequirement> requirements(HssConnection connection) {
        List<DomainRequirement> all = new ArrayList<>(requirements(connection.hss()));
        if (connection.getIamDomain() != null) {
            all.addAll(requirements(connection.iam()));
        }
        return all;
    }

    /** Finds what a build itself names, where its job lives. */
    static StandardCredentials ofRun(Run<?, ?> run, String credentialsId, URI endpoint) throws AbortException {
        StandardCredentials found = CredentialsProvider.findCredentialById(
                credentialsId, StandardCredentials.class, run, requirements(endpoint));
        if (found == null) {
            throw new AbortException(Messages.HssCredentials_notVisible(
                    credentialsId, run.getParent().getFullDisplayName(), endpoint.getHost()));
        }
        return usable(found, credentialsId);
    }

    /** Finds what a job's form names, where the job lives; at Jenkins' root without a job. */
    static StandardCredentials ofItem(@CheckForNull Item item, String credentialsId, URI endpoint)
            throws AbortException {
        List<DomainRequirement> requirements = requirements(endpoint);
        StandardCredentials found = CredentialsMatchers.firstOrNull(
                item == null
                        ? atRoot(requirements)
                        : CredentialsProvider.lookupCredentialsInItem(
                                StandardCredentials.class, item, authenticationOf(item), requirements),
                CredentialsMatchers.withId(credentialsId));
        if (found == null) {
            throw new AbortException(Messages.HssCredentials_notVisible(
                    credentialsId,
                    item == null ? Jenkins.get().getFullDisplayName() : item.getFullDisplayName(),
                    endpoint.getHost()));
        }
        return usable(found, credentialsId);
    }

    private static List<StandardCredentials> atRoot(List<DomainRequirement> requirements) {
        return CredentialsProvider.lookupCredentialsInItemGroup(
                StandardCredentials.class, Jenkins.get(), ACL.SYSTEM2, requirements);
    }

    /** Returns as whom the builds of a job look credentials up. */
    public static Authentication authenticationOf(Item item) {
        return item instanceof Queue.Task task ? Tasks.getAuthenticationOf2(task) : ACL.SYSTEM2;
    }

    /** Finds what a connection names, at Jenkins' root. */
    static StandardCredentials ofConnection(HssConnection connection) throws AbortException {
        String credentialsId = connection.getCredentialsId();
        if (credentialsId == null) {
            throw new AbortException(Messages.HssCredentials_none(connection.getName()));
        }
        StandardCredentials found = CredentialsMatchers.firstOrNull(
                atRoot(requirements(connection)), CredentialsMatchers.withId(credentialsId));
        if (found == null) {
            throw new AbortException(
                    Messages.HssCredentials_notAtRoot(credentialsId, connection.getName(), hosts(connection)));
        }
        return usable(found, credentialsId);
    }

    private static String hosts(HssConnection connection) {
        String hss = connection.hss().getHost();
        URI iam = connection.getIamDomain() == null ? null : connection.iam();
        return iam == null || iam.getHost().equals(hss) ? hss : Messages.HssCredentials_bothHosts(hss, iam.getHost());
    }

    private static StandardCredentials usable(StandardCredentials found, String credentialsId) throws AbortException {
        if (!USABLE.matches(found)) {
            throw new AbortException(Messages.HssCredentials_wrongKind(
                    credentialsId, found.getDescriptor().getDisplayName()));
        }
        return found;
    }
}
