package io.jenkins.plugins.hss.config;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.model.Item;
import hudson.model.Run;
import hudson.util.Secret;
import io.jenkins.plugins.hss.client.Authentication;
import io.jenkins.plugins.hss.client.CallContext;
import io.jenkins.plugins.hss.client.HssClient;
import io.jenkins.plugins.hss.client.HssClient.Scope;
import io.jenkins.plugins.hss.client.Operation;
import io.jenkins.plugins.hss.client.RateLimiter;
import io.jenkins.plugins.hss.client.RateLimiters;
import io.jenkins.plugins.hss.client.Region;
import io.jenkins.plugins.hss.client.Transport;
import java.net.URI;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;

/** Where and as whom a build calls HSS: its connection, and what it overrides of it. */
public final class ResolvedConnection {
    private final String name;
    private final Scope scope;
    private final StandardCredentials credentials;
    private final Transport transport;
    private final Authentication authentication;
    private final RateLimiters.Caller caller;

    private ResolvedConnection(
            String name,
            Scope scope,
            StandardCredentials credentials,
            @CheckForNull URI iam,
            @CheckForNull String iamDomain,
            int callsPerMinute)
            throws AbortException {
        HssServices services = HssServices.get();
        this.name = name;
        this.scope = scope;
        this.credentials = credentials;
        this.transport = services.transport();
        this.authentication = services.authentications().of(credentials, scope, iam, iamDomain, transport);
        this.caller = new RateLimiters.Caller(
                scope.endpoint(),
                Authentications.account(credentials, iamDomain),
                callsPerMinute,
                HssGlobalConfiguration.get().callsPerMinute(scope.endpoint()));
    }

    /** Finds the credentials that a build or a form names itself. */
    private interface CredentialsLookup {
        StandardCredentials find(String credentialsId, URI endpoint) throws AbortException;
    }

    /**
     * Resolves the connection of a build.
     *
     * @throws AbortException when there is no such connection or region, or no credentials that can be used
     */
    public static ResolvedConnection ofRun(Run<?, ?> run, ConnectionOverrides overrides) throws AbortException {
        return of(overrides, (id, endpoint) -> HssCredentials.ofRun(run, id, endpoint));
    }

    /**
     * Resolves the connection that the builds of a job would use; without a job, that of Jenkins itself.
     *
     * @throws AbortException when there is no such connection or region, or no credentials that can be used
     */
    public static ResolvedConnection ofItem(@CheckForNull Item item, ConnectionOverrides overrides)
            throws AbortException {
        return of(overrides, (id, endpoint) -> HssCredentials.ofItem(item, id, endpoint));
    }

    /**
     * Resolves a connection by itself.
     *
     * @throws AbortException when something is wrong with it, or there are no credentials that can be used
     */
    static ResolvedConnection of(HssConnection connection) throws AbortException {
        try {
            return ofConnection(connection, ConnectionOverrides.NONE, (id, endpoint) -> null);
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }

    private static ResolvedConnection of(ConnectionOverrides overrides, CredentialsLookup lookup)
            throws AbortException {
        try {
            return overrides.region() == null
                    ? ofConnection(HssGlobalConfiguration.get().connection(overrides.connection()), overrides, lookup)
                    : ofRegion(overrides, lookup);
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }

    private static ResolvedConnection ofConnection(
            HssConnection connection, ConnectionOverrides overrides, CredentialsLookup lookup) throws AbortException {
        connection.check();
        URI hss = connection.hss();
        Scope scope = new Scope(
                hss,
                connection.getRegion(),
                or(overrides.projectId(), connection.getProjectId()),
                or(overrides.enterpriseProjectId(), connection.getEnterpriseProjectId()));
        // The account of the connection is not that of credentials that a build names itself.
        boolean own = overrides.credentialsId() != null;
        return new ResolvedConnection(
                connection.getName(),
                scope,
                own ? lookup.find(overrides.credentialsId(), hss) : HssCredentials.ofConnection(connection),
                connection.iam(),
                own ? null : connection.getIamDomain(),
                connection.getCallsPerMinute());
    }

    private static ResolvedConnection ofRegion(ConnectionOverrides overrides, CredentialsLookup lookup)
            throws AbortException {
        if (overrides.connection() != null) {
            throw new AbortException(
                    Messages.ResolvedConnection_connectionOrRegion(overrides.connection(), overrides.region()));
        }
        Region region = new Region(overrides.region());
        if (overrides.credentialsId() == null) {
            throw new AbortException(Messages.ResolvedConnection_credentialsNeeded(region.name()));
        }
        return new ResolvedConnection(
                region.name(),
                new Scope(region.hss(), region.name(), overrides.projectId(), overrides.enterpriseProjectId()),
                lookup.find(overrides.credentialsId(), region.hss()),
                region.iam(),
                null,
                HssConnection.DEFAULT_CALLS_PER_MINUTE);
    }

    @CheckForNull
    private static String or(@CheckForNull String first, @CheckForNull String second) {
        return first == null ? second : first;
    }

    /** Returns the name of the connection, or the region where the build uses none. */
    public String name() {
        return name;
    }

    /** Returns where the calls go. */
    public Scope scope() {
        return scope;
    }

    public StandardCredentials credentials() {
        return credentials;
    }

    /** Returns whom the service counts the calls for. */
    public String account() {
        return caller.account();
    }

    /** Returns the secret, which tells two callers with one account name apart. */
    public Secret secret() {
        return Authentications.secret(credentials);
    }

    /** Returns whether another connection would call with the same secret. */
    public boolean isSameCaller(ResolvedConnection other) {
        return account().equals(other.account()) && secret().equals(other.secret());
    }

    /** Returns a client for a call or two that nobody else waits for. */
    public HssClient client(CallContext context) {
        return client(context, operation -> 0, (operation, about) -> {}, null);
    }

    /**
     * Returns a client whose calls keep the limits of the service.
     *
     * @see RateLimiters#of
     */
    public HssClient client(
            CallContext context,
            ToLongFunction<Operation> rank,
            BiConsumer<Operation, Duration> waiting,
            @CheckForNull BooleanSupplier submitsPaused) {
        RateLimiter limiter = HssServices.get().limiters().of(caller, rank, waiting, submitsPaused);
        return new HssClient(transport, scope, authentication, limiter, context);
    }
}
