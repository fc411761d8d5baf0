package io.jenkins.plugins.hss;

import hudson.XmlFile;
import hudson.model.Run;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * Where the exports of a build are kept: a small file each, beside {@code build.xml}. Saving the whole build on each
 * change of one export takes much longer, and the exports of a build change independently of each other.
 */
final class ExportFiles {
    private static final Logger LOGGER = Logger.getLogger(ExportFiles.class.getName());

    private final File directory;

    ExportFiles(Run<?, ?> run) {
        directory = new File(run.getRootDir(), "hss-exports");
    }

    /** Returns the exports by their number. */
    NavigableMap<Integer, ExportRecord> read() {
        NavigableMap<Integer, ExportRecord> exports = new TreeMap<>();
        File[] files = directory.listFiles((dir, name) -> name.matches("\\d{1,6}\\.xml"));
        for (File file : files == null ? new File[0] : files) {
            try {
                int number = Integer.parseInt(file.getName().replace(".xml", ""));
                exports.put(number, (ExportRecord) new XmlFile(Jenkins.XSTREAM2, file).read());
            } catch (IOException | ClassCastException e) {
                LOGGER.log(Level.WARNING, e, () -> "Cannot read " + file);
            }
        }
        return exports;
    }

    /**
     * Keeps an export so that it outlives the process, though not a crash of the machine. Not by Jenkins' writer of files,
     * which fails where its thread is interrupted: just then it has to be written down what stands in HSS.
     */
    void write(int number, ExportRecord export) throws IOException {
        String xml = "<?xml version='1.1' encoding='UTF-8'?>\n" + Jenkins.XSTREAM2.toXML(export) + "\n";
        Files.createDirectories(directory.toPath());
        Path temporary = directory.toPath().resolve(number + "." + UUID.randomUUID() + ".new");
        try {
            try (OutputStream out = new FileOutputStream(temporary.toFile())) {
                out.write(xml.getBytes(StandardCharsets.UTF_8));
            }
            Files.move(
                    temporary,
                    directory.toPath().resolve(number + ".xml"),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
