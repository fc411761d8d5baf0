package io.jenkins.plugins.hss.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.hss.client.AccessKeyAuthentication;
import io.jenkins.plugins.hss.client.CallContext;
import io.jenkins.plugins.hss.client.IamClient;
import io.jenkins.plugins.hss.client.IamProject;
import io.jenkins.plugins.hss.client.IamUser;
import io.jenkins.plugins.hss.client.IamUserAuthentication;
import io.jenkins.plugins.hss.client.Operation;
import io.jenkins.plugins.hss.client.RateLimiter;
import io.jenkins.plugins.hss.client.RateLimiters;
import io.jenkins.plugins.hss.client.TestContexts;
import io.jenkins.plugins.hss.client.TestTransport;
import io.jenkins.plugins.hss.fake.Answer;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.FakeHss;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** An export that comes as far as a test wants it, and no further. */
final class Scene implements AutoCloseable {
    final FakeHss hss = new FakeHss().token(Export.TOKEN);
    final Recorder recorder;
    final CallContext context;
    final Export export;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch left = new CountDownLatch(1);
    private boolean holdsCall;
    private ServerSocket mute;

    Scene(Path folder, CallContext context) {
        this.recorder = new Recorder(folder.resolve("report.zip"));
        this.context = context;
        this.export = new Export(hss, recorder).within(context);
    }

    /** No permit is granted for an operation. */
    void withoutPermit(Operation withheld) {
        RateLimiters limiters = new RateLimiters();
        limiters.close();
        RateLimiter closed = limiters.of(
                new RateLimiters.Caller(hss.url(), "account", 5, 5), operation -> 0, (operation, wait) -> {}, null);
        export.limitedBy((operation, calls) -> {
            if (operation == withheld) {
                reached.countDown();
                return closed.acquire(operation, calls);
            }
            return RateLimiter.UNLIMITED.acquire(operation, calls);
        });
    }

    /** A call of an API is under way for as long as the client stays. */
    void held(Api api, Answer endless) {
        holdsCall = true;
        hss.always(api, exchange -> {
            reached.countDown();
            try {
                endless.give(exchange);
            } finally {
                left.countDown();
            }
        });
    }

    /** Whoever calls an API is asked to come again in almost a minute, the longest time that logins wait. */
    void pausing(Api api) {
        hss.always(api, exchange -> {
            exchange.send(Answers.gateway(503, "APIGW.0613", "no backend").withHeader("Retry-After", "59"));
            if (api != Api.SUBMIT) {
                reached.countDown();
            }
        });
        recorder.at(Recorder.Moment.RETRYING, reached::countDown);
    }

    void byIamUser() {
        hss.iamUser("acme", "ci", "password");
        export.inOwnProject()
                .as(new IamUserAuthentication(
                        iam(),
                        new IamUser("acme", "ci", "password"),
                        IamProject.ofRegion(FakeHss.REGION),
                        Clock.systemUTC()));
    }

    void byAccessKey() {
        hss.accessKey("AK", "secret-key");
        export.inOwnProject()
                .as(new AccessKeyAuthentication("AK", "secret-key", Clock.systemUTC(), iam(), FakeHss.REGION));
    }

    private IamClient iam() {
        return new IamClient(TestTransport.of(Clock.systemUTC()), hss.url());
    }

    /** Whoever is called takes connections and says nothing, not even to a TLS client. */
    void muteFromTheFirstByteOn() {
        try {
            mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        export.at(URI.create("https://127.0.0.1:" + mute.getLocalPort()));
        Thread.ofVirtual().start(() -> {
            try (Socket socket = mute.accept()) {
                reached.countDown();
                socket.getInputStream().skip(Long.MAX_VALUE);
            } catch (IOException e) {
                // Closed.
            }
        });
    }

    void readEvery(Duration pause) {
        export.every(new PollInterval(pause, pause));
        recorder.at(Recorder.Moment.COUNTED, reached::countDown);
    }

    /** The listener waits for something that never comes. */
    void archivingForEver() {
        recorder.at(Recorder.Moment.DOWNLOADED, () -> {
            reached.countDown();
            context.await(new CompletableFuture<>());
        });
    }

    void awaitReached() throws InterruptedException {
        assertTrue(
                reached.await(TestContexts.LONG_ENOUGH.toSeconds(), TimeUnit.SECONDS),
                () -> "told " + recorder.told() + ", calls " + hss.calls());
    }

    /** The call that was held has been given up, and the contract was kept. */
    void assertLeftAlone() throws InterruptedException {
        if (holdsCall) {
            assertTrue(left.await(TestContexts.LONG_ENOUGH.toSeconds(), TimeUnit.SECONDS), "the call is still there");
        }
        assertEquals(List.of(), hss.violations());
    }

    @Override
    public void close() {
        hss.close();
        try {
            if (mute != null) {
                mute.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
