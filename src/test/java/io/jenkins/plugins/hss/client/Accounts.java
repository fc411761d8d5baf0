package io.jenkins.plugins.hss.client;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.hss.fake.Answer;
import io.jenkins.plugins.hss.fake.FakeHss;
import io.jenkins.plugins.hss.fake.Reply;
import io.jenkins.plugins.hss.fake.ScannedImage;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.function.Executable;

/** What the tests of the kinds of account share. */
final class Accounts {
    private Accounts() {}

    static HssClient.Scope scope(FakeHss hss) {
        return new HssClient.Scope(hss.url(), FakeHss.REGION, FakeHss.PROJECT, null);
    }

    /** A client for the caller's own project. */
    static HssClient client(FakeHss hss, Authentication authentication, Clock clock) {
        return client(hss, authentication, clock, TestContexts.lasting());
    }

    static HssClient client(FakeHss hss, Authentication authentication, Clock clock, CallContext context) {
        HssClient.Scope scope = new HssClient.Scope(hss.url(), FakeHss.REGION, null, null);
        return new HssClient(TestTransport.of(clock), scope, authentication, RateLimiter.UNLIMITED, context);
    }

    /** A client for the project that is known. */
    static HssClient client(FakeHss hss, Authentication authentication, Transport transport) {
        return new HssClient(transport, scope(hss), authentication, RateLimiter.UNLIMITED, TestContexts.lasting());
    }

    static ExportRequest export() {
        return ExportRequest.builder()
                .with(ExportField.EXPORT_SIZE, 100)
                .with(ExportField.SECURITY_REPORT_TYPE, "malwares")
                .build();
    }

    /** The row of an image, as far as calls need it. */
    static CicdImage image(ScannedImage image) {
        return new CicdImage(
                image.text("image_id"),
                null,
                null,
                null,
                image.text("namespace"),
                image.text("image_name"),
                image.text("image_version"),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    static String submit(HssClient client) throws IOException, InterruptedException {
        return client.submit(export(), SendListener.NONE);
    }

    static HssException hssFailure(Executable call) {
        return assertThrows(HssException.class, call);
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

    /** Like the answer; the latch counts when it is over, so that one without an end tells that the client has left. */
    static Answer counting(CountDownLatch latch, Answer answer) {
        return exchange -> {
            try {
                answer.give(exchange);
            } finally {
                latch.countDown();
            }
        };
    }

    static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(TestContexts.LONG_ENOUGH.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("waited in vain");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
