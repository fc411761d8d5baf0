package io.jenkins.plugins.hss.export;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.TaskListener;
import io.jenkins.plugins.hss.client.ExportField;
import io.jenkins.plugins.hss.client.ExportRequest;
import io.jenkins.plugins.hss.client.HssException;
import io.jenkins.plugins.hss.client.Operation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Prints an export to the log of its build: each change, and every five minutes that there is none. */
final class ExportLog {
    private static final Duration LOG_INTERVAL = Duration.ofMinutes(5);
    /** A read takes its turn all the time; only long waits are worth a line. */
    private static final Duration MIN_REPORTED_READ_WAIT = Duration.ofMinutes(1);

    private final TaskListener listener;
    private final InstantSource clock;
    private String lastStatus = "";
    private Instant lastLine = Instant.EPOCH;
    private Instant lastReadWait = Instant.EPOCH;

    ExportLog(TaskListener listener) {
        this(listener, InstantSource.system());
    }

    ExportLog(TaskListener listener, InstantSource clock) {
        this.listener = listener;
        this.clock = clock;
    }

    TaskListener listener() {
        return listener;
    }

    void unknownValues(ExportRequest request) {
        request.unknownWords()
                .forEach((field, value) -> line(Messages.BuildExport_unknownValue(field.parameter(), value)));
    }

    void submitting(ExportRecord export, @CheckForNull String projectId) {
        line(Messages.BuildExport_submitting(
                ExportField.SECURITY_REPORT_TYPE.label(export.getReportType()),
                export.getCicdName() == null ? "" : Messages.BuildExport_ofCicd(export.getCicdName()),
                export.getConnection(),
                projectId == null ? "" : Messages.BuildExport_inProject(projectId),
                export.getCredentialsId()));
    }

    void waiting(Operation operation, Duration about) {
        Instant now = clock.instant();
        if (operation == Operation.STATUS) {
            if (about.compareTo(MIN_REPORTED_READ_WAIT) < 0 || now.isBefore(lastReadWait.plus(LOG_INTERVAL))) {
                return;
            }
            lastReadWait = now;
        }
        line(Messages.BuildExport_waiting(operation.displayName(), Util.getTimeSpanString(about.toMillis())));
    }

    void retrying(HssException failure, Duration pause) {
        line(Messages.BuildExport_retrying(failure.getMessage(), Util.getTimeSpanString(pause.toMillis())));
    }

    void running(String taskId, Instant since, String status) {
        Instant now = clock.instant();
        if (!status.equals(lastStatus) || !now.isBefore(lastLine.plus(LOG_INTERVAL))) {
            lastStatus = status;
            lastLine = now;
            long elapsed = Math.max(0, Duration.between(since, now).toMillis());
            line(Messages.BuildExport_running(taskId, status, Util.getTimeSpanString(elapsed)));
        }
    }

    void aborted(ExportRecord export) {
        if (!export.hasEnded()) {
            line(Messages.BuildExport_aborted(export.describeRemoteState()));
        }
    }

    void line(String message) {
        listener.getLogger().println("[HSS] " + message);
    }
}
