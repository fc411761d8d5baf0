package io.jenkins.plugins.hss;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.FilePath;
import hudson.Launcher;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.tasks.Fingerprinter;
import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import jenkins.model.Jenkins;

/** Makes the report of one export an artifact of its build, by way of a folder beside the build's other files. */
final class ReportArchive {
    private static final int LONGEST_CICD_NAME = 60;

    private final Run<?, ?> run;
    private final File folder;

    ReportArchive(Run<?, ?> run, int number) {
        this.run = run;
        this.folder = new File(run.getRootDir(), "hss-exports/" + number + ".tmp");
    }

    /** Returns where the report is to be put first, nothing of an earlier try being left there. */
    Path file(ExportRecord export) throws IOException {
        Files.createDirectories(folder.toPath());
        return folder.toPath().resolve(name(export));
    }

    /** Keeps the report as an artifact with a fingerprint, wherever Jenkins keeps artifacts. */
    void keep(Path report, TaskListener listener) throws IOException, InterruptedException {
        String name = report.toFile().getName();
        FilePath workspace = new FilePath(folder);
        Launcher launcher = Jenkins.get().createLauncher(listener);
        run.pickArtifactManager().archive(workspace, launcher, new BuildListenerAdapter(listener), Map.of(name, name));
        new Fingerprinter(name).perform(run, workspace, run.getEnvironment(listener), launcher, listener);
    }

    /** Leaves nothing behind. */
    void clean() throws IOException {
        if (folder.exists()) {
            Util.deleteRecursive(folder);
        }
    }

    /** Returns a file name that tells CI/CD name, report type and task, for every file system. */
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
        int length = Math.min(LONGEST_CICD_NAME, safe.codePointCount(0, safe.length()));
        return safe.substring(0, safe.offsetByCodePoints(0, length)) + "-";
    }
}
