package io.jenkins.plugins.hss.scan;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.TaskListener;
import io.jenkins.plugins.hss.client.CicdImage;
import io.jenkins.plugins.hss.client.Operation;
import io.jenkins.plugins.hss.client.SafeText;
import io.jenkins.plugins.hss.engine.FindingType;
import io.jenkins.plugins.hss.engine.VisibleText;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Prints a scan to the log of its build: each change, and every five minutes that it takes to read the findings. */
final class ScanLog {
    private static final Duration LOG_INTERVAL = Duration.ofMinutes(5);
    /** A read takes its turn all the time; only long waits are worth a line. */
    private static final Duration MIN_REPORTED_WAIT = Duration.ofMinutes(1);

    private final TaskListener listener;
    private final InstantSource clock;
    private final Set<String> notes = new HashSet<>();
    private Instant lastWait = Instant.EPOCH;
    private Instant lastReading = Instant.EPOCH;
    private FindingType lastType;

    ScanLog(TaskListener listener) {
        this(listener, InstantSource.system());
    }

    ScanLog(TaskListener listener, InstantSource clock) {
        this.listener = listener;
        this.clock = clock;
    }

    TaskListener listener() {
        return listener;
    }

    void begun(ScanRecord scan, @CheckForNull String projectId) {
        line(Messages.BuildScan_begun(
                scan.getImage(),
                scan.getCicdName() == null ? "" : Messages.BuildScan_ofCicd(scan.getCicdName()),
                scan.getConnection(),
                projectId == null ? "" : Messages.BuildScan_inProject(projectId),
                scan.credentialsId()));
    }

    void rateLimited(Operation operation, Duration about) {
        Instant now = clock.instant();
        if (about.compareTo(MIN_REPORTED_WAIT) >= 0 && !now.isBefore(lastWait.plus(LOG_INTERVAL))) {
            lastWait = now;
            line(Messages.BuildScan_rateLimited(operation.displayName(), Util.getTimeSpanString(about.toMillis())));
        }
    }

    void scanned(CicdImage image, boolean byTagOnly) {
        line(Messages.BuildScan_scanned(
                image.scanEnd().map(Instant::toString).orElse("-"),
                Objects.requireNonNullElse(image.severityLevel(), "-"),
                Objects.requireNonNullElse(image.digest(), "-"),
                byTagOnly ? Messages.BuildScan_byTagOnly() : ""));
    }

    void reading(FindingType type, long rows, long total) {
        Instant now = clock.instant();
        if (type != lastType || !now.isBefore(lastReading.plus(LOG_INTERVAL))) {
            lastType = type;
            lastReading = now;
            line(Messages.BuildScan_reading(type.displayName(), rows, total));
        }
    }

    /** Says something once. */
    void note(String text) {
        if (notes.add(text)) {
            line(text);
        }
    }

    /** Whoever built the image wrote much of what is told. */
    void line(String message) {
        listener.getLogger().println("[HSS] " + SafeText.of(VisibleText.of(message), List.of()));
    }
}
