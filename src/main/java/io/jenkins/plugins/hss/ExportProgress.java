package io.jenkins.plugins.hss;

import hudson.Functions;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.hss.client.Operation;
import io.jenkins.plugins.hss.run.Progress;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Writes how an export goes into the build: its record and its log. */
final class ExportProgress implements Progress {
    private final TaskListener listener;
    private final ExportLog log;
    private final HssExportsAction action;
    private final int number;
    private final ReportArchive archive;
    private final boolean followed;

    ExportProgress(
            Run<?, ?> run,
            TaskListener listener,
            ExportLog log,
            HssExportsAction action,
            int number,
            boolean followed) {
        this.listener = listener;
        this.log = log;
        this.action = action;
        this.number = number;
        this.archive = new ReportArchive(run, number);
        this.followed = followed;
    }

    @Override
    public void waiting(Operation operation, Duration about) {
        log.waiting(operation, about);
    }

    @Override
    public void submitting() throws IOException {
        action.update(number, export -> export.in(ExportRecord.State.SUBMITTING));
    }

    @Override
    public void notSubmitted() throws IOException {
        action.update(number, export -> export.in(ExportRecord.State.QUEUED));
    }

    @Override
    public void submitted(String taskId) throws IOException {
        ExportRecord.State state = followed ? ExportRecord.State.RUNNING : ExportRecord.State.SUBMITTED;
        action.update(number, export -> export.submitted(taskId, System.currentTimeMillis(), state));
        log.line(Messages.BuildExport_submitted(taskId));
    }

    @Override
    public void counted(long records) throws IOException {
        action.update(number, export -> export.counted(records));
        log.line(Messages.BuildExport_counted(records));
    }

    @Override
    public void running(String status) {
        ExportRecord export = action.get(number);
        log.running(export.getTaskId(), export.since(), status);
    }

    @Override
    public void succeeded() throws IOException {
        log.line(Messages.BuildExport_succeeded(action.get(number).getTaskId()));
    }

    @Override
    public Path reportFile() throws IOException {
        return archive.file(action.get(number));
    }

    @Override
    public void report(Path file, List<String> names) throws IOException {
        long size = Files.size(file);
        try {
            archive.keep(file, listener);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException(e.getMessage()).initCause(e);
        }
        String name = file.toFile().getName();
        action.update(number, export -> export.reported(name, size, names));
        log.line(Messages.BuildExport_archived(name, Functions.humanReadableByteSize(size)));
    }

    /** Leaves nothing half-done on disk. */
    void clean() throws IOException {
        archive.clean();
    }
}
