package io.jenkins.plugins.hss.run;

import io.jenkins.plugins.hss.client.Operation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Is told how far an export has come; what it is told must outlive the process when the method returns. */
public interface Progress {
    /** The export has to wait for its turn to make a call. */
    void waiting(Operation operation, Duration about);

    /** The submit is about to be sent: from now on nobody knows whether a task exists. */
    void submitting() throws IOException;

    /** The submit has certainly not created a task. */
    void notSubmitted() throws IOException;

    /** The task exists. */
    void submitted(String taskId) throws IOException;

    /** So many records match the filters of the export. */
    void counted(long records) throws IOException;

    /** The task is still running, in the service's word. */
    void running(String status);

    /** The task has succeeded. */
    void succeeded() throws IOException;

    /** Returns where the report may be put until it is kept; the folder exists. */
    Path reportFile() throws IOException;

    /** Keeps the report with the build; the file is no longer needed afterwards. */
    void report(Path file, List<String> names) throws IOException;
}
