package io.jenkins.plugins.hss.scan;

import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.hss.client.CallContext;
import io.jenkins.plugins.hss.config.Artifacts;
import io.jenkins.plugins.hss.config.Blocking;
import io.jenkins.plugins.hss.engine.FindingsJson;
import io.jenkins.plugins.hss.engine.Sarif;
import io.jenkins.plugins.hss.engine.ScanResult;
import java.io.BufferedOutputStream;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import jenkins.util.VirtualFile;

/** Makes the findings of one scan artifacts of its build. */
final class FindingsArchive {
    private static final int MAX_IMAGE = 100;

    private final Run<?, ?> run;
    private final String name;
    private final File folder;

    /** Takes the image as the build names it, and a folder for the files until they are artifacts. */
    FindingsArchive(Run<?, ?> run, int number, String image, File folder) {
        String safe = image.replaceAll("[^A-Za-z0-9._]", "-");
        this.run = run;
        this.name = "hss-" + safe.substring(0, Math.min(safe.length(), MAX_IMAGE)) + "-" + number;
        this.folder = folder;
    }

    private String sarif() {
        return name + ".sarif";
    }

    private String json() {
        return name + ".json";
    }

    /**
     * Keeps the findings, and returns the names of their files.
     *
     * @param again whether this scan may have kept them before Jenkins was restarted: then those stay
     * @throws AbortException where another artifact has such a name
     */
    List<String> keep(ScanResult result, boolean again, TaskListener listener, CallContext context)
            throws IOException, InterruptedException {
        List<String> names = List.of(sarif(), json());
        List<String> there = Blocking.call(() -> existing(names), context);
        if (!there.isEmpty() && !again) {
            throw new AbortException(Messages.FindingsArchive_exists(there.get(0)));
        }
        List<String> missing = new ArrayList<>(names);
        missing.removeAll(there);
        if (!missing.isEmpty()) {
            Files.createDirectories(folder.toPath());
            write(sarif(), out -> Sarif.write(result, out));
            write(json(), out -> FindingsJson.write(result, out));
            Artifacts.keep(run, folder, missing, listener, context);
        }
        return names;
    }

    private List<String> existing(List<String> names) throws IOException {
        VirtualFile root = run.getArtifactManager().root();
        List<String> existing = new ArrayList<>();
        for (String candidate : names) {
            if (root.child(candidate).exists()) {
                existing.add(candidate);
            }
        }
        return existing;
    }

    private interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private void write(String file, Content content) throws IOException {
        try (OutputStream out = new BufferedOutputStream(new FileOutputStream(new File(folder, file)))) {
            content.writeTo(out);
        }
    }
}
