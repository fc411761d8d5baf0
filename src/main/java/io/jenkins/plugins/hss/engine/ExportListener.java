package io.jenkins.plugins.hss.engine;

import io.jenkins.plugins.hss.client.HssException;
import io.jenkins.plugins.hss.client.SendListener;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Is told how far an export has come; what it is told is on disk when the method returns. */
public interface ExportListener extends SendListener {
    /** The submit has created nothing and is repeated after a pause. */
    void retrying(HssException failure, Duration pause);

    /** The task exists. */
    void submitted(String taskId) throws IOException;

    /** So many records match the filters. */
    void counted(long records) throws IOException;

    /** The task has not ended; the status is HSS's own word. */
    void running(String status);

    /** The task has succeeded. */
    void succeeded() throws IOException;

    /** Returns where to put the report; the folder exists. */
    Path reportFile() throws IOException;

    /** Keeps the report, whose first files have these names. */
    void downloaded(Path file, List<String> names) throws IOException, InterruptedException;
}
