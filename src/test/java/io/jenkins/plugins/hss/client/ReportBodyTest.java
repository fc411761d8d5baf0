package io.jenkins.plugins.hss.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What arrives is on disk, and what doesn't arrive is noticed. */
class ReportBodyTest {
    @TempDir
    private Path folder;

    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final Flow.Subscription subscription = new Flow.Subscription() {
        @Override
        public void request(long n) {}

        @Override
        public void cancel() {
            cancelled.set(true);
        }
    };

    private Path report() {
        return folder.resolve("report.zip");
    }

    private Path nowhere() {
        return folder.resolve("missing").resolve("report.zip");
    }

    private ReportBody subscribed(Path file) {
        ReportBody body = new ReportBody(file, TestContexts.LONG_ENOUGH);
        body.onSubscribe(subscription);
        return body;
    }

    private static List<ByteBuffer> bytes(String... texts) {
        return List.of(texts).stream()
                .map(text -> ByteBuffer.wrap(text.getBytes(UTF_8)))
                .toList();
    }

    private static Throwable failure(ReportBody body) {
        return assertThrows(
                        CompletionException.class,
                        () -> body.getBody()
                                .toCompletableFuture()
                                .orTimeout(30, TimeUnit.SECONDS)
                                .join())
                .getCause();
    }

    @Test
    void keepsWhatArrives() throws Exception {
        ReportBody body = subscribed(report());
        body.onNext(bytes("one ", "two"));
        body.onNext(bytes(" three"));
        body.onComplete();

        body.getBody().toCompletableFuture().join();

        assertEquals("one two three", Files.readString(report()));
    }

    @Test
    void stallsWhenNothingArrives() {
        ReportBody body = new ReportBody(report(), Duration.ofMillis(50));
        body.onSubscribe(subscription);

        Background.until(body::isStalled);

        assertFalse(body.timeUntilStalled().isPositive());
    }

    @Test
    void doesNotStallAsLongAsSomethingArrives() {
        ReportBody body = new ReportBody(report(), Duration.ofSeconds(20));
        body.onSubscribe(subscription);
        Duration before = body.timeUntilStalled();
        Background.until(() -> before.minus(body.timeUntilStalled()).toMillis() > 300);
        Duration meanwhile = body.timeUntilStalled();

        body.onNext(bytes("half"));

        assertTrue(body.timeUntilStalled().compareTo(meanwhile) > 0);
        assertFalse(body.isStalled());
    }

    @Test
    void theHeadOfTheResponseStartsTheTimeAnew() {
        ReportBody body = new ReportBody(report(), Duration.ofMillis(200));
        Background.until(body::isStalled);

        body.onSubscribe(subscription);

        assertTrue(body.timeUntilStalled().compareTo(Duration.ofMillis(-200)) > 0);
    }

    @Test
    void aFileThatCannotBeOpenedEndsTheDownload() {
        ReportBody body = subscribed(nowhere());

        assertInstanceOf(ReportBody.UnwritableException.class, failure(body));
        assertTrue(cancelled.get());
    }

    @Test
    void anErrorAfterTheFileCouldNotBeOpenedDoesNoHarm() {
        ReportBody body = subscribed(nowhere());

        body.onError(new IOException("cancelled"));

        assertInstanceOf(ReportBody.UnwritableException.class, failure(body));
    }

    @Test
    void aBrokenConnectionIsNoTroubleOfTheDisk() {
        ReportBody body = subscribed(report());

        body.onError(new IOException("reset"));

        assertEquals("reset", failure(body).getMessage());
        assertFalse(failure(body) instanceof ReportBody.UnwritableException);
    }

    @Test
    void aReportMayBeAsLargeAsTheMaximum() throws Exception {
        ReportBody body = new ReportBody(report(), TestContexts.LONG_ENOUGH, 8);
        body.onSubscribe(subscription);
        body.onNext(bytes("1234", "5678"));
        body.onComplete();

        body.getBody().toCompletableFuture().join();

        assertEquals("12345678", Files.readString(report()));
    }

    @Test
    void aLargerReportIsGivenUp() throws Exception {
        ReportBody body = new ReportBody(report(), TestContexts.LONG_ENOUGH, 3 << 20);
        body.onSubscribe(subscription);
        String mebibyte = "x".repeat(1 << 20);
        body.onNext(bytes(mebibyte, mebibyte));
        assertFalse(cancelled.get());

        body.onNext(bytes(mebibyte, "x"));
        // It may have been under way.
        body.onNext(bytes(mebibyte));
        body.onError(new IOException("cancelled"));

        assertTrue(cancelled.get());
        assertEquals("the report is larger than 3 MiB", failure(body).getMessage());
        assertEquals(2 << 20, Files.size(report()));
    }
}
