package io.jenkins.plugins.hss;

import hudson.Util;
import hudson.model.TaskListener;
import io.jenkins.plugins.hss.client.ExportField;
import io.jenkins.plugins.hss.client.Operation;
import io.jenkins.plugins.hss.config.HssAccess;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** What an export says in the build's log: a line on each change, and one in a while. */
final class ExportLog {
    private static final Duration A_WHILE = Duration.ofMinutes(5);

    private final TaskListener listener;
    private final InstantSource clock;
    private String lastStatus = "";
    private Instant lastLine = Instant.EPOCH;

    ExportLog(TaskListener listener) {
        this(listener, InstantSource.system());
    }

    ExportLog(TaskListener listener, InstantSource clock) {
        this.listener = listener;
        this.clock = clock;
    }

    void submitting(ExportRecord export, HssAccess access) {
        String project = access.scope().projectId();
        line(Messages.BuildExport_submitting(
                Choices.label(ExportField.SECURITY_REPORT_TYPE, export.getReportType()),
                export.getCicdName() == null ? "" : Messages.BuildExport_ofCicd(export.getCicdName()),
                access.place(),
                project == null ? "" : Messages.BuildExport_inProject(project),
                export.getCredentialsId()));
    }

    void waiting(Operation operation, Duration about) {
        // The turns of the reads come one after another all the time.
        if (operation != Operation.STATUS) {
            line(Messages.BuildExport_waiting(operation.displayName(), Util.getTimeSpanString(about.toMillis())));
        }
    }

    synchronized void running(String taskId, Instant since, String status) {
        Instant now = clock.instant();
        if (!status.equals(lastStatus) || !now.isBefore(lastLine.plus(A_WHILE))) {
            lastStatus = status;
            lastLine = now;
            long waited = Math.max(0, Duration.between(since, now).toMillis());
            line(Messages.BuildExport_running(taskId, status, Util.getTimeSpanString(waited)));
        }
    }

    void line(String message) {
        listener.getLogger().println("[HSS] " + message);
    }
}
