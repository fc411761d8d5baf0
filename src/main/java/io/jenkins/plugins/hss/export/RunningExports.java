package io.jenkins.plugins.hss.export;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.Terminator;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.hss.config.HssServices;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionList;

/** The exports under way, which outlive a restart of Jenkins. */
@Extension
public final class RunningExports extends ItemListener {
    private static final Duration SUBMIT_TIMEOUT = Duration.ofSeconds(10);
    private static final long POLL_MILLIS = 20;

    private final Set<BuildExport> exports = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    static RunningExports get() {
        return ExtensionList.lookupSingleton(RunningExports.class);
    }

    void add(BuildExport export) {
        exports.add(export);
        if (stopping) {
            export.suspend();
        }
    }

    void remove(BuildExport export) {
        exports.remove(export);
    }

    /** Starts no further call, and lets the submits on the wire come to their end while the builds still have a log. */
    @Override
    public void onBeforeShutdown() {
        HssServices.get().limiters().close();
        long start = System.nanoTime();
        try {
            while (exports.stream().anyMatch(BuildExport::isSubmitting)
                    && System.nanoTime() - start < SUBMIT_TIMEOUT.toNanos()) {
                Thread.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the threads; the exports of Pipelines go on after the restart. */
    @Terminator(requires = FlowExecutionList.EXECUTIONS_SUSPENDED)
    public static void suspendAll() {
        RunningExports running = get();
        running.stopping = true;
        running.exports.forEach(BuildExport::suspend);
    }
}
