package io.jenkins.plugins.hss;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.hss.engine.FindingType;
import io.jenkins.plugins.hss.engine.QualityGate;
import io.jenkins.plugins.hss.engine.Verdict;
import io.jenkins.plugins.hss.form.FieldChecks;
import io.jenkins.plugins.hss.form.FieldItems;
import io.jenkins.plugins.hss.form.FindingItems;
import io.jenkins.plugins.hss.form.FormInput;
import io.jenkins.plugins.hss.form.ParameterParser;
import java.io.Serializable;
import java.util.List;
import java.util.function.UnaryOperator;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** A quality gate as people write it: how many findings an image may have. */
public final class ScanQualityGate implements Describable<ScanQualityGate>, Serializable {
    private static final long serialVersionUID = 1L;

    /** What a build may become, in Jenkins' words. */
    static final List<String> RESULTS = List.of("FAILURE", "UNSTABLE");

    private final String threshold;

    @DataBoundSetter
    private String type;

    @DataBoundSetter
    private String severity;

    @DataBoundSetter
    private String criticality = RESULTS.get(0);

    @DataBoundConstructor
    public ScanQualityGate(String threshold) {
        this.threshold = threshold;
    }

    /**
     * Returns the gate that judges.
     *
     * @param expand replaces variables in texts
     * @throws IllegalArgumentException with a message for people, for an unknown word also
     */
    QualityGate toGate(UnaryOperator<String> expand) {
        FindingType counted = type == null ? null : FindingType.of(expand.apply(type));
        return new QualityGate(
                counted,
                severity == null ? null : FindingItems.severity(counted, expand.apply(severity)),
                parse(expand.apply(ParameterParser.text("threshold", threshold))),
                ParameterParser.word("criticality", expand.apply(criticality), RESULTS)
                                .equals("UNSTABLE")
                        ? Verdict.UNSTABLE
                        : Verdict.FAILED);
    }

    private static long parse(String threshold) {
        return ParameterParser.number("threshold", threshold, 1, Long.MAX_VALUE);
    }

    public String getThreshold() {
        return threshold;
    }

    @CheckForNull
    public String getType() {
        return type;
    }

    @CheckForNull
    public String getSeverity() {
        return severity;
    }

    public String getCriticality() {
        return criticality;
    }

    /** The form of a quality gate. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<ScanQualityGate> {
        @Override
        public ScanQualityGate newInstance(@CheckForNull StaplerRequest2 req, JSONObject formData)
                throws FormException {
            return super.newInstance(req, FormInput.read(formData));
        }

        @POST
        public ListBoxModel doFillTypeItems(@AncestorInPath Item item, @QueryParameter String type) {
            return FieldItems.withAny(FindingItems.types(item, type));
        }

        @POST
        public ListBoxModel doFillSeverityItems(@AncestorInPath Item item, @QueryParameter String severity) {
            return FieldItems.withAny(FindingItems.severities(item, severity));
        }

        @POST
        public ListBoxModel doFillCriticalityItems(@AncestorInPath Item item, @QueryParameter String criticality) {
            return FieldItems.required(item, RESULTS, UnaryOperator.identity(), criticality);
        }

        @POST
        public FormValidation doCheckSeverity(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String type) {
            return FieldChecks.check(item, value, word -> {
                FindingItems.severity(type.isEmpty() ? null : FindingType.of(type), word);
                return FormValidation.ok();
            });
        }

        @POST
        public FormValidation doCheckThreshold(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldChecks.check(item, value, text -> {
                parse(text);
                return FormValidation.ok();
            });
        }
    }
}
