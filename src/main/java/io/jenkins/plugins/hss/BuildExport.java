package io.jenkins.plugins.hss;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.init.Terminator;
import hudson.model.Computer;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.hss.ExportRecord.State;
import io.jenkins.plugins.hss.client.ExportRequest;
import io.jenkins.plugins.hss.client.HssException;
import io.jenkins.plugins.hss.client.Operation;
import io.jenkins.plugins.hss.client.Steps;
import io.jenkins.plugins.hss.config.HssAccess;
import io.jenkins.plugins.hss.run.ExportRun;
import io.jenkins.plugins.hss.run.Plan;
import io.jenkins.plugins.hss.run.TaskFailedException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** One export of one build: checks it, carries it out, and judges its outcome; public for the terminator alone. */
public final class BuildExport {
    private static final Logger LOGGER = Logger.getLogger(BuildExport.class.getName());

    /** Those under way, to be left alone when Jenkins stops. */
    private static final Set<BuildExport> RUNNING = ConcurrentHashMap.newKeySet();

    private final Run<?, ?> run;
    private final HssExportsAction action;
    private final int number;
    private final HssAccess access;
    private final ExportRequest request;
    private final Handling handling;
    private final ExportLog log;
    private final ExportProgress progress;
    private final AtomicInteger reads = new AtomicInteger();
    private volatile CompletableFuture<Void> running;

    private BuildExport(
            Run<?, ?> run,
            TaskListener listener,
            HssExportsAction action,
            int number,
            HssAccess access,
            ExportRequest request,
            Handling handling) {
        this.run = run;
        this.action = action;
        this.number = number;
        this.access = access;
        this.request = request;
        this.handling = handling;
        this.log = new ExportLog(listener);
        this.progress = new ExportProgress(run, listener, log, action, number, handling.follow());
    }

