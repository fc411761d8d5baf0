package io.jenkins.plugins.hss.config;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.security.ACL;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.hss.client.Region;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The form of a connection. */
@Extension
public final class HssConnectionDescriptor extends Descriptor<HssConnection> {
    public HssConnectionDescriptor() {
        super(HssConnection.class);
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.HssConnection_displayName();
    }

    public int getDefaultCallsPerMinute() {
        return HssConnection.DEFAULT_CALLS_PER_MINUTE;
    }

    @POST
    public ComboBoxModel doFillRegionItems() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return new ComboBoxModel(Region.KNOWN);
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

    /** Tries what stands in the form, saved or not. */
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
        String calls = Util.fixNull(callsPerMinute).trim();
        try {
            connection.setCallsPerMinute(Integer.parseInt(calls));
        } catch (NumberFormatException e) {
            return FormValidation.error(Messages.HssConnection_callsPerMinute(calls));
        }
        return ConnectionTest.run(connection);
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

    private interface Check {
        @CheckForNull
        String error();
    }

    private static FormValidation check(Check check) {
        if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
            return FormValidation.ok();
        }
        try {
            String error = check.error();
            return error == null ? FormValidation.ok() : FormValidation.error(error);
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }
}
