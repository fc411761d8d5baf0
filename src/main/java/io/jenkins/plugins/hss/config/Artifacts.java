package io.jenkins.plugins.hss.config;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.hss.client.CallContext;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import jenkins.util.BuildListenerAdapter;

/** Makes files artifacts of their build, wherever Jenkins keeps artifacts. */
public final class Artifacts {
    private Artifacts() {}

    /** Keeps files of a folder under their names; what was copied in part is deleted again. */
    public static void keep(Run<?, ?> run, File folder, List<String> names, TaskListener listener, CallContext context)
            throws IOException, InterruptedException {
        boolean kept = false;
        try {
            Blocking.call(
                    () -> {
                        Launcher launcher = Jenkins.get().createLauncher(listener);
                        run.pickArtifactManager()
                                .archive(
                                        new FilePath(folder),
                                        launcher,
                                        BuildListenerAdapter.wrap(listener),
                                        names.stream().collect(Collectors.toMap(Function.identity(), name -> name)));
                        return null;
                    },
                    context);
            kept = true;
        } finally {
            if (!kept) {
                for (String name : names) {
                    Files.deleteIfExists(run.getArtifactsDir().toPath().resolve(name));
                }
            }
        }
    }
}
