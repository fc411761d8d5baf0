package io.jenkins.plugins.hss.config;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.Terminator;
import hudson.model.listeners.ItemListener;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionList;

/** What builds wait for just now; it outlives a restart of Jenkins. */
@Extension
public final class RunningWork extends ItemListener {
    private static final Duration SUBMIT_TIMEOUT = Duration.ofSeconds(10);
    private static final long POLL_MILLIS = 20;

    private final Set<Work> work = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    /** Something that a build waits for on a thread. */
    public interface Work {
        /**
         * Does the work to its end.
         *
         * @param begun told the number of the work in the build before anything is sent
         * @return what a Pipeline gets
         * @throws InterruptedException when the build was aborted or Jenkins stops
         */
        Object run(IntConsumer begun) throws IOException, InterruptedException;

        /** Ends the work because the build was aborted; the thread cleans up by itself. */
        void abort();

        /** Returns whether a restart of Jenkins should wait. */
        boolean blocksRestart();

        /** Returns what is waited for, as a lowercase phrase for thread dumps. */
        String status();

        /** Returns whether a submit is on its way. */
        boolean isSubmitting();

        /** Leaves everything as it is on disk, where the Pipeline finds it after the restart of Jenkins. */
        void suspend();
    }

    public static RunningWork get() {
        return ExtensionList.lookupSingleton(RunningWork.class);
    }

    public void add(Work begun) {
        work.add(begun);
        if (stopping) {
            begun.suspend();
        }
    }

    public void remove(Work ended) {
        work.remove(ended);
    }

    /** Starts no further call, and lets the submits on the wire come to their end while the builds still have a log. */
    @Override
    public void onBeforeShutdown() {
        HssServices.get().limiters().close();
        long start = System.nanoTime();
        try {
            while (work.stream().anyMatch(Work::isSubmitting) && System.nanoTime() - start < SUBMIT_TIMEOUT.toNanos()) {
                Thread.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the threads; what Pipelines wait for goes on after the restart. */
    @Terminator(requires = FlowExecutionList.EXECUTIONS_SUSPENDED)
    public static void suspendAll() {
        RunningWork running = get();
        running.stopping = true;
        running.work.forEach(Work::suspend);
    }
}
