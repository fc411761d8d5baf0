package io.jenkins.plugins.hss;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.hss.client.ExportField;
import io.jenkins.plugins.hss.config.Target;
import java.util.List;
import java.util.Set;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The form that both steps show, and what its fields ask of the server. */
@Extension
public final class ImageReportExportDescriptor extends Descriptor<ImageReportExport> {
    public ImageReportExportDescriptor() {
        super(ImageReportExport.class);
    }

    /** Reads what the form of either step submits. */
    static JSONObject read(JSONObject form) {
        return FormInput.read(form, Set.of("imageIds"), Set.of("imageType"));
    }

    /** The help lies with the Pipeline step, where its reference takes it from. */
    @Override
    public String getHelpFile(String fieldName) {
        return Jenkins.get()
                .getDescriptorByType(HssImageReportExportStep.DescriptorImpl.class)
                .getHelpFile(fieldName);
    }

    public int getDefaultTimeoutMinutes() {
        return ImageReportExport.DEFAULT_TIMEOUT_MINUTES;
    }

    public int getDefaultExportSize() {
        return ImageReportExport.DEFAULT_EXPORT_SIZE;
    }

    /** Returns the items as the lines of a text area. */
    public String lines(@CheckForNull List<String> items) {
        return FormInput.lines(items);
    }

    @POST
    public ListBoxModel doFillReportTypeItems(@AncestorInPath Item item, @QueryParameter String reportType) {
        return Choices.required(item, ExportField.SECURITY_REPORT_TYPE, reportType);
    }

    @POST
    public ComboBoxModel doFillCicdNameItems(
            @AncestorInPath Item item,
            @QueryParameter String connection,
            @QueryParameter String region,
            @QueryParameter String projectId,
            @QueryParameter String enterpriseProjectId,
            @QueryParameter String credentialsId)
            throws InterruptedException {
        return CicdNames.choices(
                item,
                new Target(
                        Util.fixEmptyAndTrim(connection),
                        Util.fixEmptyAndTrim(region),
                        Util.fixEmptyAndTrim(projectId),
                        Util.fixEmptyAndTrim(enterpriseProjectId),
                        Util.fixEmptyAndTrim(credentialsId)));
    }

    @POST
    public ListBoxModel doFillImageTypeItems(@AncestorInPath Item item, @QueryParameter String imageType) {
        ListBoxModel choices = Choices.required(item, ExportField.IMAGE_TYPE, imageType);
        choices.add(Messages.Choices_otherRegistries(), "");
        return choices;
    }

    @POST
    public ListBoxModel doFillConnectionItems(@AncestorInPath Item item, @QueryParameter String connection) {
        return Connections.choices(item, connection);
    }

    @POST
    public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
        return Connections.credentials(item, credentialsId);
    }

    @POST
    public FormValidation doCheckCredentialsId(@AncestorInPath Item item, @QueryParameter String value) {
        return Connections.checkCredentials(item, value);
    }

    @POST
    public FormValidation doCheckConnection(
            @AncestorInPath Item item,
            @QueryParameter String value,
            @QueryParameter String region,
            @QueryParameter String credentialsId) {
        return Connections.check(item, value, region, credentialsId);
    }

    @POST
    public FormValidation doCheckReportType(@AncestorInPath Item item, @QueryParameter String value) {
        return Checks.text(item, ExportField.SECURITY_REPORT_TYPE, value);
    }

    @POST
    public FormValidation doCheckCicdName(@AncestorInPath Item item, @QueryParameter String value) {
        return Checks.text(item, ExportField.CICD_NAME, value);
    }

    @POST
    public FormValidation doCheckExportSize(@AncestorInPath Item item, @QueryParameter String value) {
        return Checks.number(item, ExportField.EXPORT_SIZE, value);
    }

    @POST
    public FormValidation doCheckTimeoutMinutes(@AncestorInPath Item item, @QueryParameter String value) {
        return Checks.number(item, "timeoutMinutes", value, 1, ImageReportExport.LONGEST_TIMEOUT_MINUTES);
    }

    @POST
    public FormValidation doCheckUnstableAbove(@AncestorInPath Item item, @QueryParameter String value) {
        return Checks.number(item, "unstableAbove", value, 0, Long.MAX_VALUE);
    }

    @POST
    public FormValidation doCheckFailAbove(@AncestorInPath Item item, @QueryParameter String value) {
        return Checks.number(item, "failAbove", value, 0, Long.MAX_VALUE);
    }

    @POST
    public FormValidation doCheckImageIds(@AncestorInPath Item item, @QueryParameter String value) {
        return Checks.texts(item, ExportField.IMAGE_ID_LIST, value);
    }

    @POST
    public FormValidation doCheckRegion(@AncestorInPath Item item, @QueryParameter String value) {
        return Connections.checkRegion(item, value);
    }

    @POST
    public FormValidation doCheckTaskIdVariable(@AncestorInPath Item item, @QueryParameter String value) {
        return Checks.check(item, value, name -> {
            TaskIdVariable.check(name);
            return FormValidation.ok();
        });
    }
}
