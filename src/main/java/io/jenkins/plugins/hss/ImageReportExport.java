package io.jenkins.plugins.hss;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Describable;
import io.jenkins.plugins.hss.client.ExportField;
import io.jenkins.plugins.hss.client.ExportRequest;
import io.jenkins.plugins.hss.config.Target;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** What to export and what to do with it: the one set of parameters behind the Pipeline step and the build step. */
public final class ImageReportExport implements Describable<ImageReportExport>, Serializable {
    private static final long serialVersionUID = 1L;

    static final String DEFAULT_IMAGE_TYPE = "cicd";
    static final int DEFAULT_EXPORT_SIZE = 10_000;
    static final int DEFAULT_TIMEOUT_MINUTES = 30;
    static final int LONGEST_TIMEOUT_MINUTES = 7 * 24 * 60;

    private final String reportType;
    private String cicdName;
    private String imageType = DEFAULT_IMAGE_TYPE;
    private String exportSize = Integer.toString(DEFAULT_EXPORT_SIZE);
    private List<String> imageIds;
    private ImageFilter filter;
    private String connection;
    private String region;
    private String projectId;
    private String enterpriseProjectId;
    private String credentialsId;
    private String taskIdVariable;
    private boolean waitForCompletion;
    private boolean archiveReport;
    private String timeoutMinutes = Integer.toString(DEFAULT_TIMEOUT_MINUTES);
    private String unstableAbove;
    private String failAbove;

    ImageReportExport(String reportType) {
        this.reportType = reportType;
    }

    /**
     * Returns the request that a build sends.
     *
     * @param expand replaces variables in texts
     * @param now what durations count back from
     * @throws IllegalArgumentException with a message for people when the API would refuse a value
     */
    ExportRequest toRequest(UnaryOperator<String> expand, Instant now) {
        ExportRequest.Builder request = ExportRequest.builder();
        Values values = new Values(request, expand, now);
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

    /** Returns where and as whom the build wants to call. */
    Target toTarget(UnaryOperator<String> expand) {
        return new Target(
                expanded(expand, connection),
                expanded(expand, region),
                expanded(expand, projectId),
                expanded(expand, enterpriseProjectId),
                credentialsId);
    }

    /**
     * Returns what the build does with the task.
     *
     * @param start when the build came to this step
     * @throws IllegalArgumentException with a message for people when a number is none, or out of its range
     */
    Handling toHandling(UnaryOperator<String> expand, Instant start) {
        String variable = expanded(expand, taskIdVariable);
        if (variable != null) {
            TaskIdVariable.check(variable);
        }
        return new Handling(
                waitForCompletion || archiveReport,
                archiveReport,
                threshold("unstableAbove", expand, unstableAbove),
                threshold("failAbove", expand, failAbove),
                start.plus(Duration.ofMinutes(
                        Numbers.parse("timeoutMinutes", expand.apply(timeoutMinutes), 1, LONGEST_TIMEOUT_MINUTES))),
                variable);
    }

    @CheckForNull
    private static Long threshold(String name, UnaryOperator<String> expand, @CheckForNull String number) {
        return number == null ? null : Numbers.parse(name, expand.apply(number), 0, Long.MAX_VALUE);
    }

    /** Returns the text with its variables replaced, null where nothing is left. */
    @CheckForNull
    static String expanded(UnaryOperator<String> expand, @CheckForNull String text) {
        return text == null ? null : Util.fixEmptyAndTrim(expand.apply(text));
    }

    public String getReportType() {
        return reportType;
    }

    @CheckForNull
    public String getCicdName() {
        return cicdName;
    }

    void setCicdName(@CheckForNull String cicdName) {
        this.cicdName = cicdName;
    }

    public String getImageType() {
        return imageType;
    }

    void setImageType(@CheckForNull String imageType) {
        this.imageType = imageType == null ? DEFAULT_IMAGE_TYPE : imageType;
    }

    public String getExportSize() {
        return exportSize;
    }

    void setExportSize(@CheckForNull String exportSize) {
        this.exportSize = Util.fixEmptyAndTrim(exportSize) == null ? Integer.toString(DEFAULT_EXPORT_SIZE) : exportSize;
    }

    @CheckForNull
    public List<String> getImageIds() {
        return imageIds;
    }

    void setImageIds(@CheckForNull List<String> imageIds) {
        this.imageIds = imageIds == null ? null : new ArrayList<>(imageIds);
    }

    @CheckForNull
    public ImageFilter getFilter() {
        return filter;
    }

    void setFilter(@CheckForNull ImageFilter filter) {
        this.filter = filter == null || filter.isEmpty() ? null : filter;
    }

    @CheckForNull
    public String getConnection() {
        return connection;
    }

    void setConnection(@CheckForNull String connection) {
        this.connection = Util.fixEmptyAndTrim(connection);
    }

    @CheckForNull
    public String getRegion() {
        return region;
    }

    void setRegion(@CheckForNull String region) {
        this.region = Util.fixEmptyAndTrim(region);
    }

    @CheckForNull
    public String getProjectId() {
        return projectId;
    }

    void setProjectId(@CheckForNull String projectId) {
        this.projectId = Util.fixEmptyAndTrim(projectId);
    }

    @CheckForNull
    public String getEnterpriseProjectId() {
        return enterpriseProjectId;
    }

    void setEnterpriseProjectId(@CheckForNull String enterpriseProjectId) {
        this.enterpriseProjectId = Util.fixEmptyAndTrim(enterpriseProjectId);
    }

    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    void setCredentialsId(@CheckForNull String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    @CheckForNull
    public String getTaskIdVariable() {
        return taskIdVariable;
    }

    void setTaskIdVariable(@CheckForNull String taskIdVariable) {
        this.taskIdVariable = Util.fixEmptyAndTrim(taskIdVariable);
    }

    public boolean isWaitForCompletion() {
        return waitForCompletion;
    }

    void setWaitForCompletion(boolean waitForCompletion) {
        this.waitForCompletion = waitForCompletion;
    }

    public boolean isArchiveReport() {
        return archiveReport;
    }

    void setArchiveReport(boolean archiveReport) {
        this.archiveReport = archiveReport;
    }

    public String getTimeoutMinutes() {
        return timeoutMinutes;
    }

    void setTimeoutMinutes(@CheckForNull String timeoutMinutes) {
        this.timeoutMinutes = Util.fixEmptyAndTrim(timeoutMinutes) == null
                ? Integer.toString(DEFAULT_TIMEOUT_MINUTES)
                : timeoutMinutes;
    }

    @CheckForNull
    public String getUnstableAbove() {
        return unstableAbove;
    }

    void setUnstableAbove(@CheckForNull String unstableAbove) {
        this.unstableAbove = Util.fixEmptyAndTrim(unstableAbove);
    }

    @CheckForNull
    public String getFailAbove() {
        return failAbove;
    }

    void setFailAbove(@CheckForNull String failAbove) {
        this.failAbove = Util.fixEmptyAndTrim(failAbove);
    }
}
