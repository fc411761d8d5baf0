package io.jenkins.plugins.hss.engine;

import io.jenkins.plugins.hss.client.HssException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what it is told, in a word or two, and does whatever else a test wants at that moment. */
final class Recorder implements ExportListener {
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Map<Moment, Deed> deeds = new EnumMap<>(Moment.class);
    private final Path file;
    private volatile byte[] report;
    private volatile Moment lastMoment;

    Recorder(Path file) {
        this.file = file;
    }

    /** When a listener is told something. */
    enum Moment {
        SENDING,
        CREATED_NOTHING,
        RETRYING,
        SUBMITTED,
        COUNTED,
        RUNNING,
        SUCCEEDED,
        REPORT_FILE,
        DOWNLOADED
    }

    /** What a listener does. */
    interface Deed {
        void act() throws Exception;
    }

    /** Has a deed done each time, after the moment was written down; to be called before the export begins. */
    Recorder at(Moment moment, Deed deed) {
        deeds.put(moment, deed);
        return this;
    }

    List<String> told() {
        return List.copyOf(told);
    }

    /** Returns what was told last. */
    String last() {
        return told.isEmpty() ? "" : told.get(told.size() - 1);
    }

    Moment lastMoment() {
        return lastMoment;
    }

    /** Returns how often it was told something that begins so. */
    long count(String beginning) {
        return told.stream().filter(word -> word.startsWith(beginning)).count();
    }

    /** Returns the report that was to be kept; null when there was none. */
    byte[] report() {
        return report;
    }

    @Override
    public void sending() {
        tell(Moment.SENDING, "sending");
    }

    @Override
    public void createdNothing() {
        tell(Moment.CREATED_NOTHING, "created nothing");
    }

    @Override
    public void retrying(HssException failure, Duration pause) {
        tell(Moment.RETRYING, "retrying after " + failure.status());
    }

    @Override
    public void submitted(String taskId) {
        tell(Moment.SUBMITTED, "submitted " + taskId);
    }

    @Override
    public void counted(long records) {
        tell(Moment.COUNTED, "counted " + records);
    }

    @Override
    public void running(String status) {
        tell(Moment.RUNNING, "running " + status);
    }

    @Override
    public void succeeded() {
        tell(Moment.SUCCEEDED, "succeeded");
    }

    @Override
    public Path reportFile() {
        tell(Moment.REPORT_FILE, "report file");
        return file;
    }

    @Override
    public void downloaded(Path path, List<String> names) throws IOException {
        report = Files.readAllBytes(path);
        tell(Moment.DOWNLOADED, "downloaded " + names);
    }

    private void tell(Moment moment, String word) {
        told.add(word);
        lastMoment = moment;
        Deed deed = deeds.get(moment);
        if (deed != null) {
            try {
                deed.act();
            } catch (Exception e) {
                throw Recorder.<RuntimeException>unchecked(e);
            }
        }
    }

    /** Lets a deed throw whatever the method in question may throw. */
    @SuppressWarnings("unchecked")
    private static <E extends Exception> E unchecked(Exception e) throws E {
        throw (E) e;
    }
}
