package io.jenkins.plugins.hss;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.hss.client.CallContext;
import io.jenkins.plugins.hss.config.HssThreads;
import io.jenkins.plugins.hss.scan.BuildScan;
import io.jenkins.plugins.hss.scan.ImageScan;
import io.jenkins.plugins.hss.scan.ScanParameters;
import java.io.IOException;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** Follows the scan for a Pipeline step on a thread of its own; what must survive a restart of Jenkins is not transient. */
final class ScanExecution extends StepExecution {
    private static final long serialVersionUID = 1L;

    private final ImageScanResult scan;
    private long startedAt;
    long deadline;
    private int number;
    private transient CallContext calls;
    private transient volatile BuildScan running;

    ScanExecution(StepContext context, ImageScanResult scan) {
        super(context);
        this.scan = scan;
    }

    @Override
    public synchronized boolean start() throws IOException, InterruptedException {
        Instant now = Instant.now();
        startedAt = now.toEpochMilli();
        try {
            deadline = now.plus(parameters().options().timeout()).toEpochMilli();
        } catch (AbortException e) {
            BuildScan.refuse(getContext().get(Run.class), scan.image, e.getMessage());
            throw e;
        }
        begin();
        return false;
    }

    @Override
    public void onResume() {
        begin();
    }

    private ScanParameters parameters() throws IOException, InterruptedException {
        Instant buildStart = Instant.ofEpochMilli(getContext().get(Run.class).getStartTimeInMillis());
        try {
            return scan.toParameters(UnaryOperator.identity(), Instant.ofEpochMilli(startedAt), buildStart);
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }

    /** An abort may come before {@link #onResume}. */
    private synchronized CallContext begin() {
        if (calls == null) {
            CallContext context = new CallContext(Instant.ofEpochMilli(deadline));
            HssThreads.start(() -> run(context));
            calls = context;
        }
        return calls;
    }

    private void run(CallContext context) {
        try {
            running = new BuildScan(
                    getContext().get(Run.class),
                    getContext().get(TaskListener.class),
                    parameters(),
                    number,
                    context,
                    getContext());
            ImageScan result = running.run(begun -> number = begun);
            if (!context.isCancelled()) {
                getContext().onSuccess(result);
            }
        } catch (Throwable e) {
            if (!context.isCancelled()) {
                getContext().onFailure(e);
            }
        }
    }

    @Override
    public void stop(@NonNull Throwable cause) {
        CallContext aborted = begin();
        BuildScan current = running;
        if (current == null) {
            aborted.cancel();
        } else {
            current.abort();
        }
        getContext().onFailure(cause);
    }

    @Override
    public boolean blocksRestart() {
        BuildScan current = running;
        return current != null && current.blocksRestart();
    }

    @Override
    public String getStatus() {
        BuildScan current = running;
        return current == null ? "starting to look for the scan" : current.status();
    }
}
