package io.jenkins.plugins.hss.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/**
 * Where and as whom a build wants to call; what is null is left to the connection.
 *
 * @param connection the name of a connection; null for the first one, or none when the build names a region
 * @param region the region of a build that uses no connection
 * @param projectId the project
 * @param enterpriseProjectId the enterprise project
 * @param credentialsId the ID of credentials that the job can see
 */
public record Target(
        @CheckForNull String connection,
        @CheckForNull String region,
        @CheckForNull String projectId,
        @CheckForNull String enterpriseProjectId,
        @CheckForNull String credentialsId) {
    /** Everything as the first connection has it. */
    static final Target NONE = new Target(null, null, null, null, null);
}
