package io.jenkins.plugins.hss.config;

import hudson.AbortException;
import hudson.util.FormValidation;
import io.jenkins.plugins.hss.client.CicdAccesses;
import io.jenkins.plugins.hss.client.HssException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Tries a connection with one harmless call, the list of CI/CD accesses, and says in words what came of it. */
final class ConnectionTest {
    private static final int LONGEST_SECONDS = 90;

    private ConnectionTest() {}

    static FormValidation run(HssConnection connection) throws InterruptedException {
        HssAccess access;
        try {
            access = HssAccess.of(connection);
        } catch (AbortException e) {
            return FormValidation.error(e.getMessage());
        }
        CompletableFuture<CicdAccesses> call = access.client().cicdAccesses();
        try {
            CicdAccesses accesses = call.get(LONGEST_SECONDS, TimeUnit.SECONDS);
            return FormValidation.ok(Messages.ConnectionTest_works(
                    access.scope().endpoint().getAuthority(),
                    Authentications.describe(access.credentials(), connection.getIamDomain()),
                    projectId(access),
                    accesses.total()));
        } catch (ExecutionException e) {
            return FormValidation.error(
                    e.getCause() instanceof HssException
                            ? e.getCause().getMessage()
                            : Messages.ConnectionTest_failed(e.getCause()));
        } catch (TimeoutException e) {
            return FormValidation.error(Messages.ConnectionTest_timeout(LONGEST_SECONDS));
        } finally {
            call.cancel(true);
        }
    }

    /** The call has just been made in the caller's project, so that there is nothing more to ask. */
    private static String projectId(HssAccess access) {
        return access.scope().projectId() == null
                ? access.authentication().projectId().join()
                : access.scope().projectId();
    }
}
