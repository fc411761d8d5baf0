package io.jenkins.plugins.hss.scan;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.hss.client.CallContext;
import io.jenkins.plugins.hss.client.DeadlineExceededException;
import io.jenkins.plugins.hss.client.HssClient;
import io.jenkins.plugins.hss.client.HssException;
import io.jenkins.plugins.hss.config.Blocking;
import io.jenkins.plugins.hss.config.ResolvedConnection;
import io.jenkins.plugins.hss.config.RunningWork;
import io.jenkins.plugins.hss.engine.NotScannedException;
import io.jenkins.plugins.hss.engine.QualityGate;
import io.jenkins.plugins.hss.engine.ScanException;
import io.jenkins.plugins.hss.engine.ScanProcess;
import io.jenkins.plugins.hss.engine.ScanResult;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.function.IntConsumer;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Runs one scan of a build, on the thread of the caller: waits for it, keeps its findings, judges them last. */
public final class BuildScan implements RunningWork.Work {
    /** There is no event for a quiet-down that is cancelled. */
    private static final Duration QUIET_DOWN_POLL = Duration.ofSeconds(1);

    private final Run<?, ?> run;
    private final ScanParameters parameters;
    private final CallContext context;
    private final StepContext step;
    private final ScanLog log;
    private final boolean resumed;
    private HssScansAction action;
    private ResolvedConnection connection;
    private volatile BuildScanListener listener;
    private volatile int number;
    private volatile boolean suspended;
    private volatile boolean archiving;

    /**
     * Takes the scan of a freestyle build, or of a Pipeline step.
     *
     * @param number the number of the scan in the build; 0 where it has not begun yet
     * @param context cancelled by {@link #abort}
     * @param step null for a freestyle build
     */
    public BuildScan(
            Run<?, ?> run,
            TaskListener taskListener,
            ScanParameters parameters,
            int number,
            CallContext context,
            @CheckForNull StepContext step) {
        this.run = run;
        this.parameters = parameters;
        this.number = number;
        this.resumed = number != 0;
        this.context = context;
        this.step = step;
        this.log = new ScanLog(taskListener);
    }

    /** Takes a scan into the build whose parameters are refused: what an earlier scan says holds no longer. */
    public static void refuse(Run<?, ?> run, String image, String reason) {
        HssScansAction.of(run).add(number -> ScanRecord.refused(number, image, reason));
    }

