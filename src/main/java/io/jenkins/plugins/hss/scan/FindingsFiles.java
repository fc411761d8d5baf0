package io.jenkins.plugins.hss.scan;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Run;
import io.jenkins.plugins.hss.config.DurableFile;
import io.jenkins.plugins.hss.engine.FindingsJson;
import io.jenkins.plugins.hss.engine.ScanResult;
import io.jenkins.plugins.hss.engine.StoredFindings;
import java.io.BufferedInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The findings of a build's scans, a compressed file each beside {@code build.xml}, read when somebody looks. */
final class FindingsFiles {
    /** A whole list takes some megabytes in memory. */
    private static final int MAX_READERS = 2;

    private static final Semaphore READERS = new Semaphore(MAX_READERS);

    private final Run<?, ?> run;
    private final Map<Integer, SoftReference<StoredFindings>> cache = new ConcurrentHashMap<>();

    FindingsFiles(Run<?, ?> run) {
        this.run = run;
    }

    /** Asked anew each time: the job may be moved while it builds. */
    private File folder() {
        return new File(run.getRootDir(), "hss-findings");
    }

    private Path file(int number) {
        return folder().toPath().resolve(number + ".json.gz");
    }

    /** Returns where files of a scan may lie until they are artifacts. */
    File temporary(int number) {
        return new File(folder(), number + ".tmp");
    }

    void write(int number, ScanResult result) throws IOException {
        DurableFile.write(file(number), true, out -> {
            GZIPOutputStream compressed = new GZIPOutputStream(out);
            FindingsJson.write(result, compressed);
            compressed.finish();
        });
        cache.remove(number);
    }

    /** Returns the findings of a scan, null where there are none. */
    @CheckForNull
    StoredFindings read(int number) throws IOException, InterruptedException {
        StoredFindings known = cached(number);
        if (known != null) {
            return known;
        }
        READERS.acquire();
        try {
            known = cached(number);
            if (known == null) {
                known = readFile(number);
                if (known != null) {
                    cache.put(number, new SoftReference<>(known));
                }
            }
            return known;
        } finally {
            READERS.release();
        }
    }

    @CheckForNull
    private StoredFindings cached(int number) {
        SoftReference<StoredFindings> reference = cache.get(number);
        return reference == null ? null : reference.get();
    }

    @CheckForNull
    private StoredFindings readFile(int number) throws IOException {
        try (InputStream file = Files.newInputStream(file(number));
                InputStream json = new BufferedInputStream(new GZIPInputStream(file))) {
            return FindingsJson.read(json);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** Deletes what a scan, or a process that was killed, left half-done. */
    void clean(int number) throws IOException {
        File[] left = folder().listFiles((folder, name) ->
                name.equals(number + ".tmp") || name.startsWith(number + ".json.gz.") && name.endsWith(".new"));
        if (left != null) {
            for (File file : left) {
                Util.deleteRecursive(file);
            }
        }
    }
}
