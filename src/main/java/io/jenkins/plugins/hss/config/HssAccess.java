package io.jenkins.plugins.hss.config;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.model.Item;
import hudson.model.Run;
import hudson.util.Secret;
import io.jenkins.plugins.hss.client.Authentication;
import io.jenkins.plugins.hss.client.CallBudgets;
import io.jenkins.plugins.hss.client.Gate;
import io.jenkins.plugins.hss.client.HssClient;
import io.jenkins.plugins.hss.client.HssClient.Scope;
import io.jenkins.plugins.hss.client.Operation;
import io.jenkins.plugins.hss.client.Region;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.ToLongFunction;

/**
 * The way to HSS that a build takes: what it names itself wins over what its connection says.
 *
 * @param place the connection's name, or the region where the build uses none
 * @param scope where the calls go
 * @param credentials whose they are
 * @param authentication what proves it
 * @param account whom the service counts the calls for
 * @param callsPerMinute how many of them each API may get in a minute
 */
public record HssAccess(
        String place,
        Scope scope,
        StandardCredentials credentials,
        Authentication authentication,
        String account,
        int callsPerMinute) {

    /** Finds the credentials that a build or a form names itself. */
    private interface Lookup {
        StandardCredentials find(String credentialsId, URI endpoint) throws AbortException;
    }

    private interface Way {
        HssAccess find() throws AbortException;
    }

    /**
     * Finds the way for a build.
     *
     * @throws AbortException when there is none: an unknown connection or region, missing credentials, or a kind of
     *     credentials that can't be used
     */
    public static HssAccess of(Run<?, ?> run, Target target) throws AbortException {
        return of(target, (id, endpoint) -> HssCredentials.ofBuild(run, id, endpoint));
    }

    /**
     * Finds the way that a job's builds would take; without a job, that of Jenkins itself.
     *
     * @throws AbortException when there is none
     */
    public static HssAccess of(@CheckForNull Item item, Target target) throws AbortException {
        return of(target, (id, endpoint) -> HssCredentials.ofItem(item, id, endpoint));
    }

    /**
     * Finds the way of a connection alone.
     *
     * @throws AbortException when there is none
     */
    static HssAccess of(HssConnection connection) throws AbortException {
        return explained(() -> ofConnection(connection, Target.NONE, (id, endpoint) -> null));
    }

    private static HssAccess of(Target target, Lookup lookup) throws AbortException {
        return explained(() -> target.region() == null
                ? ofConnection(connection(target.connection()), target, lookup)
                : ofRegion(target, lookup));
    }

    private static HssAccess explained(Way way) throws AbortException {
        try {
            return way.find();
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }

    private static HssAccess ofConnection(HssConnection connection, Target target, Lookup lookup)
            throws AbortException {
        connection.check();
        URI hss = connection.hss();
        Scope scope = new Scope(
                hss,
                connection.getRegion(),
                or(target.projectId(), connection.getProjectId()),
                or(target.enterpriseProjectId(), connection.getEnterpriseProjectId()));
        // What a build names itself is nobody of the connection's account.
        boolean own = target.credentialsId() != null;
        String iamDomain = own ? null : connection.getIamDomain();
        StandardCredentials credentials =
                own ? lookup.find(target.credentialsId(), hss) : HssCredentials.ofConnection(connection);
        return new HssAccess(
                connection.getName(),
                scope,
                credentials,
                Authentications.of(credentials, scope, connection.iam(), iamDomain),
                Authentications.account(credentials, iamDomain),
                connection.getCallsPerMinute());
    }

    private static HssAccess ofRegion(Target target, Lookup lookup) throws AbortException {
        if (target.connection() != null) {
            throw new AbortException(Messages.HssAccess_connectionOrRegion(target.connection(), target.region()));
        }
        Region region = new Region(target.region());
        if (target.credentialsId() == null) {
            throw new AbortException(Messages.HssAccess_credentialsNeeded(region.name()));
        }
        StandardCredentials credentials = lookup.find(target.credentialsId(), region.hss());
        Scope scope = new Scope(region.hss(), region.name(), target.projectId(), target.enterpriseProjectId());
        return new HssAccess(
                region.name(),
                scope,
                credentials,
                Authentications.of(credentials, scope, region.iam(), null),
                Authentications.account(credentials, null),
                HssConnection.DEFAULT_CALLS_PER_MINUTE);
    }

    private static HssConnection connection(@CheckForNull String name) throws AbortException {
        HssGlobalConfiguration configuration = HssGlobalConfiguration.get();
        if (configuration.getConnections().isEmpty()) {
            throw new AbortException(Messages.HssAccess_noConnection());
        }
        if (name == null) {
            return configuration.getConnections().get(0);
        }
        return configuration
                .connection(name)
                .orElseThrow(() -> new AbortException(Messages.HssAccess_unknownConnection(
                        name, HssConnection.names(configuration.getConnections()))));
    }

    @CheckForNull
    private static String or(@CheckForNull String first, @CheckForNull String second) {
        return first == null ? second : first;
    }

    /**
     * Returns the gate where calls wait so that the limits of the service are kept.
     *
     * @param rank who goes first at an API: the smallest one, among equals whoever came first
     * @param waiting told where a call has to wait for a while, and for how long about
     */
    public Gate gate(ToLongFunction<Operation> rank, BiConsumer<Operation, Duration> waiting) {
        return CallBudgets.gate(account, callsPerMinute, rank, waiting, executor());
    }

    /** Returns what tells this caller from another one who only says to be the same account. */
    public Secret secret() {
        return Authentications.secret(credentials);
    }

    /** Returns what runs that which follows an answer; it is not to be blocked. */
    public Executor executor() {
        return JenkinsTransport.get().executor();
    }

    /** Returns a client whose calls wait at the gate for their turn. */
    public HssClient client(Gate gate) {
        return new HssClient(JenkinsTransport.get(), scope, authentication, gate);
    }

    /** Returns a client for a single call that nobody else waits for. */
    public HssClient client() {
        return client(gate(operation -> 0, (operation, about) -> {}));
    }
}
