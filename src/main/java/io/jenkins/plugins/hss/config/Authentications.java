package io.jenkins.plugins.hss.config;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.util.Secret;
import io.jenkins.plugins.hss.client.AccessKeyAuthentication;
import io.jenkins.plugins.hss.client.Authentication;
import io.jenkins.plugins.hss.client.HssClient.Scope;
import io.jenkins.plugins.hss.client.IamClient;
import io.jenkins.plugins.hss.client.IamProject;
import io.jenkins.plugins.hss.client.IamUser;
import io.jenkins.plugins.hss.client.IamUserAuthentication;
import io.jenkins.plugins.hss.client.TokenAuthentication;
import io.jenkins.plugins.hss.client.Transport;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/**
 * Turns credentials into authentication.
 *
 * <p>What IAM told an access key or a user is kept in memory and shared by all their builds, until the password, the
 * endpoint or the proxy changes.
 */
final class Authentications {
    private final Map<Key, Cached> cache = new ConcurrentHashMap<>();

    private record Key(
            URI iam,
            @CheckForNull String region,
            @CheckForNull String projectId,
            String account,
            String user) {}

    /** No record: its {@code toString} would print the secret. */
    private static final class Cached {
        private final String secret;
        private final Transport transport;
        private final Authentication authentication;

        Cached(String secret, Transport transport, Authentication authentication) {
            this.secret = secret;
            this.transport = transport;
            this.authentication = authentication;
        }

        boolean isOf(String otherSecret, Transport otherTransport) {
            return secret.equals(otherSecret) && transport.equals(otherTransport);
        }
    }

    /**
     * Returns the authentication with the credentials.
     *
     * @param iam where IAM is, null where nobody knows
     * @param iamDomain the account of an IAM user; null where user name and password are an access key
     * @throws AbortException when the credentials are of no use here
     * @throws IllegalArgumentException with a message for people when what they hold is malformed
     */
    Authentication of(
            StandardCredentials credentials,
            Scope scope,
            @CheckForNull URI iam,
            @CheckForNull String iamDomain,
            Transport transport)
            throws AbortException {
        if (credentials instanceof StandardUsernamePasswordCredentials pair) {
            return iamDomain == null
                    ? accessKey(pair, scope, iam, transport)
                    : iamUser(pair, scope, iam, iamDomain, transport);
        }
        if (iamDomain != null) {
            throw new AbortException(Messages.Authentications_noUser(credentials.getId(), iamDomain));
        }
        if (credentials instanceof StringCredentials text) {
            if (scope.projectId() == null) {
                throw new AbortException(Messages.Authentications_projectNeeded(credentials.getId()));
            }
            return new TokenAuthentication(text.getSecret().getPlainText().trim());
        }
        throw new AbortException(Messages.HssCredentials_wrongKind(
                credentials.getId(), credentials.getDescriptor().getDisplayName()));
    }

    private Authentication accessKey(
            StandardUsernamePasswordCredentials pair, Scope scope, @CheckForNull URI iam, Transport transport)
            throws AbortException {
        String accessKey = pair.getUsername().trim();
        String secretKey = pair.getPassword().getPlainText().trim();
        if (scope.projectId() != null) {
            return new AccessKeyAuthentication(accessKey, secretKey, transport.clock());
        }
        if (iam == null || scope.region() == null) {
            throw new AbortException(Messages.Authentications_regionNeeded(pair.getId()));
        }
        return cached(
                new Key(iam, scope.region(), null, "", accessKey),
                secretKey,
                transport,
                () -> new AccessKeyAuthentication(
                        accessKey, secretKey, transport.clock(), new IamClient(transport, iam), scope.region()));
    }

    private Authentication iamUser(
            StandardUsernamePasswordCredentials pair,
            Scope scope,
            @CheckForNull URI iam,
            String account,
            Transport transport)
            throws AbortException {
        if (iam == null) {
            throw new AbortException(Messages.Authentications_iamNeeded(account));
        }
        if (scope.projectId() == null && scope.region() == null) {
            throw new AbortException(Messages.Authentications_regionNeeded(pair.getId()));
        }
        String password = pair.getPassword().getPlainText();
        IamUser user = new IamUser(account, pair.getUsername(), password);
        IamProject project =
                scope.projectId() == null ? IamProject.ofRegion(scope.region()) : IamProject.withId(scope.projectId());
        return cached(
                new Key(iam, scope.region(), scope.projectId(), account, user.name()),
                password,
                transport,
                () -> new IamUserAuthentication(new IamClient(transport, iam), user, project, transport.clock()));
    }

    private Authentication cached(
            Key key, String secret, Transport transport, Supplier<Authentication> authentication) {
        return cache.compute(
                        key,
                        (same, cached) -> cached != null && cached.isOf(secret, transport)
                                ? cached
                                : new Cached(secret, transport, authentication.get()))
                .authentication;
    }

    /** Forgets everything that IAM has told. */
    void clear() {
        cache.clear();
    }

    /** Returns whom the service counts the calls for. */
    static String account(StandardCredentials credentials, @CheckForNull String iamDomain) {
        if (credentials instanceof StandardUsernamePasswordCredentials pair) {
            String user = pair.getUsername();
            return iamDomain == null ? "access key " + user.trim() : "user " + iamDomain + "/" + user;
        }
        return "token of " + credentials.getId();
    }

    /** Returns the secret, which tells two callers with one account name apart. */
    static Secret secret(StandardCredentials credentials) {
        return credentials instanceof StandardUsernamePasswordCredentials pair
                ? pair.getPassword()
                : ((StringCredentials) credentials).getSecret();
    }

    /** Describes the account in words. */
    static String describe(StandardCredentials credentials, @CheckForNull String iamDomain) {
        if (credentials instanceof StandardUsernamePasswordCredentials pair) {
            return iamDomain == null
                    ? Messages.Authentications_accessKey(pair.getUsername())
                    : Messages.Authentications_iamUser(pair.getUsername(), iamDomain);
        }
        return Messages.Authentications_token(credentials.getId());
    }
}
