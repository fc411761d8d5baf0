package io.jenkins.plugins.hss;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.hss.client.ExportField;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import org.jvnet.localizer.Localizable;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What is known of one export of a build; never changed, but replaced by its successor. */
@ExportedBean(defaultVisibility = 2)
public final class ExportRecord {
    /** How far an export has come. */
    public enum State {
        /** Nothing has been sent yet. */
        QUEUED(Messages._State_queued()),
        /** The submit is on its way; whether a task exists is unknown. */
        SUBMITTING(Messages._State_submitting()),
        /** The task exists, and the build doesn't wait for it. */
        SUBMITTED(Messages._State_submitted()),
        /** The task exists, and the build waits for its end. */
        RUNNING(Messages._State_running()),
        /** The task has succeeded, and what was asked for is done. */
        SUCCEEDED(Messages._State_succeeded()),
        /** It ended without a task, or with one that failed. */
        FAILED(Messages._State_failed()),
        /** The build was aborted. */
        ABORTED(Messages._State_aborted());

        private final Localizable label;

        State(Localizable label) {
            this.label = label;
        }
    }

    private final String reportType;
    private final String cicdName;
    private final String connection;
    private final String credentialsId;
    private final String taskIdVariable;
    private final long startedAt;
    private State state = State.QUEUED;
    private String taskId;
    private long submittedAt;
    private long endedAt;
    private Long records;
    private String report;
    private long reportSize;
    private List<String> reportFiles;
    private String error;

    ExportRecord(
            String reportType,
            @CheckForNull String cicdName,
            String connection,
            String credentialsId,
            @CheckForNull String taskIdVariable,
            long startedAt) {
        this.reportType = reportType;
        this.cicdName = cicdName;
        this.connection = connection;
        this.credentialsId = credentialsId;
        this.taskIdVariable = taskIdVariable;
        this.startedAt = startedAt;
    }

    private ExportRecord(ExportRecord other) {
        this(
                other.reportType,
                other.cicdName,
                other.connection,
                other.credentialsId,
                other.taskIdVariable,
                other.startedAt);
        this.state = other.state;
        this.taskId = other.taskId;
        this.submittedAt = other.submittedAt;
        this.endedAt = other.endedAt;
        this.records = other.records;
        this.report = other.report;
        this.reportSize = other.reportSize;
        this.reportFiles = other.reportFiles;
        this.error = other.error;
    }

    /** An aborted export stays one, whatever still arrives. */
    ExportRecord in(State state) {
        ExportRecord next = new ExportRecord(this);
        next.state = this.state == State.ABORTED ? State.ABORTED : state;
        return next;
    }

    ExportRecord submitted(String taskId, long submittedAt, State state) {
        ExportRecord next = in(state);
        next.taskId = taskId;
        next.submittedAt = submittedAt;
        return next;
    }

    ExportRecord counted(long records) {
        ExportRecord next = in(state);
        next.records = records;
        return next;
    }

    ExportRecord reported(String report, long reportSize, List<String> reportFiles) {
        ExportRecord next = in(state);
        next.report = report;
        next.reportSize = reportSize;
        next.reportFiles = new ArrayList<>(reportFiles);
        return next;
    }

    ExportRecord ended(State state, @CheckForNull String error, long endedAt) {
        ExportRecord next = in(state);
        next.error = error;
        next.endedAt = endedAt;
        return next;
    }

    /** Returns whether the other is an export of the same, begun at whatever time. */
    boolean isLike(ExportRecord other) {
        return reportType.equals(other.reportType)
                && connection.equals(other.connection)
                && Objects.equals(cicdName, other.cicdName)
                && Objects.equals(credentialsId, other.credentialsId)
                && Objects.equals(taskIdVariable, other.taskIdVariable);
    }

    /** Returns the export as a build that has ended without ending it leaves it: nobody follows it any more. */
    ExportRecord left() {
        return switch (state) {
            case QUEUED, SUBMITTING, RUNNING -> ended(State.FAILED, Messages.ExportRecord_left(standing()), 0);
            default -> this;
        };
    }

    /** Returns in words what stands in HSS before the export has ended. */
    String standing() {
        if (taskId != null) {
            return Messages.BuildExport_taskGoesOn(taskId);
        }
        return state == State.SUBMITTING ? Messages.BuildExport_perhapsATask() : Messages.BuildExport_nothingYet();
    }

    /** Returns the API's word for the kind of findings. */
    @Exported
    public String getReportType() {
        return reportType;
    }

    /** Returns the kind of findings in the person's language. */
    public String getReportTypeLabel() {
        return Choices.label(ExportField.SECURITY_REPORT_TYPE, reportType);
    }

    /** Returns the name of the CI/CD access, null where none was asked for. */
    @Exported
    @CheckForNull
    public String getCicdName() {
        return cicdName;
    }

    /** Returns the name of the connection, or the region where the build used none. */
    @Exported
    public String getConnection() {
        return connection;
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    @CheckForNull
    String getTaskIdVariable() {
        return taskIdVariable;
    }

    @Exported
    public Date getStartedAt() {
        return new Date(startedAt);
    }

    @Exported
    public State getState() {
        return state;
    }

    /** Returns the state in the person's language. */
    public String getStateLabel() {
        return state.label.toString();
    }

    /** Returns the ID that HSS gave the task, null before it exists. */
    @Exported
    @CheckForNull
    public String getTaskId() {
        return taskId;
    }

    /** Returns when HSS answered with the task's ID, null before. */
    @Exported
    @CheckForNull
    public Date getSubmittedAt() {
        return taskId == null ? null : new Date(submittedAt);
    }

    /** Returns since when the task exists; before that, since when the export does. */
    Instant since() {
        return Instant.ofEpochMilli(taskId == null ? startedAt : submittedAt);
    }

    /** Returns when the export had ended, for good or ill; null before. */
    @Exported
    @CheckForNull
    public Date getEndedAt() {
        return endedAt == 0 ? null : new Date(endedAt);
    }

    /** Returns how long it took from the submit to the end in the person's language, null before the end. */
    @CheckForNull
    public String getDuration() {
        return endedAt == 0 || submittedAt == 0 ? null : Util.getTimeSpanString(Math.max(0, endedAt - submittedAt));
    }

    /** Returns how many records match the filters, null where they were not counted. */
    @Exported
    @CheckForNull
    public Long getRecords() {
        return records;
    }

    /** Returns the path of the report among the build's artifacts, null where there is none. */
    @Exported
    @CheckForNull
    public String getReport() {
        return report;
    }

    /** Returns the size of the report in bytes, 0 where there is none. */
    @Exported
    public long getReportSize() {
        return reportSize;
    }

    /** Returns the names of the first files in the report. */
    @Exported
    public List<String> getReportFiles() {
        return reportFiles == null ? List.of() : reportFiles;
    }

    /** Returns what went wrong, null where nothing did. */
    @Exported
    @CheckForNull
    public String getError() {
        return error;
    }
}
