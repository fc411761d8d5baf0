package io.jenkins.plugins.hss;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.hss.client.ExportField;
import io.jenkins.plugins.hss.client.ExportRequest;
import io.jenkins.plugins.hss.form.FieldChecks;
import io.jenkins.plugins.hss.form.FieldItems;
import io.jenkins.plugins.hss.form.FormInput;
import io.jenkins.plugins.hss.form.RequestMapper;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** The optional filters of an export; what is null is not asked for. */
public final class ImageFilter implements Describable<ImageFilter>, Serializable {
    private static final long serialVersionUID = 1L;

    @DataBoundSetter
    private String scanStatus;

    @DataBoundSetter
    private String namespace;

    @DataBoundSetter
    private String imageName;

    @DataBoundSetter
    private String imageVersion;

    @DataBoundSetter
    private String imageId;

    @DataBoundSetter
    private Boolean latestVersion;

    @DataBoundSetter
    private String imageSize;

    @DataBoundSetter
    private String updatedAfter;

    @DataBoundSetter
    private String updatedBefore;

    @DataBoundSetter
    private String scannedAfter;

    @DataBoundSetter
    private String scannedBefore;

    @DataBoundSetter
    private Boolean hasMaliciousFile;

    @DataBoundSetter
    private Boolean hasVul;

    @DataBoundSetter
    private Boolean hasUnsafeSetting;

    @DataBoundSetter
    private Boolean risky;

    @DataBoundSetter
    private String severityLevel;

    @DataBoundSetter
    private String instanceName;

    @DataBoundSetter
    private String buildCommandRiskLevel;

    @DataBoundSetter
    private String buildCommandRiskName;

    @DataBoundSetter
    private List<String> buildCommandRuleIds;

    @DataBoundConstructor
    public ImageFilter() {}

    /** Returns whether nothing at all is asked for. */
    boolean isEmpty() {
        return Stream.of(
                        scanStatus,
                        namespace,
                        imageName,
                        imageVersion,
                        imageId,
                        latestVersion,
                        imageSize,
                        updatedAfter,
                        updatedBefore,
                        scannedAfter,
                        scannedBefore,
                        hasMaliciousFile,
                        hasVul,
                        hasUnsafeSetting,
                        risky,
                        severityLevel,
                        instanceName,
                        buildCommandRiskLevel,
                        buildCommandRiskName,
                        buildCommandRuleIds)
                .allMatch(Objects::isNull);
    }

    /**
     * Adds what is asked for to a request.
     *
     * @param expand replaces variables in texts
     * @param now what durations count back from
     * @throws IllegalArgumentException with a message for people when the API would refuse a value
     */
    void addTo(ExportRequest.Builder request, UnaryOperator<String> expand, Instant now) {
        RequestMapper values = new RequestMapper(request, expand, now);
        values.text(ExportField.SCAN_STATUS, scanStatus);
        values.text(ExportField.NAMESPACE, namespace);
        values.text(ExportField.IMAGE_NAME, imageName);
        values.text(ExportField.IMAGE_VERSION, imageVersion);
        values.text(ExportField.IMAGE_ID, imageId);
        request.with(ExportField.LATEST_VERSION, latestVersion);
        values.number(ExportField.IMAGE_SIZE, imageSize);
        values.time(ExportField.START_LATEST_UPDATE_TIME, updatedAfter);
        values.time(ExportField.END_LATEST_UPDATE_TIME, updatedBefore);
        values.time(ExportField.START_LATEST_SCAN_TIME, scannedAfter);
        values.time(ExportField.END_LATEST_SCAN_TIME, scannedBefore);
        request.with(ExportField.HAS_MALICIOUS_FILE, hasMaliciousFile);
        request.with(ExportField.HAS_VUL, hasVul);
        request.with(ExportField.HAS_UNSAFE_SETTING, hasUnsafeSetting);
        request.with(ExportField.RISKY, risky);
        values.text(ExportField.SEVERITY_LEVEL, severityLevel);
        values.text(ExportField.INSTANCE_NAME, instanceName);
        values.text(ExportField.BUILD_COMMAND_RISK_LEVEL, buildCommandRiskLevel);
        values.text(ExportField.BUILD_COMMAND_RISK_NAME, buildCommandRiskName);
        values.texts(ExportField.BUILD_COMMAND_RULE_ID_LIST, buildCommandRuleIds);
    }

