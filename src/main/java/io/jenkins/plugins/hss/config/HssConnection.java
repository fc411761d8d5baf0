package io.jenkins.plugins.hss.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Describable;
import io.jenkins.plugins.hss.client.Region;
import java.net.URI;
import java.util.List;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A named way to HSS: where, and as whom. */
public final class HssConnection implements Describable<HssConnection> {
    /** What the service documents for one account and one API. */
    public static final int DEFAULT_CALLS_PER_MINUTE = 5;

    private final String name;
    private String region;
    private String endpoint;
    private String iamEndpoint;
    private String projectId;
    private String enterpriseProjectId;
    private String credentialsId;
    private String iamDomain;
    private int callsPerMinute = DEFAULT_CALLS_PER_MINUTE;

    @DataBoundConstructor
    public HssConnection(String name) {
        this.name = Util.fixNull(name).trim();
    }

    /** Returns the name that builds use. */
    public String getName() {
        return name;
    }

    /** Returns the region, which gives the endpoints where they aren't given themselves. */
    @CheckForNull
    public String getRegion() {
        return region;
    }

    @DataBoundSetter
    public void setRegion(@CheckForNull String region) {
        this.region = Util.fixEmptyAndTrim(region);
    }

    /** Returns scheme, host and port of HSS, null for the region's own. */
    @CheckForNull
    public String getEndpoint() {
        return endpoint;
    }

    @DataBoundSetter
    public void setEndpoint(@CheckForNull String endpoint) {
        this.endpoint = Util.fixEmptyAndTrim(endpoint);
    }

    /** Returns scheme, host and port of IAM, null for the region's own. */
    @CheckForNull
    public String getIamEndpoint() {
        return iamEndpoint;
    }

    @DataBoundSetter
    public void setIamEndpoint(@CheckForNull String iamEndpoint) {
        this.iamEndpoint = Util.fixEmptyAndTrim(iamEndpoint);
    }

    /** Returns the project's ID; null for the account's own project in the region. */
    @CheckForNull
    public String getProjectId() {
        return projectId;
    }

    @DataBoundSetter
    public void setProjectId(@CheckForNull String projectId) {
        this.projectId = Util.fixEmptyAndTrim(projectId);
    }

    /** Returns the enterprise project's ID; null for the default one, {@code all_granted_eps} for all. */
    @CheckForNull
    public String getEnterpriseProjectId() {
        return enterpriseProjectId;
    }

    @DataBoundSetter
    public void setEnterpriseProjectId(@CheckForNull String enterpriseProjectId) {
        this.enterpriseProjectId = Util.fixEmptyAndTrim(enterpriseProjectId);
    }

    /** Returns the ID of credentials at Jenkins' root. */
    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(@CheckForNull String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    /** Returns the account's name, which makes user name and password those of an IAM user; null otherwise. */
    @CheckForNull
    public String getIamDomain() {
        return iamDomain;
    }

    @DataBoundSetter
    public void setIamDomain(@CheckForNull String iamDomain) {
        this.iamDomain = Util.fixEmptyAndTrim(iamDomain);
    }

    /** Returns how many calls a minute each API may get from this account, 1 to 600. */
    public int getCallsPerMinute() {
        return callsPerMinute;
    }

    @DataBoundSetter
    public void setCallsPerMinute(int callsPerMinute) {
        this.callsPerMinute = callsPerMinute;
    }

    /**
     * Checks the whole.
     *
     * @throws IllegalArgumentException with a message for people when a name is missing, or a region, endpoint or number
     *     is none
     */
    void check() {
        if (name.isEmpty()) {
            throw new IllegalArgumentException(Messages.HssConnection_nameless());
        }
        if (region != null) {
            new Region(region);
        }
        if (endpoint != null) {
            Endpoints.parse(endpoint);
        }
        if (iamEndpoint != null) {
            Endpoints.parse(iamEndpoint);
        }
        if (region == null && endpoint == null) {
            throw new IllegalArgumentException(Messages.HssConnection_nowhere(name));
        }
        if (callsPerMinute < 1 || callsPerMinute > 600) {
            throw new IllegalArgumentException(Messages.HssConnection_callsPerMinute(Integer.toString(callsPerMinute)));
        }
    }

    /** Returns where HSS is. */
    URI hss() {
        return endpoint == null ? new Region(region).hss() : Endpoints.parse(endpoint);
    }

    /** Returns where IAM is, null where neither endpoint nor region tells. */
    @CheckForNull
    URI iam() {
        if (iamEndpoint != null) {
            return Endpoints.parse(iamEndpoint);
        }
        return region == null ? null : new Region(region).iam();
    }

    /** Returns the names of all, as a person reads them. */
    static String names(List<HssConnection> connections) {
        return String.join(
                ", ", connections.stream().map(HssConnection::getName).toList());
    }
}
