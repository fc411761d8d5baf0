package io.jenkins.plugins.hss.engine;

import java.io.IOException;

/** HSS says that an export task has failed. */
public final class TaskFailedException extends IOException {
    private static final long serialVersionUID = 1L;

    TaskFailedException(String taskId) {
        super(Messages.TaskFailedException_message(taskId));
    }
}
