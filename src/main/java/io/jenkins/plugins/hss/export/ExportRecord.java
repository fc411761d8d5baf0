package io.jenkins.plugins.hss.export;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.Util;
import hudson.model.Result;
import io.jenkins.plugins.hss.client.ExportField;
import io.jenkins.plugins.hss.engine.ExportProcess;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jvnet.localizer.Localizable;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** Immutable snapshot of one export, persisted with its build. */
@ExportedBean(defaultVisibility = 2)
public final class ExportRecord implements Cloneable {
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

        private boolean isFinal() {
            return this == SUCCEEDED || this == FAILED || this == ABORTED;
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
    private String warning;
    private String error;

    ExportRecord(ExportParameters parameters, String connection, String credentialsId) {
        this.reportType = parameters.request().reportType();
        this.cicdName = parameters.cicdName();
        this.connection = connection;
        this.credentialsId = credentialsId;
        this.taskIdVariable = parameters.taskIdVariable();
        this.startedAt = System.currentTimeMillis();
    }

    private ExportRecord copy() {
        try {
            return (ExportRecord) clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    /** An export that has ended stays as it is, but for a task ID that still arrives. */
    ExportRecord in(State state) {
        ExportRecord next = copy();
        next.state = this.state.isFinal() ? this.state : state;
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

    ExportRecord unstable(String warning) {
        ExportRecord next = in(state);
        next.warning = warning;
        return next;
    }

    ExportRecord ended(State state, @CheckForNull String error, long endedAt) {
        if (hasEnded()) {
            return this;
        }
        ExportRecord next = in(state);
        next.error = error;
        next.endedAt = endedAt;
        return next;
    }

    boolean hasEnded() {
        return state.isFinal();
    }

    /** Returns how far the export had come, to go on from there. */
    ExportProcess.Progress progress() {
        return new ExportProcess.Progress(taskId, records, report != null, state == State.SUCCEEDED);
    }

    /**
     * Checks that a Pipeline can go on with this export after a restart of Jenkins.
     *
     * @throws AbortException when it has failed already, or was stopped in the middle of a submit
     * @throws FlowInterruptedException when it was aborted already
     */
    void checkResumable() throws AbortException, FlowInterruptedException {
        // Jenkins may have stopped between the end of the export and that of the step.
        switch (state) {
            case ABORTED -> throw new FlowInterruptedException(Result.ABORTED);
            case FAILED -> throw new AbortException(error);
            case SUBMITTING -> throw new AbortException(Messages.BuildExport_interrupted());
            default -> {}
        }
    }

    /** Returns this record as failed if its build ended while the export was still in progress. */
    ExportRecord asAbandoned() {
        return switch (state) {
            case QUEUED, SUBMITTING, RUNNING ->
                ended(State.FAILED, Messages.ExportRecord_abandoned(describeRemoteState()), 0);
            default -> this;
        };
    }

    /** Describes what there is in HSS while the export is in progress. */
    String describeRemoteState() {
        if (taskId != null) {
            return Messages.BuildExport_taskGoesOn(taskId);
        }
        return state == State.SUBMITTING ? Messages.BuildExport_perhapsATask() : Messages.BuildExport_nothingYet();
    }

    /** Returns what the export waits for and since when, as a lowercase phrase. */
    String status() {
        if (taskId != null) {
            return "waiting for the HSS export task " + taskId + " since " + Instant.ofEpochMilli(submittedAt);
        }
        return (state == State.SUBMITTING ? "submitting the export" : "waiting to submit the export") + " since "
                + Instant.ofEpochMilli(startedAt);
    }

    /** Returns the API's word for the kind of findings. */
    @Exported
    public String getReportType() {
        return reportType;
    }

    /** Returns the kind of findings in the person's language. */
    public String getReportTypeLabel() {
        return ExportField.SECURITY_REPORT_TYPE.label(reportType);
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

    /** Returns why the build was made unstable, null where it wasn't. */
    @Exported
    @CheckForNull
    public String getWarning() {
        return warning;
    }

    /** Returns what went wrong, null where nothing did. */
    @Exported
    @CheckForNull
    public String getError() {
        return error;
    }
}
