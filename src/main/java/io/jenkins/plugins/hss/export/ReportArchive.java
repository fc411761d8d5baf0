package io.jenkins.plugins.hss.export;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.hss.client.CallContext;
import io.jenkins.plugins.hss.config.Artifacts;
import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Makes the report of one export an artifact of its build, by way of a folder beside {@code build.xml}. */
final class ReportArchive {
    /** Of the 255 bytes that a file name may have, the task ID takes 64. */
    private static final int MAX_PART_BYTES = 80;

    private final Run<?, ?> run;
    private final int number;

    ReportArchive(Run<?, ?> run, int number) {
        this.run = run;
        this.number = number;
    }

    /** Asked anew each time: the job may be moved while it builds. */
    private File folder() {
        return new File(run.getRootDir(), "hss-exports/" + number + ".tmp");
    }

    /** Returns where to put the report first, nothing of an earlier attempt being left there. */
    Path file(ExportRecord export) throws IOException {
        File folder = folder();
        Files.createDirectories(folder.toPath());
        return folder.toPath().resolve(name(export));
    }

    /** Keeps the report as an artifact, wherever Jenkins keeps artifacts; what was copied in part is deleted again. */
    void keep(Path report, TaskListener listener, CallContext context) throws IOException, InterruptedException {
        Artifacts.keep(run, folder(), List.of(report.toFile().getName()), listener, context);
    }

    /** Leaves nothing behind. */
    void clean() throws IOException {
        File folder = folder();
        if (folder.exists()) {
            Util.deleteRecursive(folder);
        }
    }

    /** Returns a file name with CI/CD name, report type and task, for every file system. */
    static String name(ExportRecord export) {
        return "hss-" + part(export.getCicdName()) + part(export.getReportType()) + export.getTaskId() + ".zip";
    }

    private static String part(@CheckForNull String text) {
        if (text == null) {
            return "";
        }
        String safe = text.replaceAll("[^\\p{L}\\p{N}._-]+", "_");
        if (!Charset.forName(System.getProperty("sun.jnu.encoding", "US-ASCII"))
                .newEncoder()
                .canEncode(safe)) {
            safe = safe.replaceAll("[^A-Za-z0-9._-]+", "_");
        }
        while (safe.getBytes(StandardCharsets.UTF_8).length > MAX_PART_BYTES) {
            safe = safe.substring(0, safe.offsetByCodePoints(safe.length(), -1));
        }
        return safe + "-";
    }
}
