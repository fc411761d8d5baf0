package io.jenkins.plugins.hss;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.Extension;
import hudson.Launcher;
import hudson.Util;
import hudson.model.AbstractBuild;
import hudson.model.AbstractProject;
import hudson.model.BuildListener;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import io.jenkins.plugins.hss.client.CallContext;
import io.jenkins.plugins.hss.export.BuildExport;
import io.jenkins.plugins.hss.export.ExportParameters;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** Build step to export an image security report of HSS. The setters forward to the parameters shared with {@link HssImageReportExportStep}. */
public final class HssImageReportExportBuilder extends Builder {
    private final ImageReportExport export;

    @DataBoundConstructor
    public HssImageReportExportBuilder(String reportType) {
        export = new ImageReportExport(reportType);
    }

    @Override
    public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
            throws InterruptedException, IOException {
        EnvVars env = build.getEnvironment(listener);
        // Not overrideAll, which forgets the empty ones: "${NAME}" itself would then be asked for.
        env.putAll(build.getBuildVariables());
        Instant now = Instant.now();
        ExportParameters parameters;
        try {
            parameters = export.toParameters(env::expand, now);
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
        CallContext calls = new CallContext(now.plus(parameters.options().timeout()));
        new BuildExport(build, listener, parameters, 0, calls, null).run(number -> {});
        return true;
    }

    public String getReportType() {
        return export.reportType;
    }

    @CheckForNull
    public String getCicdName() {
        return export.cicdName;
    }

    @DataBoundSetter
    public void setCicdName(@CheckForNull String cicdName) {
        export.cicdName = cicdName;
    }

    public String getImageType() {
        return export.imageType;
    }

    @DataBoundSetter
    public void setImageType(@CheckForNull String imageType) {
        export.imageType = imageType == null ? ImageReportExport.DEFAULT_IMAGE_TYPE : imageType;
    }

    public String getExportSize() {
        return export.exportSize;
    }

    @DataBoundSetter
    public void setExportSize(@CheckForNull String exportSize) {
        export.exportSize =
                Util.fixEmptyAndTrim(exportSize) == null ? ImageReportExport.DEFAULT_EXPORT_SIZE : exportSize;
    }

    @CheckForNull
    public List<String> getImageIds() {
        return export.imageIds;
    }

    @DataBoundSetter
    public void setImageIds(@CheckForNull List<String> imageIds) {
        export.imageIds = imageIds == null ? null : new ArrayList<>(imageIds);
    }

    @CheckForNull
    public ImageFilter getFilter() {
        return export.filter;
    }

    @DataBoundSetter
    public void setFilter(@CheckForNull ImageFilter filter) {
        export.filter = filter == null || filter.isEmpty() ? null : filter;
    }

    @CheckForNull
    public String getConnection() {
        return export.connection;
    }

    @DataBoundSetter
    public void setConnection(@CheckForNull String connection) {
        export.connection = Util.fixEmptyAndTrim(connection);
    }

    @CheckForNull
    public String getRegion() {
        return export.region;
    }

    @DataBoundSetter
    public void setRegion(@CheckForNull String region) {
        export.region = Util.fixEmptyAndTrim(region);
    }

    @CheckForNull
    public String getProjectId() {
        return export.projectId;
    }

    @DataBoundSetter
    public void setProjectId(@CheckForNull String projectId) {
        export.projectId = Util.fixEmptyAndTrim(projectId);
    }

    @CheckForNull
    public String getEnterpriseProjectId() {
        return export.enterpriseProjectId;
    }

    @DataBoundSetter
    public void setEnterpriseProjectId(@CheckForNull String enterpriseProjectId) {
        export.enterpriseProjectId = Util.fixEmptyAndTrim(enterpriseProjectId);
    }

    @CheckForNull
    public String getCredentialsId() {
        return export.credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(@CheckForNull String credentialsId) {
        export.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    @CheckForNull
    public String getTaskIdVariable() {
        return export.taskIdVariable;
    }

    @DataBoundSetter
    public void setTaskIdVariable(@CheckForNull String taskIdVariable) {
        export.taskIdVariable = Util.fixEmptyAndTrim(taskIdVariable);
    }

    public boolean isWaitForCompletion() {
        return export.waitForCompletion;
    }

    @DataBoundSetter
    public void setWaitForCompletion(boolean waitForCompletion) {
        export.waitForCompletion = waitForCompletion;
    }

    public boolean isArchiveReport() {
        return export.archiveReport;
    }

    @DataBoundSetter
    public void setArchiveReport(boolean archiveReport) {
        export.archiveReport = archiveReport;
    }

    public String getTimeoutMinutes() {
        return export.timeoutMinutes;
    }

    @DataBoundSetter
    public void setTimeoutMinutes(@CheckForNull String timeoutMinutes) {
        export.timeoutMinutes = Util.fixEmptyAndTrim(timeoutMinutes) == null
                ? ImageReportExport.DEFAULT_TIMEOUT_MINUTES
                : timeoutMinutes;
    }

    @CheckForNull
    public String getUnstableAbove() {
        return export.unstableAbove;
    }

    @DataBoundSetter
    public void setUnstableAbove(@CheckForNull String unstableAbove) {
        export.unstableAbove = Util.fixEmptyAndTrim(unstableAbove);
    }

    @CheckForNull
    public String getFailAbove() {
        return export.failAbove;
    }

    @DataBoundSetter
    public void setFailAbove(@CheckForNull String failAbove) {
        export.failAbove = Util.fixEmptyAndTrim(failAbove);
    }

    /** The build step's name and form. */
    @Extension
    @Symbol("hssImageReportExport")
    public static final class DescriptorImpl extends BuildStepDescriptor<Builder> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.HssImageReportExport_displayName();
        }

        @Override
        @SuppressWarnings("rawtypes")
        public boolean isApplicable(Class<? extends AbstractProject> jobType) {
            return true;
        }

        @Override
        public Builder newInstance(@CheckForNull StaplerRequest2 req, @NonNull JSONObject formData)
                throws FormException {
            return super.newInstance(req, ImageReportExport.DescriptorImpl.read(formData));
        }
    }
}
