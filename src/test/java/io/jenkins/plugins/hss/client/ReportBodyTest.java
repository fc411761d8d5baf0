package io.jenkins.plugins.hss.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportBodyTest {
    private static final Duration SHORT = Duration.ofMillis(50);

    @TempDir
    private Path folder;

    /** Counts what the watchdog does. */
    private final CountDownLatch looks = new CountDownLatch(1);

    private final CompletableFuture<Throwable> trouble = new CompletableFuture<>();
    private final Executor executor = look -> {
        try {
            look.run();
        } catch (Throwable e) {
            trouble.complete(e);
        } finally {
            looks.countDown();
        }
    };
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final Flow.Subscription subscription = new Flow.Subscription() {
        @Override
        public void request(long n) {}

        @Override
        public void cancel() {
            cancelled.set(true);
        }
    };

    private ReportBody body(Path file, Duration timeout) {
        return body(file, timeout, executor);
    }

    private static ReportBody body(Path file, Duration timeout, Executor executor) {
        Transport transport = Accounts.transport(new SettableClock());
        return new ReportBody(
                file, new Transport(transport.pooled(), transport.fresh(), transport.clock(), executor, timeout));
    }

    private static Throwable failure(ReportBody body) {
        CompletionException failure = assertThrows(
                CompletionException.class,
                () -> body.getBody()
                        .toCompletableFuture()
                        .orTimeout(30, TimeUnit.SECONDS)
                        .join());
        return Steps.cause(failure);
    }

    @Test
    void keepsWhatArrives() throws Exception {
        ReportBody body = body(folder.resolve("report.zip"), Accounts.LONG_ENOUGH);
        body.onSubscribe(subscription);
        body.onNext(List.of(ByteBuffer.wrap("one ".getBytes(UTF_8)), ByteBuffer.wrap("two".getBytes(UTF_8))));
        body.onComplete();

        body.getBody().toCompletableFuture().join();

        assertEquals("one two", Files.readString(folder.resolve("report.zip")));
    }

    @Test
    void givesUpWhenNothingMoreArrives() {
        ReportBody body = body(folder.resolve("report.zip"), SHORT);

        body.onSubscribe(subscription);

        assertInstanceOf(HttpTimeoutException.class, failure(body));
        assertTrue(cancelled.get());
    }

    @Test
    void isGivenTimeForAsLongAsSomethingArrives() throws Exception {
        BlockingQueue<Runnable> next = new LinkedBlockingQueue<>();
        ReportBody body = body(folder.resolve("report.zip"), Duration.ofSeconds(1), next::add);
        body.onSubscribe(subscription);
        Runnable look = next.poll(30, TimeUnit.SECONDS);
        body.onNext(List.of(ByteBuffer.wrap("half".getBytes(UTF_8))));

        look.run();
        assertFalse(cancelled.get());

        next.poll(30, TimeUnit.SECONDS).run();
        assertInstanceOf(HttpTimeoutException.class, failure(body));
        assertTrue(cancelled.get());
    }

    @Test
    void aFileThatCannotBeOpenedIsNotWatched() throws Exception {
        ReportBody body = body(folder.resolve("missing").resolve("report.zip"), SHORT);

        body.onSubscribe(subscription);

        assertInstanceOf(ReportBody.UnwritableException.class, failure(body));
        assertTrue(cancelled.get());
        assertFalse(looks.await(4 * SHORT.toMillis(), TimeUnit.MILLISECONDS), "nothing is left to look after");
        assertFalse(trouble.isDone());
    }

    @Test
    void anErrorAfterTheFileCouldNotBeOpenedDoesNoHarm() {
        ReportBody body = body(folder.resolve("missing").resolve("report.zip"), SHORT);
        body.onSubscribe(subscription);

        body.onError(new IOException("cancelled"));

        assertInstanceOf(ReportBody.UnwritableException.class, failure(body));
    }

    @Test
    void aBrokenConnectionIsNoTroubleOfTheDisk() {
        ReportBody body = body(folder.resolve("report.zip"), Accounts.LONG_ENOUGH);
        body.onSubscribe(subscription);

        body.onError(new IOException("reset"));

        assertEquals("reset", failure(body).getMessage());
        assertFalse(failure(body) instanceof ReportBody.UnwritableException);
    }
}
