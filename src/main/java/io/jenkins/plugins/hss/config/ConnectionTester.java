package io.jenkins.plugins.hss.config;

import hudson.util.FormValidation;
import io.jenkins.plugins.hss.client.CallContext;
import io.jenkins.plugins.hss.client.CicdAccesses;
import io.jenkins.plugins.hss.client.DeadlineExceededException;
import io.jenkins.plugins.hss.client.HssClient;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** Tests a connection with one harmless call, the list of CI/CD accesses. */
final class ConnectionTester {
    /** Reverse proxies in front of Jenkins usually give up after 60 seconds. */
    private static final Duration TIMEOUT = Duration.ofSeconds(50);

    private ConnectionTester() {}

    static FormValidation test(HssConnection connection) throws InterruptedException {
        try {
            ResolvedConnection resolved = ResolvedConnection.of(connection);
            HssClient client = resolved.client(new CallContext(Instant.now().plus(TIMEOUT)));
            CicdAccesses accesses = client.cicdAccesses();
            return FormValidation.ok(Messages.ConnectionTester_works(
                    resolved.scope().endpoint().getAuthority(),
                    Authentications.describe(resolved.credentials(), connection.getIamDomain()),
                    client.projectId(),
                    accesses.total()));
        } catch (DeadlineExceededException e) {
            return FormValidation.error(Messages.ConnectionTester_timeout(TIMEOUT.toSeconds()));
        } catch (IOException e) {
            return FormValidation.error(e.getMessage());
        }
    }
}