    @CheckForNull
    public String getScanStatus() {
        return scanStatus;
    }

    @CheckForNull
    public String getNamespace() {
        return namespace;
    }

    @CheckForNull
    public String getImageName() {
        return imageName;
    }

    @CheckForNull
    public String getImageVersion() {
        return imageVersion;
    }

    @CheckForNull
    public String getImageId() {
        return imageId;
    }

    @CheckForNull
    public Boolean getLatestVersion() {
        return latestVersion;
    }

    @CheckForNull
    public String getImageSize() {
        return imageSize;
    }

    @CheckForNull
    public String getUpdatedAfter() {
        return updatedAfter;
    }

    @CheckForNull
    public String getUpdatedBefore() {
        return updatedBefore;
    }

    @CheckForNull
    public String getScannedAfter() {
        return scannedAfter;
    }

    @CheckForNull
    public String getScannedBefore() {
        return scannedBefore;
    }

    @CheckForNull
    public Boolean getHasMaliciousFile() {
        return hasMaliciousFile;
    }

    @CheckForNull
    public Boolean getHasVul() {
        return hasVul;
    }

    @CheckForNull
    public Boolean getHasUnsafeSetting() {
        return hasUnsafeSetting;
    }

    @CheckForNull
    public Boolean getRisky() {
        return risky;
    }

    @CheckForNull
    public String getSeverityLevel() {
        return severityLevel;
    }

    @CheckForNull
    public String getInstanceName() {
        return instanceName;
    }

    @CheckForNull
    public String getBuildCommandRiskLevel() {
        return buildCommandRiskLevel;
    }

    @CheckForNull
    public String getBuildCommandRiskName() {
        return buildCommandRiskName;
    }

    @CheckForNull
    public List<String> getBuildCommandRuleIds() {
        return buildCommandRuleIds;
    }

    /** The form of the filters. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<ImageFilter> {
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
            return FieldItems.optional(item, ExportField.SCAN_STATUS, scanStatus);
        }

        @POST
        public ListBoxModel doFillSeverityLevelItems(@AncestorInPath Item item, @QueryParameter String severityLevel) {
            return FieldItems.optional(item, ExportField.SEVERITY_LEVEL, severityLevel);
        }

        @POST
        public ListBoxModel doFillBuildCommandRiskLevelItems(
                @AncestorInPath Item item, @QueryParameter String buildCommandRiskLevel) {
            return FieldItems.optional(item, ExportField.BUILD_COMMAND_RISK_LEVEL, buildCommandRiskLevel);
        }

        @POST
        public FormValidation doCheckImageId(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldChecks.text(item, ExportField.IMAGE_ID, value);
        }

        @POST
        public FormValidation doCheckImageSize(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldChecks.number(item, ExportField.IMAGE_SIZE, value);
        }

        @POST
        public FormValidation doCheckUpdatedAfter(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldChecks.time(item, ExportField.START_LATEST_UPDATE_TIME, value);
        }

        @POST
        public FormValidation doCheckUpdatedBefore(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldChecks.time(item, ExportField.END_LATEST_UPDATE_TIME, value);
        }

        @POST
        public FormValidation doCheckScannedAfter(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldChecks.time(item, ExportField.START_LATEST_SCAN_TIME, value);
        }

        @POST
        public FormValidation doCheckScannedBefore(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldChecks.time(item, ExportField.END_LATEST_SCAN_TIME, value);
        }

        @POST
        public FormValidation doCheckInstanceName(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldChecks.text(item, ExportField.INSTANCE_NAME, value);
        }

        @POST
        public FormValidation doCheckBuildCommandRiskName(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldChecks.text(item, ExportField.BUILD_COMMAND_RISK_NAME, value);
        }

        @POST
        public FormValidation doCheckBuildCommandRuleIds(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldChecks.texts(item, ExportField.BUILD_COMMAND_RULE_ID_LIST, value);
        }
    }
}
