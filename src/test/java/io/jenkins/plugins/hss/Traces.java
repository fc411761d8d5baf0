package io.jenkins.plugins.hss;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jvnet.hudson.test.LogRecorder;

/** What runs leave behind in files and in the server's log. */
final class Traces implements AutoCloseable {
    static final String PACKAGE = "io.jenkins.plugins.hss";

    private final LogRecorder logs = new LogRecorder();

    void record() {
        logs.record("", Level.INFO).record(PACKAGE, Level.ALL).capture(10_000);
        Logger.getLogger(PACKAGE + ".Traces").finest("recorded");
    }

    List<LogRecord> logs() {
        return logs.getRecords();
    }

    /** Returns whether a text is in the server's log, stack traces and all. */
    boolean isLogged(String text) {
        return logs().stream().anyMatch(log -> new SimpleFormatter().format(log).contains(text));
    }

    /** Returns the files below a folder that contain a text, the code of Jenkins and its plugins aside. */
    List<Path> files(Path root, String text) throws IOException {
        List<Path> found = new ArrayList<>();
        // Byte by byte, whatever else is in the file.
        String bytes = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                boolean code = Set.of("plugins", "war")
                        .contains(directory.getFileName().toString());
                return code ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                try {
                    if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(bytes)) {
                        found.add(file);
                    }
                } catch (NoSuchFileException e) {
                    return visitFileFailed(file, e);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                // Jenkins replaces its files while they are visited.
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }

    @Override
    public void close() {
        logs.close();
    }
}
