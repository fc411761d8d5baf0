package io.jenkins.plugins.hss.run;

import io.jenkins.plugins.hss.client.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what it is told, in a word or two. */
class Recorder implements Progress {
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Path file;
    private volatile byte[] report;

    Recorder(Path file) {
        this.file = file;
    }

    List<String> told() {
        return List.copyOf(told);
    }

    /** The report that was to be kept. */
    byte[] report() {
        return report;
    }

    @Override
    public void waiting(Operation operation, Duration about) {
        told.add("waiting " + operation + " " + about.toSeconds());
    }

    @Override
    public void submitting() throws IOException {
        told.add("submitting");
    }

    @Override
    public void notSubmitted() {
        told.add("not submitted");
    }

    @Override
    public void submitted(String taskId) throws IOException {
        told.add("submitted " + taskId);
    }

    @Override
    public void counted(long records) {
        told.add("counted " + records);
    }

    @Override
    public void running(String status) {
        told.add("running " + status);
    }

    @Override
    public void succeeded() {
        told.add("succeeded");
    }

    @Override
    public Path reportFile() {
        return file;
    }

    @Override
    public void report(Path path, List<String> names) throws IOException {
        told.add("report " + names);
        report = Files.readAllBytes(path);
    }
}
