package io.jenkins.plugins.hss.form;

import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.hss.client.ExportField;
import io.jenkins.plugins.hss.config.ConnectionOverrides;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A form with the fields for a connection, what stands in for it, and a CI/CD access: what they ask of the server. */
public abstract class ConnectionForm<T extends Describable<T>> extends Descriptor<T> {
    @POST
    public ComboBoxModel doFillCicdNameItems(
            @AncestorInPath Item item,
            @QueryParameter String connection,
            @QueryParameter String region,
            @QueryParameter String projectId,
            @QueryParameter String enterpriseProjectId,
            @QueryParameter String credentialsId)
            throws InterruptedException {
        return CicdNameSuggestions.items(
                item,
                new ConnectionOverrides(
                        Util.fixEmptyAndTrim(connection),
                        Util.fixEmptyAndTrim(region),
                        Util.fixEmptyAndTrim(projectId),
                        Util.fixEmptyAndTrim(enterpriseProjectId),
                        Util.fixEmptyAndTrim(credentialsId)));
    }

    @POST
    public ListBoxModel doFillConnectionItems(@AncestorInPath Item item, @QueryParameter String connection) {
        return ConnectionItems.items(item, connection);
    }

    @POST
    public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
        return ConnectionItems.credentials(item, credentialsId);
    }

    @POST
    public FormValidation doCheckCicdName(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldChecks.text(item, ExportField.CICD_NAME, value);
    }

    @POST
    public FormValidation doCheckConnection(
            @AncestorInPath Item item,
            @QueryParameter String value,
            @QueryParameter String region,
            @QueryParameter String credentialsId) {
        return ConnectionItems.check(item, value, region, credentialsId);
    }

    @POST
    public FormValidation doCheckRegion(@AncestorInPath Item item, @QueryParameter String value) {
        return ConnectionItems.checkRegion(item, value);
    }

    @POST
    public FormValidation doCheckCredentialsId(@AncestorInPath Item item, @QueryParameter String value) {
        return ConnectionItems.checkCredentials(item, value);
    }
}
