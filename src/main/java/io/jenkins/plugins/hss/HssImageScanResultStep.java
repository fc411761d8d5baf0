package io.jenkins.plugins.hss;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.hss.form.StrictParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.structs.describable.CustomDescribableModel;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** Pipeline step to wait for the scan of an image and judge its findings. The setters forward to the parameters shared with {@link HssImageScanResultBuilder} and {@link HssImageScanResultPublisher}. */
public final class HssImageScanResultStep extends Step {
    private final ImageScanResult scan;

    @DataBoundConstructor
    public HssImageScanResultStep(String image) {
        scan = new ImageScanResult(image);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new ScanExecution(context, scan);
    }

    public String getImage() {
        return scan.image;
    }

    @CheckForNull
    public String getCicdName() {
        return scan.cicdName;
    }

    @DataBoundSetter
    public void setCicdName(@CheckForNull String cicdName) {
        scan.cicdName = cicdName;
    }

    @CheckForNull
    public String getScannedAfter() {
        return scan.scannedAfter;
    }

    @DataBoundSetter
    public void setScannedAfter(@CheckForNull String scannedAfter) {
        scan.scannedAfter = scannedAfter;
    }

    @CheckForNull
    public List<String> getTypes() {
        return scan.types;
    }

    @DataBoundSetter
    public void setTypes(@CheckForNull List<String> types) {
        scan.types = types == null ? null : new ArrayList<>(types);
    }

    @CheckForNull
    public List<ScanQualityGate> getQualityGates() {
        return scan.qualityGates;
    }

    @DataBoundSetter
    public void setQualityGates(@CheckForNull List<ScanQualityGate> qualityGates) {
        scan.qualityGates = qualityGates == null ? null : new ArrayList<>(qualityGates);
    }

    public String getNotScanned() {
        return scan.notScanned;
    }

    @DataBoundSetter
    public void setNotScanned(String notScanned) {
        scan.notScanned = notScanned;
    }

    public String getHandled() {
        return scan.handled;
    }

    @DataBoundSetter
    public void setHandled(String handled) {
        scan.handled = handled;
    }

    @CheckForNull
    public List<IgnoredFinding> getIgnore() {
        return scan.ignore;
    }

    @DataBoundSetter
    public void setIgnore(@CheckForNull List<IgnoredFinding> ignore) {
        scan.ignore = ignore == null ? null : new ArrayList<>(ignore);
    }

    public Integer getMaxFindings() {
        return Integer.valueOf(scan.maxFindings);
    }

    @DataBoundSetter
    public void setMaxFindings(@CheckForNull Integer maxFindings) {
        scan.maxFindings = Objects.toString(maxFindings, ImageScanResult.DEFAULT_MAX_FINDINGS);
    }

    public boolean isArchiveFindings() {
        return scan.archiveFindings;
    }

    @DataBoundSetter
    public void setArchiveFindings(boolean archiveFindings) {
        scan.archiveFindings = archiveFindings;
    }

    public Integer getTimeoutMinutes() {
        return Integer.valueOf(scan.timeoutMinutes);
    }

    @DataBoundSetter
    public void setTimeoutMinutes(@CheckForNull Integer timeoutMinutes) {
        scan.timeoutMinutes = Objects.toString(timeoutMinutes, ImageScanResult.DEFAULT_TIMEOUT_MINUTES);
    }

    @CheckForNull
    public String getConnection() {
        return scan.connection;
    }

    @DataBoundSetter
    public void setConnection(@CheckForNull String connection) {
        scan.connection = Util.fixEmptyAndTrim(connection);
    }

    @CheckForNull
    public String getRegion() {
        return scan.region;
    }

    @DataBoundSetter
    public void setRegion(@CheckForNull String region) {
        scan.region = Util.fixEmptyAndTrim(region);
    }

    @CheckForNull
    public String getProjectId() {
        return scan.projectId;
    }

    @DataBoundSetter
    public void setProjectId(@CheckForNull String projectId) {
        scan.projectId = Util.fixEmptyAndTrim(projectId);
    }

    @CheckForNull
    public String getEnterpriseProjectId() {
        return scan.enterpriseProjectId;
    }

    @DataBoundSetter
    public void setEnterpriseProjectId(@CheckForNull String enterpriseProjectId) {
        scan.enterpriseProjectId = Util.fixEmptyAndTrim(enterpriseProjectId);
    }

    @CheckForNull
    public String getCredentialsId() {
        return scan.credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(@CheckForNull String credentialsId) {
        scan.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    /** The step's name, form and reference. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor implements CustomDescribableModel {
        @Override
        public String getFunctionName() {
            return "hssImageScanResult";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.HssImageScanResult_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, FlowNode.class);
        }

        @NonNull
        @Override
        public Map<String, Object> customInstantiate(@NonNull Map<String, Object> arguments) {
            return StrictParameters.check(HssImageScanResultStep.class, getFunctionName(), arguments);
        }

        @Override
        public Step newInstance(@CheckForNull StaplerRequest2 req, @NonNull JSONObject formData) throws FormException {
            return super.newInstance(req, ImageScanResult.DescriptorImpl.read(formData));
        }

        @Override
        public String argumentsToString(@NonNull Map<String, Object> namedArgs) {
            return String.valueOf(namedArgs.get("image"));
        }
    }
}
