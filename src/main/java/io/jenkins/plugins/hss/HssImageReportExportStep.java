package io.jenkins.plugins.hss;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.hss.client.CallContext;
import io.jenkins.plugins.hss.export.BuildExport;
import io.jenkins.plugins.hss.export.ExportParameters;
import io.jenkins.plugins.hss.form.StrictParameters;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
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

/** Pipeline step to export an image security report of HSS. The setters forward to the parameters shared with {@link HssImageReportExportBuilder}. */
public final class HssImageReportExportStep extends ConnectionStep {
    private final ImageReportExport export;

    @DataBoundConstructor
    public HssImageReportExportStep(String reportType) {
        export = new ImageReportExport(reportType);
    }

    @Override
    ConnectionParameters parameters() {
        return export;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, export);
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

    public Integer getExportSize() {
        return Integer.valueOf(export.exportSize);
    }

    @DataBoundSetter
    public void setExportSize(@CheckForNull Integer exportSize) {
        export.exportSize = Objects.toString(exportSize, ImageReportExport.DEFAULT_EXPORT_SIZE);
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

    public Integer getTimeoutMinutes() {
        return Integer.valueOf(export.timeoutMinutes);
    }

    @DataBoundSetter
    public void setTimeoutMinutes(@CheckForNull Integer timeoutMinutes) {
        export.timeoutMinutes = Objects.toString(timeoutMinutes, ImageReportExport.DEFAULT_TIMEOUT_MINUTES);
    }

    @CheckForNull
    public Long getUnstableAbove() {
        return export.unstableAbove == null ? null : Long.valueOf(export.unstableAbove);
    }

    @DataBoundSetter
    public void setUnstableAbove(@CheckForNull Long unstableAbove) {
        export.unstableAbove = unstableAbove == null ? null : unstableAbove.toString();
    }

    @CheckForNull
    public Long getFailAbove() {
        return export.failAbove == null ? null : Long.valueOf(export.failAbove);
    }

    @DataBoundSetter
    public void setFailAbove(@CheckForNull Long failAbove) {
        export.failAbove = failAbove == null ? null : failAbove.toString();
    }

    /** Exports the report. */
    private static final class Execution extends WorkExecution {
        private static final long serialVersionUID = 1L;

        private final ImageReportExport export;

        Execution(StepContext context, ImageReportExport export) {
            super(context);
            this.export = export;
        }

        @Override
        Duration timeout(Instant start) throws AbortException {
            return parameters(start).options().timeout();
        }

        @Override
        BuildExport work(Instant start, int begun, CallContext context) throws IOException, InterruptedException {
            return new BuildExport(
                    getContext().get(Run.class),
                    getContext().get(TaskListener.class),
                    parameters(start),
                    begun,
                    context,
                    getContext());
        }

        private ExportParameters parameters(Instant start) throws AbortException {
            try {
                return export.toParameters(UnaryOperator.identity(), start);
            } catch (IllegalArgumentException e) {
                throw new AbortException(e.getMessage());
            }
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
            return Set.of(Run.class, TaskListener.class, FlowNode.class);
        }

        @NonNull
        @Override
        public Map<String, Object> customInstantiate(@NonNull Map<String, Object> arguments) {
            return StrictParameters.check(HssImageReportExportStep.class, getFunctionName(), arguments);
        }

        @Override
        public Step newInstance(@CheckForNull StaplerRequest2 req, @NonNull JSONObject formData) throws FormException {
            return super.newInstance(req, ImageReportExport.DescriptorImpl.read(formData));
        }

        @Override
        public String argumentsToString(@NonNull Map<String, Object> namedArgs) {
            return (namedArgs.get("reportType") + " " + namedArgs.getOrDefault("cicdName", "")).trim();
        }
    }
}