    /**
     * Checks everything that can be checked without a call, and takes the export into the build.
     *
     * @param expand replaces variables in texts
     * @throws AbortException when something is wrong that a person has to mend
     * @throws FlowInterruptedException when it turns out that it had been aborted before a restart of Jenkins
     */
    static BuildExport prepare(
            Run<?, ?> run, TaskListener listener, ImageReportExport export, UnaryOperator<String> expand)
            throws IOException, FlowInterruptedException {
        Instant now = Instant.now();
        ExportRequest request;
        Handling handling;
        try {
            request = export.toRequest(expand, now);
            handling = export.toHandling(expand, now);
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
        HssAccess access = HssAccess.of(run, export.toTarget(expand));
        HssExportsAction action = HssExportsAction.of(run);
        String credentialsId = access.credentials().getId();
        if (action.getExports().stream()
                .noneMatch(other -> other.getCredentialsId().equals(credentialsId))) {
            CredentialsProvider.track(run, access.credentials());
        }
        ExportRecord record = new ExportRecord(
                request.reportType(),
                ImageReportExport.expanded(expand, export.getCicdName()),
                access.place(),
                credentialsId,
                handling.taskIdVariable(),
                now.toEpochMilli());
        Integer before = action.begunBefore(record);
        if (before != null) {
            return resume(run, listener, export, before);
        }
        int number = action.add(record);
        BuildExport prepared = new BuildExport(run, listener, action, number, access, request, handling);
        request.unknownWords()
                .forEach((field, word) -> prepared.log.line(Messages.BuildExport_unknownWord(field.parameter(), word)));
        prepared.log.submitting(action.get(number), access);
        return prepared;
    }

    /**
     * Takes up, after a restart of Jenkins, what {@link #prepare} began.
     *
     * @throws AbortException when a submit was interrupted, the export had failed already, or something is wrong that a
     *     person has to mend
     * @throws FlowInterruptedException when the export had been aborted already
     */
    static BuildExport resume(Run<?, ?> run, TaskListener listener, ImageReportExport export, int number)
            throws IOException, FlowInterruptedException {
        HssExportsAction action = HssExportsAction.of(run);
        ExportRecord record = action.get(number);
        if (record == null) {
            throw new AbortException(Messages.BuildExport_recordLost());
        }
        // The process may have ended between the export's end and the step's.
        if (record.getState() == State.ABORTED) {
            throw new FlowInterruptedException(Result.ABORTED);
        }
        if (record.getState() == State.FAILED) {
            throw new AbortException(record.getError());
        }
        try {
            if (record.getState() == State.SUBMITTING) {
                throw new AbortException(Messages.BuildExport_interrupted());
            }
            Instant began = record.getStartedAt().toInstant();
            UnaryOperator<String> same = UnaryOperator.identity();
            return new BuildExport(
                    run,
                    listener,
                    action,
                    number,
                    HssAccess.of(run, export.toTarget(same)),
                    export.toRequest(same, began),
                    export.toHandling(same, began));
        } catch (AbortException | IllegalArgumentException e) {
            String error = record.getTaskId() == null ? e.getMessage() : e.getMessage() + " " + record.standing();
            action.update(number, known -> known.ended(State.FAILED, error, System.currentTimeMillis()));
            new ReportArchive(run, number).clean();
            throw new AbortException(error);
        }
    }

    /** Returns the export's number in its build, by which {@link #resume} finds it again. */
    int number() {
        return number;
    }

    /**
     * Carries the export out.
     *
     * @return the task's ID; cancelled, and never to be told to a build, when it was aborted or Jenkins stops
     */
    CompletableFuture<String> start() {
        ExportRecord known = action.get(number);
        Plan plan = new Plan(
                handling.counts() && known.getRecords() == null,
                handling.follow() && known.getState() != State.SUCCEEDED,
                handling.archive() && known.getReport() == null,
                handling.deadline());
        ExportRun export = new ExportRun(
                access::client,
                access.gate(this::rank, progress::waiting),
                request,
                plan,
                progress,
                access.executor(),
                Computer.threadPoolForRemoting);
        RUNNING.add(this);
        running = export.start(known.getTaskId());
        return running.handle((done, failure) -> end(failure));
    }

    /** The oldest export goes first, but each read sets it back a minute, so that none keeps the others waiting. */
    private long rank(Operation operation) {
        if (operation != Operation.STATUS) {
            return 0;
        }
        return action.get(number).since().toEpochMilli() + reads.getAndIncrement() * TimeUnit.MINUTES.toMillis(1);
    }

    private String end(@CheckForNull Throwable failure) {
        RUNNING.remove(this);
        Throwable cause = failure == null ? null : Steps.cause(failure);
        try {
            if (cause instanceof CancellationException) {
                throw new CancellationException();
            }
            progress.clean();
            if (cause == null) {
                judge();
            } else {
                throw explained(cause);
            }
            if (handling.follow()) {
                record(State.SUCCEEDED, null);
            }
            return action.get(number).getTaskId();
        } catch (IOException e) {
            record(State.FAILED, e.getMessage());
            throw new CompletionException(e);
        }
    }

    /** Compares the number of records with what the build allows. */
    private void judge() throws AbortException {
        Long records = action.get(number).getRecords();
        if (records == null) {
            return;
        }
        Long failAbove = handling.failAbove();
        if (failAbove != null && records > failAbove) {
            throw new AbortException(Messages.BuildExport_failAbove(records, failAbove));
        }
        Long unstableAbove = handling.unstableAbove();
        if (unstableAbove != null && records > unstableAbove) {
            log.line(Messages.BuildExport_unstableAbove(records, unstableAbove));
            run.setResult(Result.UNSTABLE);
        }
    }

    /** Returns the failure as a build shows it: without a stack trace where the message says it all. */
    private IOException explained(Throwable cause) {
        if (cause instanceof TimeoutException) {
            long minutes = Duration.between(action.get(number).getStartedAt().toInstant(), handling.deadline())
                    .toMinutes();
            return new AbortException(
                    Messages.BuildExport_timeout(minutes, action.get(number).standing()));
        }
        boolean plain = cause instanceof HssException
                || cause instanceof TaskFailedException
                || cause instanceof IllegalArgumentException
                || cause instanceof java.util.zip.ZipException;
        return plain ? new AbortException(cause.getMessage()) : new IOException(cause.toString(), cause);
    }

    private void record(State state, @CheckForNull String error) {
        try {
            action.update(number, export -> export.ended(state, error, System.currentTimeMillis()));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Cannot record the end of an export of " + run);
        }
    }

    /** Ends the export because its build is aborted; no call follows, and the log says what stands in HSS. */
    void abort() {
        cancel();
        String standing = action.get(number).standing();
        record(State.ABORTED, null);
        log.line(Messages.BuildExport_aborted(standing));
        try {
            progress.clean();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Cannot remove the rest of a report of " + run);
        }
    }

    private void cancel() {
        CompletableFuture<Void> under = running;
        if (under != null) {
            under.cancel(true);
        }
    }

    /** Returns in words what the export is waiting for, and since when. */
    String status() {
        ExportRecord export = action.get(number);
        return export.getTaskId() == null
                ? Messages.BuildExport_statusSubmit(export.getStateLabel(), export.getStartedAt())
                : Messages.BuildExport_statusTask(export.getTaskId(), export.getSubmittedAt());
    }

    /** Leaves everything as it is on disk, where the next start of Jenkins finds it. */
    @Terminator
    public static void suspendAll() {
        RUNNING.forEach(BuildExport::cancel);
        RUNNING.clear();
    }
}
