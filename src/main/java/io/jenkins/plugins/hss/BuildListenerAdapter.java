package io.jenkins.plugins.hss;

import hudson.model.BuildListener;
import hudson.model.TaskListener;
import java.io.PrintStream;

/** The listener of a Pipeline step where an artifact manager wants that of a build. */
final class BuildListenerAdapter implements BuildListener {
    private static final long serialVersionUID = 1L;

    private final TaskListener listener;

    BuildListenerAdapter(TaskListener listener) {
        this.listener = listener;
    }

    @Override
    public PrintStream getLogger() {
        return listener.getLogger();
    }
}
