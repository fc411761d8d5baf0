package io.jenkins.plugins.hss;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Extension;
import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.AbstractProject;
import hudson.model.BuildListener;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import io.jenkins.plugins.hss.client.Steps;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** The build step of freestyle jobs: submits the export of an image security report to HSS. */
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
        BuildExport prepared = BuildExport.prepare(build, listener, export, env::expand);
        try {
            prepared.start().get();
            return true;
        } catch (InterruptedException e) {
            prepared.abort();
            throw e;
        } catch (ExecutionException e) {
            Throwable cause = Steps.cause(e.getCause());
            if (cause instanceof CancellationException) {
                // Jenkins stops, and no freestyle build goes on after that.
                prepared.abort();
                throw (InterruptedException) new InterruptedException().initCause(cause);
            }
            throw cause instanceof IOException failure ? failure : new IOException(cause);
        }
    }

    /** Returns the parameters as the form reads them. */
    public ImageReportExport getExport() {
        return export;
    }

    public String getReportType() {
        return export.getReportType();
    }

    @CheckForNull
    public String getCicdName() {
        return export.getCicdName();
    }

    @DataBoundSetter
    public void setCicdName(@CheckForNull String cicdName) {
        export.setCicdName(cicdName);
    }

    public String getImageType() {
        return export.getImageType();
    }

    @DataBoundSetter
    public void setImageType(@CheckForNull String imageType) {
        export.setImageType(imageType);
    }

    public String getExportSize() {
        return export.getExportSize();
    }

    @DataBoundSetter
    public void setExportSize(@CheckForNull String exportSize) {
        export.setExportSize(exportSize);
    }

    @CheckForNull
    public List<String> getImageIds() {
        return export.getImageIds();
    }

    @DataBoundSetter
    public void setImageIds(@CheckForNull List<String> imageIds) {
        export.setImageIds(imageIds);
    }

    @CheckForNull
    public ImageFilter getFilter() {
        return export.getFilter();
    }

    @DataBoundSetter
    public void setFilter(@CheckForNull ImageFilter filter) {
        export.setFilter(filter);
    }

    @CheckForNull
    public String getConnection() {
        return export.getConnection();
    }

    @DataBoundSetter
    public void setConnection(@CheckForNull String connection) {
        export.setConnection(connection);
    }

    @CheckForNull
    public String getRegion() {
        return export.getRegion();
    }

    @DataBoundSetter
    public void setRegion(@CheckForNull String region) {
        export.setRegion(region);
    }

    @CheckForNull
    public String getProjectId() {
        return export.getProjectId();
    }

    @DataBoundSetter
    public void setProjectId(@CheckForNull String projectId) {
        export.setProjectId(projectId);
    }

    @CheckForNull
    public String getEnterpriseProjectId() {
        return export.getEnterpriseProjectId();
    }

    @DataBoundSetter
    public void setEnterpriseProjectId(@CheckForNull String enterpriseProjectId) {
        export.setEnterpriseProjectId(enterpriseProjectId);
    }

    @CheckForNull
    public String getCredentialsId() {
        return export.getCredentialsId();
    }

    @DataBoundSetter
    public void setCredentialsId(@CheckForNull String credentialsId) {
        export.setCredentialsId(credentialsId);
    }

    @CheckForNull
    public String getTaskIdVariable() {
        return export.getTaskIdVariable();
    }

    @DataBoundSetter
    public void setTaskIdVariable(@CheckForNull String taskIdVariable) {
        export.setTaskIdVariable(taskIdVariable);
    }

    public boolean isWaitForCompletion() {
        return export.isWaitForCompletion();
    }

    @DataBoundSetter
    public void setWaitForCompletion(boolean waitForCompletion) {
        export.setWaitForCompletion(waitForCompletion);
    }

    public boolean isArchiveReport() {
        return export.isArchiveReport();
    }

    @DataBoundSetter
    public void setArchiveReport(boolean archiveReport) {
        export.setArchiveReport(archiveReport);
    }

    public String getTimeoutMinutes() {
        return export.getTimeoutMinutes();
    }

    @DataBoundSetter
    public void setTimeoutMinutes(@CheckForNull String timeoutMinutes) {
        export.setTimeoutMinutes(timeoutMinutes);
    }

    @CheckForNull
    public String getUnstableAbove() {
        return export.getUnstableAbove();
    }

    @DataBoundSetter
    public void setUnstableAbove(@CheckForNull String unstableAbove) {
        export.setUnstableAbove(unstableAbove);
    }

    @CheckForNull
    public String getFailAbove() {
        return export.getFailAbove();
    }

    @DataBoundSetter
    public void setFailAbove(@CheckForNull String failAbove) {
        export.setFailAbove(failAbove);
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
            return super.newInstance(req, ImageReportExportDescriptor.read(formData));
        }
    }
}
