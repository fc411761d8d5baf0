package io.jenkins.plugins.hss;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Describable;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.hss.client.ExportField;
import io.jenkins.plugins.hss.engine.ScanOptions;
import io.jenkins.plugins.hss.form.ConnectionForm;
import io.jenkins.plugins.hss.form.FieldChecks;
import io.jenkins.plugins.hss.form.FieldItems;
import io.jenkins.plugins.hss.form.FormInput;
import io.jenkins.plugins.hss.scan.ScanParameters;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** Which scan to wait for and how to judge it: the parameters of the Pipeline step, the build step and the post-build action. */
public final class ImageScanResult extends ConnectionParameters implements Describable<ImageScanResult> {
    private static final long serialVersionUID = 1L;

    static final String DEFAULT_MAX_FINDINGS = "1000";
    static final String DEFAULT_TIMEOUT_MINUTES = "30";
    static final int MAX_TIMEOUT_MINUTES = 7 * 24 * 60;
    static final List<String> HANDLED = List.of("count", "ignore");

    final String image;

    @DataBoundSetter
    String cicdName;

    @DataBoundSetter
    String scannedAfter;

    @DataBoundSetter
    List<String> types;

    @DataBoundSetter
    List<ScanQualityGate> qualityGates;

    @DataBoundSetter
    String notScanned = ScanQualityGate.RESULTS.get(0);

    @DataBoundSetter
    String handled = HANDLED.get(0);

    @DataBoundSetter
    List<IgnoredFinding> ignore;

    @DataBoundSetter
    String maxFindings = DEFAULT_MAX_FINDINGS;

    @DataBoundSetter
    boolean archiveFindings;

    @DataBoundSetter
    String timeoutMinutes = DEFAULT_TIMEOUT_MINUTES;

    @DataBoundConstructor
    public ImageScanResult(String image) {
        this.image = image;
    }

    /**
     * Returns what a build asks for.
     *
     * @param expand replaces variables in texts
     * @param now what durations count back from
     * @param buildStart when the build began to run
     * @throws IllegalArgumentException with a message for people when a word is unknown, or a value out of its range
     */
    ScanParameters toParameters(UnaryOperator<String> expand, Instant now, Instant buildStart) {
        return new ScanParameterMapper(this, expand, now, buildStart).map();
    }

    public String getImage() {
        return image;
    }

    @CheckForNull
    public String getCicdName() {
        return cicdName;
    }

    @CheckForNull
    public String getScannedAfter() {
        return scannedAfter;
    }

    @CheckForNull
    public List<String> getTypes() {
        return types;
    }

    @CheckForNull
    public List<ScanQualityGate> getQualityGates() {
        return qualityGates;
    }

    public String getNotScanned() {
        return notScanned;
    }

    public String getHandled() {
        return handled;
    }

    @CheckForNull
    public List<IgnoredFinding> getIgnore() {
        return ignore;
    }

    public String getMaxFindings() {
        return maxFindings;
    }

    public boolean isArchiveFindings() {
        return archiveFindings;
    }

    public String getTimeoutMinutes() {
        return timeoutMinutes;
    }

    /** The form that the step, the build step and the post-build action show, and what its fields ask of the server. */
    @Extension
    public static final class DescriptorImpl extends ConnectionForm<ImageScanResult> {
        /** Reads what the form submits. */
        static JSONObject read(JSONObject form) {
            return FormInput.read(form, "types");
        }

        @Override
        public ImageScanResult newInstance(@CheckForNull StaplerRequest2 req, JSONObject formData)
                throws FormException {
            return super.newInstance(req, read(formData));
        }

        /** The help lies with the Pipeline step, where its reference takes it from. */
        @Override
        public String getHelpFile(String fieldName) {
            return Jenkins.get()
                    .getDescriptorByType(HssImageScanResultStep.DescriptorImpl.class)
                    .getHelpFile(fieldName);
        }

        public String getDefaultMaxFindings() {
            return DEFAULT_MAX_FINDINGS;
        }

        public String getDefaultTimeoutMinutes() {
            return DEFAULT_TIMEOUT_MINUTES;
        }

        /** Returns the items as the lines of a text area. */
        public String lines(@CheckForNull List<String> items) {
            return FormInput.lines(items);
        }

        @POST
        public ListBoxModel doFillNotScannedItems(@AncestorInPath Item item, @QueryParameter String notScanned) {
            return FieldItems.required(item, ScanQualityGate.RESULTS, UnaryOperator.identity(), notScanned);
        }

        @POST
        public ListBoxModel doFillHandledItems(@AncestorInPath Item item, @QueryParameter String handled) {
            return FieldItems.required(item, HANDLED, UnaryOperator.identity(), handled);
        }

        @POST
        public FormValidation doCheckImage(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldChecks.check(item, value, text -> {
                ScanParameterMapper.image(text);
                return FormValidation.ok();
            });
        }

        @POST
        public FormValidation doCheckScannedAfter(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldChecks.time(item, ExportField.START_LATEST_SCAN_TIME, value);
        }

        @POST
        public FormValidation doCheckTypes(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldChecks.check(item, value, text -> {
                ScanParameterMapper.types(FormInput.items(text));
                return FormValidation.ok();
            });
        }

        @POST
        public FormValidation doCheckMaxFindings(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldChecks.number(item, "maxFindings", value, 1, ScanOptions.MAX_FINDINGS);
        }

        @POST
        public FormValidation doCheckTimeoutMinutes(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldChecks.number(item, "timeoutMinutes", value, 1, MAX_TIMEOUT_MINUTES);
        }
    }
}
