package io.jenkins.plugins.hss;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.hss.client.CallContext;
import io.jenkins.plugins.hss.form.StrictParameters;
import io.jenkins.plugins.hss.scan.BuildScan;
import io.jenkins.plugins.hss.scan.ScanParameters;
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

/** Pipeline step to wait for the scan of an image and judge its findings. The setters forward to the parameters shared with {@link HssImageScanResultBuilder} and {@link HssImageScanResultPublisher}. */
public final class HssImageScanResultStep extends ConnectionStep {
    private final ImageScanResult scan;

    @DataBoundConstructor
    public HssImageScanResultStep(String image) {
        scan = new ImageScanResult(image);
    }

    @Override
    ConnectionParameters parameters() {
        return scan;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, scan);
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

    /** Looks for the scan and judges it. */
    private static final class Execution extends WorkExecution {
        private static final long serialVersionUID = 1L;

        private final ImageScanResult scan;

        Execution(StepContext context, ImageScanResult scan) {
            super(context);
            this.scan = scan;
        }

        @Override
        Duration timeout(Instant start) throws IOException, InterruptedException {
            try {
                return parameters(start).options().timeout();
            } catch (AbortException e) {
                BuildScan.refuse(getContext().get(Run.class), scan.image, e.getMessage());
                throw e;
            }
        }

        @Override
        BuildScan work(Instant start, int begun, CallContext context) throws IOException, InterruptedException {
            return new BuildScan(
                    getContext().get(Run.class),
                    getContext().get(TaskListener.class),
                    parameters(start),
                    begun,
                    context,
                    getContext());
        }

        private ScanParameters parameters(Instant start) throws IOException, InterruptedException {
            Instant buildStart =
                    Instant.ofEpochMilli(getContext().get(Run.class).getStartTimeInMillis());
            try {
                return scan.toParameters(UnaryOperator.identity(), start, buildStart);
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
