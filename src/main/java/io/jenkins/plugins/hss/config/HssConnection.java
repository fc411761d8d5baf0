package io.jenkins.plugins.hss.config;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.security.ACL;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.hss.client.Region;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A named connection to HSS: where, and as whom. */
public final class HssConnection implements Describable<HssConnection> {
    /** What the service documents for one account and one API. */
    public static final int DEFAULT_CALLS_PER_MINUTE = 5;

    private static final int MAX_CALLS_PER_MINUTE = 600;

    private final String name;
    private String region;
    private String endpoint;
    private String iamEndpoint;
    private String projectId;
    private String enterpriseProjectId;
    private String credentialsId;
    private String iamDomain;
    private Integer callsPerMinute;

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
    public Integer getCallsPerMinute() {
        return callsPerMinute == null ? Integer.valueOf(DEFAULT_CALLS_PER_MINUTE) : callsPerMinute;
    }

    @DataBoundSetter
    public void setCallsPerMinute(@CheckForNull Integer callsPerMinute) {
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
        if (getCallsPerMinute() < 1 || getCallsPerMinute() > MAX_CALLS_PER_MINUTE) {
            throw new IllegalArgumentException(
                    Messages.HssConnection_callsPerMinute(Integer.toString(getCallsPerMinute())));
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

    /** The form of a connection. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<HssConnection> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.HssConnection_displayName();
        }

        public int getDefaultCallsPerMinute() {
            return DEFAULT_CALLS_PER_MINUTE;
        }

        @POST
        public ComboBoxModel doFillRegionItems() {
            return Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                    ? new ComboBoxModel(Region.KNOWN)
                    : new ComboBoxModel();
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(
                @QueryParameter String credentialsId,
                @QueryParameter String region,
                @QueryParameter String endpoint,
                @QueryParameter String iamEndpoint,
                @QueryParameter String iamDomain) {
            if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
                return new StandardListBoxModel().includeCurrentValue(credentialsId);
            }
            HssConnection typed = new HssConnection("typed");
            typed.setRegion(region);
            typed.setEndpoint(endpoint);
            typed.setIamEndpoint(iamEndpoint);
            typed.setIamDomain(iamDomain);
            return new StandardListBoxModel()
                    .includeEmptyValue()
                    .includeMatchingAs(
                            ACL.SYSTEM2,
                            Jenkins.get(),
                            StandardCredentials.class,
                            requirements(typed),
                            HssCredentials.USABLE)
                    .includeCurrentValue(credentialsId);
        }

        /** Returns nothing where the half-filled form doesn't tell yet where it points to. */
        private static List<DomainRequirement> requirements(HssConnection typed) {
            try {
                typed.check();
                return HssCredentials.requirements(typed);
            } catch (IllegalArgumentException e) {
                return List.of();
            }
        }

        /** Tests what is in the form, saved or not. */
        @POST
        public FormValidation doTestConnection(
                @QueryParameter String name,
                @QueryParameter String region,
                @QueryParameter String endpoint,
                @QueryParameter String iamEndpoint,
                @QueryParameter String projectId,
                @QueryParameter String enterpriseProjectId,
                @QueryParameter String credentialsId,
                @QueryParameter String iamDomain,
                @QueryParameter String callsPerMinute)
                throws InterruptedException {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            HssConnection connection = new HssConnection(name);
            connection.setRegion(region);
            connection.setEndpoint(endpoint);
            connection.setIamEndpoint(iamEndpoint);
            connection.setProjectId(projectId);
            connection.setEnterpriseProjectId(enterpriseProjectId);
            connection.setCredentialsId(credentialsId);
            connection.setIamDomain(iamDomain);
            String calls = Util.fixEmptyAndTrim(callsPerMinute);
            try {
                connection.setCallsPerMinute(calls == null ? null : Integer.valueOf(calls));
            } catch (NumberFormatException e) {
                return FormValidation.error(Messages.HssConnection_callsPerMinute(calls));
            }
            return ConnectionTester.test(connection);
        }

        @POST
        public FormValidation doCheckName(@QueryParameter String value) {
            return check(() -> new HssConnection(value).getName().isEmpty() ? Messages.HssConnection_nameless() : null);
        }

        @POST
        public FormValidation doCheckRegion(@QueryParameter String value, @QueryParameter String endpoint) {
            return check(() -> {
                if (!value.isBlank()) {
                    new Region(value.trim());
                    return null;
                }
                return endpoint.isBlank() ? Messages.HssConnection_regionNeeded() : null;
            });
        }

        @POST
        public FormValidation doCheckEndpoint(@QueryParameter String value) {
            return checkEndpoint(value);
        }

        @POST
        public FormValidation doCheckIamEndpoint(@QueryParameter String value) {
            return checkEndpoint(value);
        }

        private static FormValidation checkEndpoint(String value) {
            return check(() -> {
                if (!value.isBlank()) {
                    Endpoints.parse(value.trim());
                }
                return null;
            });
        }

        /** Takes what returns an error, or null. */
        private static FormValidation check(Supplier<String> check) {
            if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
                return FormValidation.ok();
            }
            try {
                String error = check.get();
                return error == null ? FormValidation.ok() : FormValidation.error(error);
            } catch (IllegalArgumentException e) {
                return FormValidation.error(e.getMessage());
            }
        }
    }
}
