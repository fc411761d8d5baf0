package io.jenkins.plugins.hss;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.Extension;
import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.AbstractProject;
import hudson.model.BuildListener;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
        env.overrideAll(build.getBuildVariables());
        CompletableFuture<String> submit =
                BuildExport.prepare(build, listener, export, env::expand).start();
        try {
            submit.get();
            return true;
        } catch (InterruptedException e) {
            submit.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            Throwable failure = BuildExport.forBuild(e.getCause());
            if (failure instanceof AbortException explained) {
                throw explained;
            }
            throw new IOException(failure);
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
