package io.jenkins.plugins.hss;

import hudson.Util;
import hudson.model.TaskListener;
import io.jenkins.plugins.hss.client.ExportField;
import io.jenkins.plugins.hss.client.Operation;
import io.jenkins.plugins.hss.config.HssAccess;
import java.time.Duration;

/** What an export says in the build's log: a line on each change, and one in a while. */
final class ExportLog {
    private static final Duration A_WHILE = Duration.ofMinutes(5);

    private final TaskListener listener;
    private final long began = System.nanoTime();
    private String lastStatus = "";
    private long lastLine;

    ExportLog(TaskListener listener) {
        this.listener = listener;
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

    synchronized void running(String taskId, String status) {
        long now = System.nanoTime();
        if (!status.equals(lastStatus) || now - lastLine >= A_WHILE.toNanos()) {
            lastStatus = status;
            lastLine = now;
            line(Messages.BuildExport_running(taskId, status, Util.getTimeSpanString((now - began) / 1_000_000)));
        }
    }

    void line(String message) {
        listener.getLogger().println("[HSS] " + message);
    }
}
