package io.jenkins.plugins.hss.scan;

import hudson.model.Run;
import io.jenkins.plugins.hss.client.CicdImage;
import io.jenkins.plugins.hss.engine.FindingType;
import io.jenkins.plugins.hss.engine.ScanListener;
import java.io.IOException;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Writes how a scan goes into the record and the log of its build. */
final class BuildScanListener implements ScanListener {
    private static final Logger LOGGER = Logger.getLogger(BuildScanListener.class.getName());

    private final Run<?, ?> run;
    private final ScanLog log;
    private final HssScansAction action;
    private final int number;
    private volatile String status = "waiting for the scan of the image";

    BuildScanListener(Run<?, ?> run, ScanLog log, HssScansAction action, int number) {
        this.run = run;
        this.log = log;
        this.action = action;
        this.number = number;
    }

    @Override
    public void waiting(String reason) {
        log.line(reason);
    }

    @Override
    public void scanned(CicdImage image, boolean byTagOnly) throws IOException {
        status = "reading the findings of the image";
        action.update(number, scan -> scan.scanned(image, byTagOnly));
        log.scanned(image, byTagOnly);
    }

    @Override
    public void reading(FindingType type, long rows, long total) {
        log.reading(type, rows, total);
    }

    @Override
    public void note(String text) {
        log.note(text);
    }

    /** Records an end without findings. */
    void end(Outcome outcome, String reason) {
        end(scan -> scan.ended(outcome, reason, System.currentTimeMillis()));
    }

    /** Lets the build know that the scan was aborted, before it is written down. */
    void aborting() {
        action.replace(number, scan -> scan.aborted(System.currentTimeMillis()));
    }

    /** Records that the build was aborted. */
    void abort() {
        end(scan -> scan.aborted(System.currentTimeMillis()));
    }

    private void end(UnaryOperator<ScanRecord> change) {
        try {
            action.end(number, change);
            action.files().clean(number);
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "Cannot record the end of a scan of " + run);
        }
    }

    /** Returns what the scan waits for, as a lowercase phrase. */
    String status() {
        return status;
    }
}
