package io.jenkins.plugins.hss;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.AbstractProject;
import hudson.model.BuildListener;
import hudson.model.Executor;
import hudson.model.Result;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.BuildStepMonitor;
import hudson.tasks.Publisher;
import hudson.tasks.Recorder;
import java.io.IOException;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Post-build action to wait for the scan of an image and judge its findings. */
public final class HssImageScanResultPublisher extends Recorder {
    private final ImageScanResult scan;

    @DataBoundConstructor
    public HssImageScanResultPublisher(ImageScanResult scan) {
        this.scan = scan;
    }

    public ImageScanResult getScan() {
        return scan;
    }

    @Override
    public BuildStepMonitor getRequiredMonitorService() {
        return BuildStepMonitor.NONE;
    }

    @Override
    public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
            throws InterruptedException, IOException {
        if (build.getResult() == Result.ABORTED) {
            listener.getLogger().println("[HSS] " + Messages.HssImageScanResultPublisher_skipped());
            return true;
        }
        try {
            HssImageScanResultBuilder.run(scan, build, listener);
            return true;
        } catch (InterruptedException e) {
            // Core takes an abort in a post-build action for an error, with a stack trace.
            Executor executor = build.getExecutor();
            build.setResult(executor == null ? Result.ABORTED : executor.abortResult());
            return false;
        }
    }

    /** The post-build action's name and form. */
    @Extension
    @Symbol("hssImageScanResult")
    public static final class DescriptorImpl extends BuildStepDescriptor<Publisher> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.HssImageScanResult_displayName();
        }

        @Override
        @SuppressWarnings("rawtypes")
        public boolean isApplicable(Class<? extends AbstractProject> jobType) {
            return true;
        }
    }
}
