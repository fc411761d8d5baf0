package io.jenkins.plugins.hss.export;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Functions;
import hudson.model.Run;
import io.jenkins.plugins.hss.client.CallContext;
import io.jenkins.plugins.hss.client.HssException;
import io.jenkins.plugins.hss.engine.ExportListener;
import io.jenkins.plugins.hss.engine.ExportOptions;
import io.jenkins.plugins.hss.export.ExportRecord.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** Writes how an export goes into the record and the log of its build. */
final class BuildExportListener implements ExportListener {
    private static final Logger LOGGER = Logger.getLogger(BuildExportListener.class.getName());
    /** There is no event for a quiet-down that is cancelled. */
    private static final Duration QUIET_DOWN_POLL = Duration.ofSeconds(1);

    private final Run<?, ?> run;
    private final ExportLog log;
    private final HssExportsAction action;
    private final int number;
    private final ExportOptions options;
    private final CallContext context;
    private final boolean resumable;
    private final ReportArchive archive;
    private final AtomicInteger reads = new AtomicInteger();
    private volatile boolean submitting;
    private volatile boolean archiving;

    /** Takes whether the export goes on after a restart of Jenkins, which then need not wait for it. */
    BuildExportListener(
            Run<?, ?> run,
            ExportLog log,
            HssExportsAction action,
            int number,
            ExportOptions options,
            CallContext context,
            boolean resumable) {
        this.run = run;
        this.log = log;
        this.action = action;
        this.number = number;
        this.options = options;
        this.context = context;
        this.resumable = resumable;
        this.archive = new ReportArchive(run, number);
    }

    @Override
    public void sending() throws IOException {
        submitting = true;
        action.updateForced(number, export -> export.in(State.SUBMITTING));
    }

    @Override
    public void createdNothing() throws IOException {
        action.update(number, export -> export.in(State.QUEUED));
        submitting = false;
    }

    @Override
    public void retrying(HssException failure, Duration pause) {
        log.retrying(failure, pause);
    }

    @Override
    public void submitted(String taskId) throws IOException {
        try {
            log.line(Messages.BuildExport_submitted(taskId));
            State state = options.waits() ? State.RUNNING : State.SUBMITTED;
            action.updateForced(number, export -> export.submitted(taskId, System.currentTimeMillis(), state));
        } finally {
            submitting = false;
        }
    }

    @Override
    public void counted(long records) throws IOException {
        action.update(number, export -> export.counted(records));
        log.line(Messages.BuildExport_counted(records));
    }

    @Override
    public void running(String status) {
        reads.incrementAndGet();
        ExportRecord export = record();
        log.running(export.getTaskId(), export.since(), status);
    }

    @Override
    public void succeeded() {
        log.line(Messages.BuildExport_succeeded(record().getTaskId()));
    }

    @Override
    public Path reportFile() throws IOException {
        return archive.file(record());
    }

    @Override
    public void downloaded(Path file, List<String> names) throws IOException, InterruptedException {
        while (resumable && Jenkins.get().isQuietingDown()) {
            context.sleep(QUIET_DOWN_POLL);
        }
        archiving = true;
        try {
            long size = Files.size(file);
            archive.keep(file, log.listener(), context);
            String name = file.toFile().getName();
            action.update(number, export -> export.reported(name, size, names));
            log.line(Messages.BuildExport_archived(name, Functions.humanReadableByteSize(size)));
        } finally {
            archiving = false;
        }
    }

    private ExportRecord record() {
        return Objects.requireNonNull(action.get(number));
    }

    void unstable(String reason) throws IOException {
        action.update(number, export -> export.unstable(reason));
    }

    /** Records the end, and leaves nothing half-done on disk. */
    void end(State state, @CheckForNull String error) {
        submitting = false;
        try {
            archive.clean();
            action.update(number, export -> export.ended(state, error, System.currentTimeMillis()));
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "Cannot record the end of an export of " + run);
        }
    }

    /** Returns how often the task was seen running. */
    int reads() {
        return reads.get();
    }

    boolean isSubmitting() {
        return submitting;
    }

    boolean isArchiving() {
        return archiving;
    }
}
