package io.jenkins.plugins.hss.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.util.StreamTaskListener;
import io.jenkins.plugins.hss.client.Operation;
import io.jenkins.plugins.hss.engine.FindingType;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A long scan leaves a line now and then, and what an image says is harmless in it. */
class ScanLogTest {
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private final AtomicReference<Instant> now = new AtomicReference<>(Scans.SCANNED);
    private final ScanLog log = new ScanLog(new StreamTaskListener(text, StandardCharsets.UTF_8), now::get);

    private List<String> lines() {
        return text.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private void passMinutes(int minutes) {
        now.updateAndGet(time -> time.plus(Duration.ofMinutes(minutes)));
    }

    @Test
    void readingIsToldForEachTypeAndEveryFiveMinutes() {
        for (int minute = 0; minute < 12; minute++) {
            log.reading(FindingType.VULNERABILITY, minute * 200L, 5000);
            passMinutes(1);
        }
        log.reading(FindingType.MALWARES, 1, 1);
        assertEquals(
                List.of(
                        "[HSS] Vulnerabilities: 0 of 5,000 read",
                        "[HSS] Vulnerabilities: 1,000 of 5,000 read",
                        "[HSS] Vulnerabilities: 2,000 of 5,000 read",
                        "[HSS] Malicious files: 1 of 1 read"),
                lines());
    }

    @Test
    void longWaitsAreToldEveryFiveMinutes() {
        log.rateLimited(Operation.IMAGES, Duration.ofSeconds(12));
        for (int minute = 0; minute < 6; minute++) {
            log.rateLimited(Operation.IMAGES, Duration.ofMinutes(2));
            passMinutes(1);
        }
        assertEquals(2, lines().size(), lines()::toString);
    }

    @Test
    void noteIsToldOnce() {
        log.note("weak passwords are not judged");
        log.note("weak passwords are not judged");
        assertEquals(List.of("[HSS] weak passwords are not judged"), lines());
    }

    @Test
    void whatAnImageSaysStaysOneHarmlessLine() {
        log.scanned(Scans.image(), true);
        log.line("a\u202eb\u001b[31m\nFinished: SUCCESS");
        assertEquals(
                List.of(
                        "[HSS] Scanned at 2026-01-01T00:00:00Z: level High, digest " + Scans.DIGEST
                                + " (found by tag only)",
                        "[HSS] a\\u202Eb\\u001B[31m\\u000AFinished: SUCCESS"),
                lines());
    }
}