    @Override
    public ImageScan run(IntConsumer begun) throws IOException, InterruptedException {
        RunningWork running = RunningWork.get();
        running.add(this);
        try {
            begin();
            if (!record().hasEnded()) {
                connection = Blocking.call(this::resolve, context);
                begun.accept(number);
                saveStep();
                scan();
            }
            conclude();
            return new ImageScan(record(), action.url(number));
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

    /** Takes the scan into the build before anything can go wrong: what an earlier scan says holds no longer. */
    private void begin() throws IOException {
        action = HssScansAction.of(run);
        if (!resumed) {
            number = action.add(next -> ScanRecord.of(next, parameters));
        } else if (record() == null) {
            throw new AbortException(Messages.BuildScan_recordLost());
        }
        listener = new BuildScanListener(run, log, action, number);
    }

    private ResolvedConnection resolve() throws IOException {
        String name = record().getConnection();
        if (name != null) {
            return ResolvedConnection.ofRun(run, parameters.overrides().withConnection(name));
        }
        ResolvedConnection resolved = ResolvedConnection.ofRun(run, parameters.overrides());
        String credentialsId = resolved.credentials().getId();
        if (action.getScans().stream().noneMatch(other -> credentialsId.equals(other.credentialsId()))) {
            CredentialsProvider.track(run, resolved.credentials());
        }
        action.update(number, scan -> scan.with(resolved));
        log.begun(record(), resolved.scope().projectId());
        return resolved;
    }

    /** A step that has begun is in the saved program, so that it goes on with its number after a kill. */
    private void saveStep() throws IOException, InterruptedException {
        if (step != null && !resumed) {
            try {
                context.await(step.saveState());
            } catch (ExecutionException e) {
                throw new IOException(e.getCause());
            }
        }
    }

    private HssClient client() {
        return connection.client(context, operation -> 0, log::rateLimited, null);
    }

    @CheckForNull
    private HssClient renewedClient() throws IOException, InterruptedException {
        ResolvedConnection refused = connection;
        connection = Blocking.call(
                () -> ResolvedConnection.ofRun(run, parameters.overrides().withConnection(refused.name())), context);
        return connection.isSameCaller(refused) ? null : client();
    }

    /** Waits for the scan, keeps what it has found, and records the verdict. */
    private void scan() throws IOException, InterruptedException {
        ScanResult result;
        try {
            result = new ScanProcess(
                            client(),
                            this::renewedClient,
                            ImageReaders.get().of(connection),
                            parameters.options(),
                            listener,
                            context)
                    .run();
        } catch (NotScannedException e) {
            listener.end(Outcome.NOT_SCANNED, e.getMessage());
            return;
        }
        keep(result);
    }

    /** Keeps the findings and the verdict of a scan. */
    private void keep(ScanResult result) throws IOException, InterruptedException {
        action.files().write(number, result);
        if (parameters.archiveFindings()) {
            archive(result);
        }
        // Those that didn't pass are told at the end.
        result.gates().stream().filter(QualityGate.Result::passed).forEach(gate -> log.line(gate.describe()));
        action.files().clean(number);
        action.update(
                number, scan -> scan.judged(result, JudgedGate.reason(result.gates()), System.currentTimeMillis()));
    }

    private void archive(ScanResult result) throws IOException, InterruptedException {
        while (step != null && Jenkins.get().isQuietingDown()) {
            context.sleep(QUIET_DOWN_POLL);
        }
        archiving = true;
        try {
            String image = parameters.options().image().toString();
            FindingsArchive archive =
                    new FindingsArchive(run, number, image, action.files().temporary(number));
            List<String> names = archive.keep(result, resumed, log.listener(), context);
            log.line(Messages.BuildScan_archived(String.join(", ", names)));
        } finally {
            archiving = false;
        }
    }

    /** Lets the build become what the record says, after a restart of Jenkins, too. */
    private void conclude() throws IOException, InterruptedException {
        ScanRecord scan = record();
        if (scan.isAborted()) {
            throw new FlowInterruptedException(Result.ABORTED);
        }
        boolean judged = !scan.getGates().isEmpty();
        String line = judged ? scan.getImage() + ": " + scan.getReason() : scan.getReason();
        switch (Objects.requireNonNull(scan.outcome())) {
            case PASSED ->
                log.line(
                        judged
                                ? Messages.BuildScan_passed(scan.getImage())
                                : Messages.BuildScan_notJudged(scan.getImage()));
            case UNSTABLE -> unstable(line);
            case FAILED -> throw new AbortException(line);
            case NOT_SCANNED -> {
                if (parameters.notScanned() != Result.UNSTABLE) {
                    throw new AbortException(line);
                }
                unstable(line);
            }
        }
    }

    private void unstable(String line) throws IOException, InterruptedException {
        log.line(line);
        run.setResult(Result.UNSTABLE);
        if (step != null) {
            step.get(FlowNode.class).addOrReplaceAction(new WarningAction(Result.UNSTABLE).withMessage(line));
        }
    }

    /** Returns the failure as the build shows it: without a stack trace where the message says it all. */
    private IOException describe(IOException failure) {
        if (failure instanceof DeadlineExceededException) {
            return new AbortException(
                    Messages.BuildScan_timeout(parameters.options().timeout().toMinutes()));
        }
        return failure instanceof HssException || failure instanceof ScanException
                ? new AbortException(failure.getMessage())
                : failure;
    }

    private void fail(Throwable failure) {
        if (listener != null && !suspended) {
            listener.end(Outcome.FAILED, failure instanceof IOException ? failure.getMessage() : failure.toString());
        }
    }

    private void interrupted() {
        if (!suspended && listener != null) {
            listener.abort();
        }
    }

    @Override
    public void abort() {
        BuildScanListener current = listener;
        if (current != null) {
            current.aborting();
        } else if (!resumed) {
            refuse(run, parameters.options().image().toString(), Messages.ScanRecord_aborted());
        }
        context.cancel();
    }

    @Override
    public boolean isSubmitting() {
        return false;
    }

    @Override
    public void suspend() {
        suspended = step != null;
        context.cancel();
    }

    @Override
    public boolean blocksRestart() {
        return archiving;
    }

    @Override
    public String status() {
        BuildScanListener current = listener;
        return current == null ? "preparing the scan" : current.status() + " " + record().getImage();
    }

    private ScanRecord record() {
        return action.get(number);
    }
}
