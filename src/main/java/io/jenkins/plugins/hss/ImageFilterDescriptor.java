package io.jenkins.plugins.hss;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.hss.client.ExportField;
import java.util.List;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** The form of the filters. */
@Extension
public final class ImageFilterDescriptor extends Descriptor<ImageFilter> {
    public ImageFilterDescriptor() {
        super(ImageFilter.class);
    }

    @Override
    public ImageFilter newInstance(@CheckForNull StaplerRequest2 req, JSONObject formData) throws FormException {
        return super.newInstance(req, FormInput.read(formData, "buildCommandRuleIds"));
    }

    /** Returns the items as the lines of a text area. */
    public String lines(@CheckForNull List<String> items) {
        return FormInput.lines(items);
    }

    @POST
    public ListBoxModel doFillScanStatusItems(@AncestorInPath Item item, @QueryParameter String scanStatus) {
        return Choices.optional(item, ExportField.SCAN_STATUS, scanStatus);
    }

    @POST
    public ListBoxModel doFillSeverityLevelItems(@AncestorInPath Item item, @QueryParameter String severityLevel) {
        return Choices.optional(item, ExportField.SEVERITY_LEVEL, severityLevel);
    }

    @POST
    public ListBoxModel doFillBuildCommandRiskLevelItems(
            @AncestorInPath Item item, @QueryParameter String buildCommandRiskLevel) {
        return Choices.optional(item, ExportField.BUILD_COMMAND_RISK_LEVEL, buildCommandRiskLevel);
    }

    @POST
    public FormValidation doCheckImageId(@AncestorInPath Item item, @QueryParameter String value) {
        return Checks.text(item, ExportField.IMAGE_ID, value);
    }

    @POST
    public FormValidation doCheckImageSize(@AncestorInPath Item item, @QueryParameter String value) {
        return Checks.number(item, ExportField.IMAGE_SIZE, value);
    }

    @POST
    public FormValidation doCheckUpdatedAfter(@AncestorInPath Item item, @QueryParameter String value) {
        return Checks.time(item, ExportField.START_LATEST_UPDATE_TIME, value);
    }

    @POST
    public FormValidation doCheckUpdatedBefore(@AncestorInPath Item item, @QueryParameter String value) {
        return Checks.time(item, ExportField.END_LATEST_UPDATE_TIME, value);
    }

    @POST
    public FormValidation doCheckScannedAfter(@AncestorInPath Item item, @QueryParameter String value) {
        return Checks.time(item, ExportField.START_LATEST_SCAN_TIME, value);
    }

    @POST
    public FormValidation doCheckScannedBefore(@AncestorInPath Item item, @QueryParameter String value) {
        return Checks.time(item, ExportField.END_LATEST_SCAN_TIME, value);
    }

    @POST
    public FormValidation doCheckInstanceName(@AncestorInPath Item item, @QueryParameter String value) {
        return Checks.text(item, ExportField.INSTANCE_NAME, value);
    }

    @POST
    public FormValidation doCheckBuildCommandRiskName(@AncestorInPath Item item, @QueryParameter String value) {
        return Checks.text(item, ExportField.BUILD_COMMAND_RISK_NAME, value);
    }

    @POST
    public FormValidation doCheckBuildCommandRuleIds(@AncestorInPath Item item, @QueryParameter String value) {
        return Checks.texts(item, ExportField.BUILD_COMMAND_RULE_ID_LIST, value);
    }
}
