package io.jenkins.plugins.hss;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.hss.client.Steps;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.UnaryOperator;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.structs.describable.CustomDescribableModel;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** The Pipeline step: submits the export of an image security report to HSS and returns the ID of its task. */
public final class HssImageReportExportStep extends Step {
    private final ImageReportExport export;

    @DataBoundConstructor
    public HssImageReportExportStep(String reportType) {
        export = new ImageReportExport(reportType);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, export);
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

    public Integer getExportSize() {
        return Integer.valueOf(export.getExportSize());
    }

    @DataBoundSetter
    public void setExportSize(@CheckForNull Integer exportSize) {
        export.setExportSize(exportSize == null ? null : exportSize.toString());
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

    public Integer getTimeoutMinutes() {
        return Integer.valueOf(export.getTimeoutMinutes());
    }

    @DataBoundSetter
    public void setTimeoutMinutes(@CheckForNull Integer timeoutMinutes) {
        export.setTimeoutMinutes(timeoutMinutes == null ? null : timeoutMinutes.toString());
    }

    @CheckForNull
    public Long getUnstableAbove() {
        return export.getUnstableAbove() == null ? null : Long.valueOf(export.getUnstableAbove());
    }

    @DataBoundSetter
    public void setUnstableAbove(@CheckForNull Long unstableAbove) {
        export.setUnstableAbove(unstableAbove == null ? null : unstableAbove.toString());
    }

    @CheckForNull
    public Long getFailAbove() {
        return export.getFailAbove() == null ? null : Long.valueOf(export.getFailAbove());
    }

    @DataBoundSetter
    public void setFailAbove(@CheckForNull Long failAbove) {
        export.setFailAbove(failAbove == null ? null : failAbove.toString());
    }

    /** One run of the step; what it keeps over a restart are the parameters and the export's number in the build. */
    private static final class Execution extends StepExecution {
        private static final long serialVersionUID = 1L;

        private final ImageReportExport export;
        private int number;
        private transient volatile BuildExport running;

        Execution(StepContext context, ImageReportExport export) {
            super(context);
            this.export = export;
        }

        @Override
        public boolean start() throws Exception {
            BuildExport prepared = BuildExport.prepare(
                    getContext().get(Run.class),
                    getContext().get(TaskListener.class),
                    export,
                    UnaryOperator.identity());
            number = prepared.number();
            run(prepared);
            return false;
        }

        @Override
        public void onResume() {
            try {
                run(BuildExport.resume(
                        getContext().get(Run.class), getContext().get(TaskListener.class), export, number));
            } catch (Exception e) {
                getContext().onFailure(e);
            }
        }

        private void run(BuildExport prepared) {
            running = prepared;
            prepared.start().whenComplete((taskId, failure) -> {
                if (failure == null) {
                    getContext().onSuccess(taskId);
                } else if (!(Steps.cause(failure) instanceof CancellationException)) {
                    getContext().onFailure(Steps.cause(failure));
                }
            });
        }

        @Override
        public void stop(@NonNull Throwable cause) {
            BuildExport aborted = running;
            if (aborted != null) {
                aborted.abort();
            }
            getContext().onFailure(cause);
        }

        @Override
        public String getStatus() {
            BuildExport current = running;
            return current == null ? null : current.status();
        }
    }

    /** The step's name, form and reference. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor implements CustomDescribableModel {
        @Override
        public String getFunctionName() {
            return "hssImageReportExport";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.HssImageReportExport_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }

        @NonNull
        @Override
        public Map<String, Object> customInstantiate(@NonNull Map<String, Object> arguments) {
            return Parameters.check(arguments);
        }

        @Override
        public Step newInstance(@CheckForNull StaplerRequest2 req, @NonNull JSONObject formData) throws FormException {
            return super.newInstance(req, ImageReportExportDescriptor.read(formData));
        }

        @Override
        public String argumentsToString(@NonNull Map<String, Object> namedArgs) {
            return (namedArgs.get("reportType") + " " + namedArgs.getOrDefault("cicdName", "")).trim();
        }
    }
}
