package io.jenkins.plugins.hss;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.hss.client.ExportField;
import io.jenkins.plugins.hss.client.ExportRequest;
import io.jenkins.plugins.hss.engine.ExportOptions;
import io.jenkins.plugins.hss.export.ExportParameters;
import io.jenkins.plugins.hss.export.TaskIdVariable;
import io.jenkins.plugins.hss.form.ConnectionForm;
import io.jenkins.plugins.hss.form.FieldChecks;
import io.jenkins.plugins.hss.form.FieldItems;
import io.jenkins.plugins.hss.form.FormInput;
import io.jenkins.plugins.hss.form.ParameterParser;
import io.jenkins.plugins.hss.form.RequestMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The parameters of the Pipeline step and of the build step, which have the accessors. */
public final class ImageReportExport extends ConnectionParameters implements Describable<ImageReportExport> {
    private static final long serialVersionUID = 1L;

    static final String DEFAULT_IMAGE_TYPE = "cicd";
    static final String DEFAULT_EXPORT_SIZE = "10000";
    static final String DEFAULT_TIMEOUT_MINUTES = "30";
    private static final int MAX_TIMEOUT_MINUTES = 7 * 24 * 60;

    final String reportType;
    String cicdName;
    String imageType = DEFAULT_IMAGE_TYPE;
    String exportSize = DEFAULT_EXPORT_SIZE;
    List<String> imageIds;
    ImageFilter filter;
    String taskIdVariable;
    boolean waitForCompletion;
    boolean archiveReport;
    String timeoutMinutes = DEFAULT_TIMEOUT_MINUTES;
    String unstableAbove;
    String failAbove;

    ImageReportExport(String reportType) {
        this.reportType = reportType;
    }

    /**
     * Returns what a build asks for.
     *
     * @param expand replaces variables in texts
     * @param now what durations count back from
     * @throws IllegalArgumentException with a message for people when the API would refuse a value, or a number is out of
     *     its range
     */
    ExportParameters toParameters(UnaryOperator<String> expand, Instant now) {
        String variable = expanded(expand, taskIdVariable);
        if (variable != null) {
            TaskIdVariable.check(variable);
        }
        return new ExportParameters(
                toRequest(expand, now), toOptions(expand), toOverrides(expand), expanded(expand, cicdName), variable);
    }

    private ExportRequest toRequest(UnaryOperator<String> expand, Instant now) {
        ExportRequest.Builder request = ExportRequest.builder();
        RequestMapper values = new RequestMapper(request, expand, now);
        values.text(ExportField.SECURITY_REPORT_TYPE, reportType);
        values.number(ExportField.EXPORT_SIZE, exportSize);
        values.texts(ExportField.IMAGE_ID_LIST, imageIds);
        // Empty asks for the images of the other registries, and is not sent.
        values.text(ExportField.IMAGE_TYPE, Util.fixEmptyAndTrim(imageType));
        values.text(ExportField.CICD_NAME, cicdName);
        if (filter != null) {
            filter.addTo(request, expand, now);
        }
        return request.build();
    }

    private ExportOptions toOptions(UnaryOperator<String> expand) {
        return new ExportOptions(
                waitForCompletion,
                archiveReport,
                threshold("unstableAbove", expand, unstableAbove),
                threshold("failAbove", expand, failAbove),
                Duration.ofMinutes(ParameterParser.number(
                        "timeoutMinutes", expand.apply(timeoutMinutes), 1, MAX_TIMEOUT_MINUTES)));
    }

    @CheckForNull
    private static Long threshold(String name, UnaryOperator<String> expand, @CheckForNull String number) {
        return number == null ? null : ParameterParser.number(name, expand.apply(number), 0, Long.MAX_VALUE);
    }

    /** Tells the form what kind of object the filter is. */
    @CheckForNull
    public ImageFilter getFilter() {
        return filter;
    }

    /** The form that both steps show, and what its fields ask of the server. */
    @Extension
    public static final class DescriptorImpl extends ConnectionForm<ImageReportExport> {
        /** Reads what the form of either step submits. */
        static JSONObject read(JSONObject form) {
            return FormInput.read(form, Set.of("imageIds"), Set.of("imageType"));
        }

        /** The help lies with the Pipeline step, where its reference takes it from. */
        @Override
        public String getHelpFile(String fieldName) {
            return Jenkins.get()
                    .getDescriptorByType(HssImageReportExportStep.DescriptorImpl.class)
                    .getHelpFile(fieldName);
        }

        public String getDefaultTimeoutMinutes() {
            return DEFAULT_TIMEOUT_MINUTES;
        }

        public String getDefaultExportSize() {
            return DEFAULT_EXPORT_SIZE;
        }

        /** Returns the items as the lines of a text area. */
        public String lines(@CheckForNull List<String> items) {
            return FormInput.lines(items);
        }

        @POST
        public ListBoxModel doFillReportTypeItems(@AncestorInPath Item item, @QueryParameter String reportType) {
            return FieldItems.required(item, ExportField.SECURITY_REPORT_TYPE, reportType);
        }

        @POST
        public ListBoxModel doFillImageTypeItems(@AncestorInPath Item item, @QueryParameter String imageType) {
            ListBoxModel items = FieldItems.required(item, ExportField.IMAGE_TYPE, imageType);
            items.add(Messages.ImageReportExport_otherRegistries(), "");
            return items;
        }

        @POST
        public FormValidation doCheckReportType(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldChecks.text(item, ExportField.SECURITY_REPORT_TYPE, value);
        }

        @POST
        public FormValidation doCheckExportSize(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldChecks.number(item, ExportField.EXPORT_SIZE, value);
        }

        @POST
        public FormValidation doCheckTimeoutMinutes(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldChecks.number(item, "timeoutMinutes", value, 1, MAX_TIMEOUT_MINUTES);
        }

        @POST
        public FormValidation doCheckUnstableAbove(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldChecks.number(item, "unstableAbove", value, 0, Long.MAX_VALUE);
        }

        @POST
        public FormValidation doCheckFailAbove(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldChecks.number(item, "failAbove", value, 0, Long.MAX_VALUE);
        }

        @POST
        public FormValidation doCheckImageIds(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldChecks.texts(item, ExportField.IMAGE_ID_LIST, value);
        }

        @POST
        public FormValidation doCheckTaskIdVariable(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldChecks.check(item, value, name -> {
                TaskIdVariable.check(name);
                return FormValidation.ok();
            });
        }
    }
}
