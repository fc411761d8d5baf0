package io.jenkins.plugins.hss;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.hss.engine.FindingType;
import io.jenkins.plugins.hss.engine.IgnoreRule;
import io.jenkins.plugins.hss.form.FieldChecks;
import io.jenkins.plugins.hss.form.FindingItems;
import io.jenkins.plugins.hss.form.FormInput;
import io.jenkins.plugins.hss.form.ParameterParser;
import java.io.Serializable;
import java.util.function.UnaryOperator;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** A finding that quality gates shall not count, as people write it, with the reason. */
public final class IgnoredFinding implements Describable<IgnoredFinding>, Serializable {
    private static final long serialVersionUID = 1L;

    private final String type;
    private final String id;
    private final String reason;
    private String packageName;

    @DataBoundSetter
    private String path;

    @DataBoundSetter
    private String until;

    @DataBoundConstructor
    public IgnoredFinding(String type, String id, String reason) {
        this.type = type;
        this.id = id;
        this.reason = reason;
    }

    /**
     * Returns the rule for the gates.
     *
     * @param expand replaces variables in texts
     * @throws IllegalArgumentException with a message for people, for an unknown word also
     */
    IgnoreRule toRule(UnaryOperator<String> expand) {
        return new IgnoreRule(
                FindingType.of(required("type", type, expand)),
                required("id", id, expand),
                packageName == null ? null : required("package", packageName, expand),
                path == null ? null : required("path", path, expand),
                required("reason", reason, expand),
                until == null ? null : ParameterParser.date("until", expand.apply(until)));
    }

    private static String required(String name, @CheckForNull String text, UnaryOperator<String> expand) {
        return ParameterParser.text(name, expand.apply(ParameterParser.text(name, text)));
    }

    public String getType() {
        return type;
    }

    public String getId() {
        return id;
    }

    public String getReason() {
        return reason;
    }

    @CheckForNull
    public String getPackage() {
        return packageName;
    }

    @DataBoundSetter
    public void setPackage(@CheckForNull String packageName) {
        this.packageName = packageName;
    }

    @CheckForNull
    public String getPath() {
        return path;
    }

    @CheckForNull
    public String getUntil() {
        return until;
    }

    /** The form of an ignored finding. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<IgnoredFinding> {
        @Override
        public IgnoredFinding newInstance(@CheckForNull StaplerRequest2 req, JSONObject formData) throws FormException {
            return super.newInstance(req, FormInput.read(formData));
        }

        @POST
        public ListBoxModel doFillTypeItems(@AncestorInPath Item item, @QueryParameter String type) {
            return FindingItems.types(item, type);
        }

        @POST
        public FormValidation doCheckUntil(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldChecks.check(item, value, day -> {
                ParameterParser.date("until", day);
                return FormValidation.ok();
            });
        }
    }
}
