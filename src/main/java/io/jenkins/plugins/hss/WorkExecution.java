package io.jenkins.plugins.hss;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import io.jenkins.plugins.hss.client.CallContext;
import io.jenkins.plugins.hss.config.HssThreads;
import io.jenkins.plugins.hss.config.RunningWork.Work;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** Does the work of a step on a thread of its own; what must survive a restart of Jenkins is not transient. */
abstract class WorkExecution extends StepExecution {
    private static final long serialVersionUID = 1L;

    private long startedAt;
    long deadline;
    private int number;
    private transient CallContext calls;
    private transient volatile Work running;

    WorkExecution(StepContext context) {
        super(context);
    }

    /**
     * Checks the parameters, and returns after which time the work is given up.
     *
     * @throws AbortException when they are refused
     */
    abstract Duration timeout(Instant start) throws IOException, InterruptedException;

    /**
     * Returns the work to do.
     *
     * @param start when the step was started
     * @param begun the number of the work in its build, 0 where it has not begun yet
     */
    abstract Work work(Instant start, int begun, CallContext context) throws IOException, InterruptedException;

    @Override
    public synchronized boolean start() throws IOException, InterruptedException {
        Instant now = Instant.now();
        startedAt = now.toEpochMilli();
        deadline = now.plus(timeout(now)).toEpochMilli();
        begin();
        return false;
    }

    @Override
    public void onResume() {
        begin();
    }

    /** An abort may come before {@link #onResume}. */
    private synchronized CallContext begin() {
        if (calls == null) {
            CallContext context = new CallContext(Instant.ofEpochMilli(deadline));
            Instant start = Instant.ofEpochMilli(startedAt);
            HssThreads.start(() -> run(start, context));
            calls = context;
        }
        return calls;
    }

    private void run(Instant start, CallContext context) {
        try {
            running = work(start, number, context);
            Object result = running.run(begun -> number = begun);
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
        Work current = running;
        if (current == null) {
            aborted.cancel();
        } else {
            current.abort();
        }
        getContext().onFailure(cause);
    }

    @Override
    public boolean blocksRestart() {
        Work current = running;
        return current != null && current.blocksRestart();
    }

    @Override
    public String getStatus() {
        Work current = running;
        return current == null ? "starting" : current.status();
    }
}
