package io.jenkins.plugins.hss.client;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.hss.fake.Answer;
import io.jenkins.plugins.hss.fake.FakeHss;
import io.jenkins.plugins.hss.fake.Reply;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What the tests of the kinds of account share. */
final class Accounts {
    static final Duration LONG_ENOUGH = Duration.ofSeconds(30);

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private Accounts() {}

    static Transport transport(Clock clock) {
        return new Transport(HTTP, HttpClient::newHttpClient, clock, ForkJoinPool.commonPool(), LONG_ENOUGH);
    }

    /** With pauses that pass at once. */
    static Transport transport(Pauses pauses) {
        return new Transport(
                HTTP, HttpClient::newHttpClient, pauses.clock(), ForkJoinPool.commonPool(), LONG_ENOUGH, pauses);
    }

    /** The same with another bound for answers. */
    static Transport within(Duration timeout, Transport transport) {
        return new Transport(
                transport.pooled(),
                transport.fresh(),
                transport.clock(),
                transport.executor(),
                timeout,
                transport.later());
    }

    /** The same by other HTTP clients. */
    static Transport by(Supplier<HttpClient> http, Transport transport) {
        return new Transport(
                http.get(), http, transport.clock(), transport.executor(), transport.timeout(), transport.later());
    }

    /** The same on another executor. */
    static Transport on(Executor executor, Transport transport) {
        return new Transport(
                transport.pooled(),
                transport.fresh(),
                transport.clock(),
                executor,
                transport.timeout(),
                transport.later());
    }

    /** The same with other clients for what is posted. */
    static Transport posting(Supplier<HttpClient> fresh, Transport transport) {
        return new Transport(
                transport.pooled(),
                fresh,
                transport.clock(),
                transport.executor(),
                transport.timeout(),
                transport.later());
    }

    static HssClient.Scope scope(FakeHss hss) {
        return new HssClient.Scope(hss.url(), FakeHss.REGION, FakeHss.PROJECT, null);
    }

    /** A client for the caller's own project. */
    static HssClient client(FakeHss hss, Authentication authentication, Clock clock) {
        HssClient.Scope scope = new HssClient.Scope(hss.url(), FakeHss.REGION, null, null);
        return new HssClient(transport(clock), scope, authentication, Gate.OPEN);
    }

    static ExportRequest export() {
        return ExportRequest.builder()
                .with(ExportField.EXPORT_SIZE, 100)
                .with(ExportField.SECURITY_REPORT_TYPE, "malwares")
                .build();
    }

    static <T> T await(CompletableFuture<T> future) throws Exception {
        return future.get(LONG_ENOUGH.toSeconds(), TimeUnit.SECONDS);
    }

    static Throwable failure(CompletableFuture<?> future) {
        return Steps.cause(
                assertThrows(ExecutionException.class, () -> await(future)).getCause());
    }

    static HssException hssFailure(CompletableFuture<?> future) {
        return assertInstanceOf(HssException.class, failure(future));
    }

    /** The service behaves; its answer leaves when the latch opens. */
    static Answer held(CountDownLatch latch) {
        return exchange -> {
            Reply reply = exchange.behave();
            await(latch);
            exchange.send(reply);
        };
    }

    /** Like {@link #held}; the latch counts these answers. */
    static Answer together(CountDownLatch latch) {
        return exchange -> {
            Reply reply = exchange.behave();
            latch.countDown();
            await(latch);
            exchange.send(reply);
        };
    }

    static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(LONG_ENOUGH.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("waited in vain");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
