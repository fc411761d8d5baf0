package io.jenkins.plugins.hss;

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
import io.jenkins.plugins.hss.client.CallContext;
import io.jenkins.plugins.hss.scan.BuildScan;
import io.jenkins.plugins.hss.scan.ScanParameters;
import java.io.IOException;
import java.time.Instant;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Build step to wait for the scan of an image and judge its findings. */
public final class HssImageScanResultBuilder extends Builder {
    private final ImageScanResult scan;

    @DataBoundConstructor
    public HssImageScanResultBuilder(ImageScanResult scan) {
        this.scan = scan;
    }

    public ImageScanResult getScan() {
        return scan;
    }

    @Override
    public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
            throws InterruptedException, IOException {
        run(scan, build, listener);
        return true;
    }

    /** Runs a scan on the thread of the executor. */
    static void run(ImageScanResult scan, AbstractBuild<?, ?> build, BuildListener listener)
            throws InterruptedException, IOException {
        EnvVars env = build.getEnvironment(listener);
        // Not overrideAll, which forgets the empty ones: "${NAME}" itself would then be asked for.
        env.putAll(build.getBuildVariables());
        Instant now = Instant.now();
        ScanParameters parameters;
        try {
            parameters = scan.toParameters(env::expand, now, Instant.ofEpochMilli(build.getStartTimeInMillis()));
        } catch (IllegalArgumentException e) {
            BuildScan.refuse(build, scan.image, e.getMessage());
            throw new AbortException(e.getMessage());
        }
        CallContext calls = new CallContext(now.plus(parameters.options().timeout()));
        new BuildScan(build, listener, parameters, 0, calls, null).run(number -> {});
    }

    /** The build step's name and form. */
    @Extension
    @Symbol("hssImageScanResult")
    public static final class DescriptorImpl extends BuildStepDescriptor<Builder> {
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
