package io.jenkins.plugins.hss.export;

import hudson.Util;
import hudson.XmlFile;
import hudson.model.Run;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** The records of a build's exports, a small file each beside {@code build.xml}, which would take longer to save. */
final class ExportFiles {
    private static final Logger LOGGER = Logger.getLogger(ExportFiles.class.getName());
    private static final int MAX_MOVES = 20;
    private static final long MOVE_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

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
     * Writes a record. Not with {@link hudson.util.AtomicFileWriter}, which fails on an interrupted thread: just then the
     * record tells what there is in HSS.
     *
     * @param force whether the record must survive a crash of the machine
     */
    void write(int number, ExportRecord export, boolean force) throws IOException {
        String xml = "<?xml version='1.1' encoding='UTF-8'?>\n" + Jenkins.XSTREAM2.toXML(export) + "\n";
        Files.createDirectories(directory.toPath());
        Path temporary = directory.toPath().resolve(number + "." + UUID.randomUUID() + ".new");
        try {
            try (FileOutputStream out = new FileOutputStream(temporary.toFile())) {
                out.write(xml.getBytes(StandardCharsets.UTF_8));
                if (force) {
                    out.getFD().sync();
                }
            }
            move(temporary, directory.toPath().resolve(number + ".xml"));
            if (force) {
                forceDirectory();
            }
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** On Windows a virus scanner or a backup may have the file open for a moment. */
    private static void move(Path from, Path to) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                return;
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
                return;
            } catch (FileSystemException e) {
                if (attempt == MAX_MOVES) {
                    throw e;
                }
                LockSupport.parkNanos(MOVE_PAUSE_NANOS);
            }
        }
    }

    private void forceDirectory() {
        try (FileChannel channel = FileChannel.open(directory.toPath(), StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows opens no directories, and needs none forced.
            LOGGER.log(Level.FINE, e, () -> "Cannot force " + directory);
        }
    }
}
