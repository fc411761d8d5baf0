package io.jenkins.plugins.hss.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/**
 * What a build asks for itself, null where the connection decides.
 *
 * @param connection the name of a connection; null for the default one, or none when the build names a region
 * @param region the region of a build that uses no connection
 * @param projectId the project
 * @param enterpriseProjectId the enterprise project
 * @param credentialsId the ID of credentials that the job can see
 */
public record ConnectionOverrides(
        @CheckForNull String connection,
        @CheckForNull String region,
        @CheckForNull String projectId,
        @CheckForNull String enterpriseProjectId,
        @CheckForNull String credentialsId) {
    static final ConnectionOverrides NONE = new ConnectionOverrides(null, null, null, null, null);

    /** Returns these overrides for the connection that a build has begun with. */
    public ConnectionOverrides withConnection(String name) {
        return region == null
                ? new ConnectionOverrides(name, null, projectId, enterpriseProjectId, credentialsId)
                : this;
    }
}
