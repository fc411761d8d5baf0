package io.jenkins.plugins.hss.export;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.hss.client.CallContext;
import io.jenkins.plugins.hss.client.HssClient;
import io.jenkins.plugins.hss.client.HssException;
import io.jenkins.plugins.hss.client.Operation;
import io.jenkins.plugins.hss.config.Blocking;
import io.jenkins.plugins.hss.config.ResolvedConnection;
import io.jenkins.plugins.hss.config.RunningWork;
import io.jenkins.plugins.hss.engine.ExportOptions;
import io.jenkins.plugins.hss.engine.ExportProcess;
import io.jenkins.plugins.hss.engine.ExportResult;
import io.jenkins.plugins.hss.engine.ExportTimeoutException;
import io.jenkins.plugins.hss.engine.PollInterval;
import io.jenkins.plugins.hss.engine.TaskFailedException;
import io.jenkins.plugins.hss.export.ExportRecord.State;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.zip.ZipException;
import jenkins.model.Jenkins;
import jenkins.util.SystemProperties;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Runs one export of a build, on the thread of the caller. */
public final class BuildExport implements RunningWork.Work {
    private static final Logger LOGGER = Logger.getLogger(BuildExport.class.getName());

    private final Run<?, ?> run;
    private final ExportParameters parameters;
    private final CallContext context;
    private final StepContext step;
    private final ExportLog log;
    private HssExportsAction action;
    private ResolvedConnection connection;
    private volatile BuildExportListener listener;
    private volatile int number;
    private volatile boolean suspended;

    /**
     * Takes the export of a freestyle build, or of a Pipeline step.
     *
     * @param number the number of the export in the build; 0 where it has not begun yet
     * @param context cancelled by {@link #abort}
     * @param step null for a freestyle build
     */
    public BuildExport(
            Run<?, ?> run,
            TaskListener taskListener,
            ExportParameters parameters,
            int number,
            CallContext context,
            @CheckForNull StepContext step) {
        this.run = run;
        this.parameters = parameters;
        this.number = number;
        this.context = context;
        this.step = step;
        this.log = new ExportLog(taskListener);
    }

    @Override
    public String run(IntConsumer begun) throws IOException, InterruptedException {
        RunningWork running = RunningWork.get();
        running.add(this);
        try {
            connection = Blocking.call(this::begin, context);
            begun.accept(number);
            saveStep();
            ExportResult result = new ExportProcess(
                            client(),
                            this::renewedClient,
                            parameters.request(),
                            parameters.options(),
                            pollInterval(),
                            listener,
                            context)
                    .run(record().progress());
            judge(result);
            if (parameters.options().waits()) {
                listener.end(State.SUCCEEDED, null);
            }
            return result.taskId();
        } catch (InterruptedException e) {
            interrupted();
            throw e;
        } catch (IOException e) {
            IOException failure = describe(e);
            fail(failure);
            throw failure;
        } catch (RuntimeException | Error e) {
            fail(e);
            throw e;
        } finally {
            running.remove(this);
        }
    }

    /** Resolves the connection, and takes the export into the build. */
    private ResolvedConnection begin() throws IOException, InterruptedException {
        action = HssExportsAction.of(run);
        ResolvedConnection resolved;
        if (number == 0) {
            resolved = ResolvedConnection.ofRun(run, parameters.overrides());
            String credentialsId = resolved.credentials().getId();
            if (action.getExports().stream()
                    .noneMatch(other -> other.getCredentialsId().equals(credentialsId))) {
                CredentialsProvider.track(run, resolved.credentials());
            }
            number = action.add(new ExportRecord(parameters, resolved.name(), credentialsId));
            log.unknownValues(parameters.request());
            log.submitting(record(), resolved.scope().projectId());
            listener = newListener();
        } else {
            if (record() == null) {
                throw new AbortException(Messages.BuildExport_recordLost());
            }
            listener = newListener();
            record().checkResumable();
            resolved = ResolvedConnection.ofRun(run, parameters.overrides().withConnection(record().getConnection()));
        }
        return resolved;
    }

    private BuildExportListener newListener() {
        return new BuildExportListener(run, log, action, number, parameters.options(), context, step != null);
    }

