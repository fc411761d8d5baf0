package io.jenkins.plugins.hss.export;

import hudson.Util;
import hudson.XmlFile;
import hudson.model.Run;
import io.jenkins.plugins.hss.config.DurableFile;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** The records of a build's exports, a small file each beside {@code build.xml}, which would take longer to save. */
final class ExportFiles {
    private static final Logger LOGGER = Logger.getLogger(ExportFiles.class.getName());

    private final File directory;

    ExportFiles(Run<?, ?> run) {
        directory = new File(run.getRootDir(), "hss-exports");
    }

    /** Returns the exports by their number. */
    NavigableMap<Integer, ExportRecord> read() {
        NavigableMap<Integer, ExportRecord> exports = new TreeMap<>();
        for (File file : list("\\d{1,6}\\.xml")) {
            try {
                int number = Integer.parseInt(file.getName().replace(".xml", ""));
                exports.put(number, (ExportRecord) new XmlFile(Jenkins.XSTREAM2, file).read());
            } catch (IOException | ClassCastException e) {
                LOGGER.log(Level.WARNING, e, () -> "Cannot read " + file);
            }
        }
        return exports;
    }

    /** Deletes what a process that was killed left half-done. */
    void deleteLeftovers() {
        for (File file : list(".+\\.(tmp|new)")) {
            try {
                Util.deleteRecursive(file);
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, e, () -> "Cannot delete " + file);
            }
        }
    }

    private File[] list(String pattern) {
        File[] files = directory.listFiles((dir, name) -> name.matches(pattern));
        return files == null ? new File[0] : files;
    }

    /**
     * Writes a record.
     *
     * @param force whether the record must survive a crash of the machine
     */
    void write(int number, ExportRecord export, boolean force) throws IOException {
        String xml = "<?xml version='1.1' encoding='UTF-8'?>\n" + Jenkins.XSTREAM2.toXML(export) + "\n";
        DurableFile.write(
                directory.toPath().resolve(number + ".xml"),
                force,
                out -> out.write(xml.getBytes(StandardCharsets.UTF_8)));
    }
}
