package io.jenkins.plugins.hss.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.util.StreamTaskListener;
import io.jenkins.plugins.hss.client.Operation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A long wait leaves a line every five minutes. */
class ExportLogTest {
    private static final Instant BEGAN = Instant.parse("2026-01-31T08:00:00Z");

    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private final AtomicReference<Instant> now = new AtomicReference<>(BEGAN);

    private List<String> lines() {
        return text.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private void passMinutes(int minutes) {
        now.updateAndGet(time -> time.plus(Duration.ofMinutes(minutes)));
    }

    @Test
    void theSameStatusIsToldEveryFiveMinutes() throws IOException {
        try (StreamTaskListener listener = new StreamTaskListener(text, StandardCharsets.UTF_8)) {
            ExportLog log = new ExportLog(listener, now::get);
            for (int minute = 0; minute < 12; minute++) {
                log.running("t1", BEGAN, "running");
                passMinutes(1);
            }
        }

        assertEquals(
                List.of(
                        "[HSS] Export task t1: running (0 ms elapsed)",
                        "[HSS] Export task t1: running (5 min 0 sec elapsed)",
                        "[HSS] Export task t1: running (10 min elapsed)"),
                lines());
    }

    @Test
    void aReadThatWaitsLongForItsPermitIsToldEveryFiveMinutes() throws IOException {
        try (StreamTaskListener listener = new StreamTaskListener(text, StandardCharsets.UTF_8)) {
            ExportLog log = new ExportLog(listener, now::get);
            log.waiting(Operation.STATUS, Duration.ofSeconds(59));
            for (int i = 0; i < 3; i++) {
                log.waiting(Operation.STATUS, Duration.ofMinutes(2));
                passMinutes(3);
            }
        }

        String line = "[HSS] Reading the state of the export task: rate limit reached, waiting about 2 min 0 sec";
        assertEquals(List.of(line, line), lines());
    }

    @Test
    void anyOtherWaitForAPermitIsTold() throws IOException {
        try (StreamTaskListener listener = new StreamTaskListener(text, StandardCharsets.UTF_8)) {
            new ExportLog(listener, now::get).waiting(Operation.SUBMIT, Duration.ofSeconds(12));
        }

        assertEquals(List.of("[HSS] Submitting the export to HSS: rate limit reached, waiting about 12 sec"), lines());
    }
}