    /** A step that has posted is in the saved program, so that it is not begun again after a kill. */
    private void saveStep() throws IOException, InterruptedException {
        if (step != null && record().getTaskId() == null) {
            try {
                context.await(step.saveState());
            } catch (ExecutionException e) {
                throw new IOException(e.getCause());
            }
        }
    }

    private HssClient client() {
        return connection.client(context, this::rank, log::waiting, step == null ? null : this::isQuietingDown);
    }

    private boolean isQuietingDown() {
        return Jenkins.get().isQuietingDown();
    }

    /** The oldest export goes first, but each read sets it back by a minute, so that none keeps the others waiting. */
    private long rank(Operation operation) {
        return operation == Operation.STATUS
                ? record().since().toEpochMilli() + TimeUnit.MINUTES.toMillis(listener.reads())
                : 0;
    }

    @CheckForNull
    private HssClient renewedClient() throws IOException, InterruptedException {
        ResolvedConnection refused = connection;
        connection = Blocking.call(
                () -> ResolvedConnection.ofRun(run, parameters.overrides().withConnection(refused.name())), context);
        return connection.isSameCaller(refused) ? null : client();
    }

    private static PollInterval pollInterval() {
        return new PollInterval(
                millis("firstPollMillis", PollInterval.DEFAULT.first()),
                millis("maxPollMillis", PollInterval.DEFAULT.max()));
    }

    private static Duration millis(String property, Duration usual) {
        return Duration.ofMillis(
                Math.max(1, SystemProperties.getLong("io.jenkins.plugins.hss." + property, usual.toMillis())));
    }

    /** Applies the thresholds to the number of records. */
    private void judge(ExportResult result) throws IOException, InterruptedException {
        Long records = result.records();
        if (records == null) {
            return;
        }
        ExportOptions options = parameters.options();
        if (records == 0) {
            log.line(Messages.BuildExport_noRecords());
        }
        switch (result.verdict()) {
            case FAILED -> throw new AbortException(Messages.BuildExport_failAbove(records, options.failAbove()));
            case UNSTABLE -> {
                String reason = Messages.BuildExport_unstableAbove(records, options.unstableAbove());
                log.line(reason);
                listener.unstable(reason);
                run.setResult(Result.UNSTABLE);
                if (step != null) {
                    step.get(FlowNode.class).addOrReplaceAction(new WarningAction(Result.UNSTABLE).withMessage(reason));
                }
            }
            case PASSED -> {}
        }
    }

    /** Returns the failure as the build shows it: without a stack trace where the message says it all. */
    private IOException describe(IOException failure) {
        ExportRecord record = number == 0 ? null : record();
        boolean resumedInVain = connection == null && record != null && !record.hasEnded();
        if (failure instanceof HssException
                || failure instanceof ZipException
                || failure instanceof AbortException && !resumedInVain) {
            return new AbortException(failure.getMessage());
        }
        String remoteState = record == null ? "" : " " + record.describeRemoteState();
        if (failure instanceof ExportTimeoutException
                || failure instanceof TaskFailedException
                || failure instanceof AbortException) {
            return new AbortException(failure.getMessage() + remoteState);
        }
        return new IOException(failure + remoteState, failure);
    }

    private void fail(Throwable failure) {
        if (listener != null && !suspended) {
            listener.end(State.FAILED, failure instanceof IOException ? failure.getMessage() : failure.toString());
        }
    }

    private void interrupted() {
        if (suspended) {
            return;
        }
        if (number == 0) {
            log.line(Messages.BuildExport_aborted(Messages.BuildExport_nothingYet()));
            return;
        }
        try {
            if (listener == null) {
                action = HssExportsAction.of(run);
                listener = newListener();
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Cannot record the abort of an export of " + run);
            return;
        }
        if (step == null) {
            log.aborted(record());
        }
        listener.end(State.ABORTED, null);
    }

    @Override
    public void abort() {
        if (number != 0 && action != null) {
            log.aborted(record());
        }
        context.cancel();
    }

    @Override
    public void suspend() {
        suspended = step != null;
        context.cancel();
    }

    @Override
    public boolean isSubmitting() {
        return listener != null && listener.isSubmitting();
    }

    @Override
    public boolean blocksRestart() {
        return listener != null && (listener.isSubmitting() || listener.isArchiving());
    }

    @Override
    public String status() {
        return number == 0 || action == null ? "preparing the export" : record().status();
    }

    private ExportRecord record() {
        return action.get(number);
    }
}
