package io.jenkins.plugins.hss.config;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Replaces files as a whole. Not with {@link hudson.util.AtomicFileWriter}, which fails on an interrupted thread: just
 * then a record tells what there is in HSS.
 */
public final class DurableFile {
    private static final Logger LOGGER = Logger.getLogger(DurableFile.class.getName());
    private static final int MAX_MOVES = 20;
    private static final long MOVE_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private DurableFile() {}

    /** What is written to a file. */
    @FunctionalInterface
    public interface Content {
        /** Writes everything, and leaves the stream open. */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes a file, and the folders that it needs. What a process that was killed leaves half-done ends in
     * {@code .new}.
     *
     * @param force whether the file must survive a crash of the machine
     */
    public static void write(Path file, boolean force, Content content) throws IOException {
        Path folder = file.resolveSibling("");
        Files.createDirectories(folder);
        Path temporary = folder.resolve(file.getFileName() + "." + UUID.randomUUID() + ".new");
        try {
            try (FileOutputStream out = new FileOutputStream(temporary.toFile())) {
                content.writeTo(out);
                if (force) {
                    out.getFD().sync();
                }
            }
            move(temporary, file);
            if (force) {
                force(folder);
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

    private static void force(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows opens no folders, and needs none forced.
            LOGGER.log(Level.FINE, e, () -> "Cannot force " + folder);
        }
    }
}
