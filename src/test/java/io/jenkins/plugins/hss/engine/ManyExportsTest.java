package io.jenkins.plugins.hss.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.hss.client.Operation;
import io.jenkins.plugins.hss.client.RateLimiter;
import io.jenkins.plugins.hss.client.RateLimiters;
import io.jenkins.plugins.hss.client.SettableClock;
import io.jenkins.plugins.hss.client.TestContexts;
import io.jenkins.plugins.hss.client.TestLimiters;
import io.jenkins.plugins.hss.client.TestTransport;
import io.jenkins.plugins.hss.client.TokenAuthentication;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.FakeHss;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many exports at once keep the limits of their accounts and of their host, and lose no permit. */
class ManyExportsTest {
    private static final int PER_ACCOUNT = 15;
    private static final int LIMIT = 5;
    private static final int HOST_LIMIT = 8;

    @TempDir
    private Path folder;

    private final SettableClock clock = new SettableClock();
    private final TestLimiters limiters = new TestLimiters(clock);
    private final FakeHss hss =
            new FakeHss().clock(clock).token("blue").token("green").callsPerMinute(LIMIT);

    @AfterEach
    void stopTheService() {
        hss.close();
        assertEquals(List.of(), hss.violations());
    }

    private RateLimiter limiter(String account) {
        return limiters.limiters()
                .of(
                        new RateLimiters.Caller(hss.url(), account, LIMIT, HOST_LIMIT),
                        operation -> 0,
                        (operation, wait) -> {},
                        null);
    }

    private Export export(String account, int number, List<Recorder> recorders) {
        Recorder recorder = new Recorder(folder.resolve(account + number + ".zip"));
        recorders.add(recorder);
        return new Export(hss, recorder)
                .as(new TokenAuthentication(account))
                .by(TestTransport.of(clock))
                .limitedBy(limiter(account));
    }

    /** Lets time pass, second by second, until all have ended. */
    private void passTimeUntilAllHaveEnded(List<Running> exports) {
        Awaitility.await()
                .atMost(60, TimeUnit.SECONDS)
                .pollInterval(5, TimeUnit.MILLISECONDS)
                .until(() -> {
                    clock.advance(Duration.ofSeconds(1));
                    limiters.refresh();
                    return exports.stream().allMatch(export -> export.task().isDone());
                });
    }

    private void assertAllPermitsAreBack() {
        clock.advance(Duration.ofMinutes(1));
        for (String account : List.of("blue", "green")) {
            for (Operation operation : Operation.values()) {
                assertEquals(Duration.ZERO, limiter(account).expectedWait(operation), account + " " + operation);
            }
        }
    }

    @Test
    void nobodyIsThrottledAndEverybodyIsServed() throws Exception {
        List<Recorder> recorders = new ArrayList<>();
        List<Running> exports = new ArrayList<>();
        for (int i = 0; i < PER_ACCOUNT; i++) {
            exports.add(export("blue", i, recorders).start());
            exports.add(export("green", i, recorders).start());
        }

        passTimeUntilAllHaveEnded(exports);

        HashSet<String> tasks = new HashSet<>();
        for (Running export : exports) {
            tasks.add(export.result().taskId());
        }
        assertEquals(new HashSet<>(hss.taskIds()), tasks);
        assertEquals(2 * PER_ACCOUNT, tasks.size());
        for (Recorder recorder : recorders) {
            assertEquals(0, recorder.count("retrying"));
            assertEquals(1, recorder.count("downloaded"));
        }
        for (Api api : List.of(Api.SUBMIT, Api.STATISTIC, Api.STATUS, Api.DOWNLOAD)) {
            // A throttled read is ridden out, so only its second call would show it.
            assertEquals(2 * PER_ACCOUNT, hss.calls(api).size(), api::toString);
            assertTrue(hss.mostCallsInAMinute(api) <= HOST_LIMIT, () -> api + " " + hss.mostCallsInAMinute(api));
        }
        assertAllPermitsAreBack();
    }

    @Test
    void whoeverIsStoppedTakesNoPermitWithIt() throws Exception {
        List<Recorder> recorders = new ArrayList<>();
        List<Running> exports = new ArrayList<>();
        List<Running> stopped = new ArrayList<>();
        for (int i = 0; i < PER_ACCOUNT; i++) {
            Export export = export("blue", i, recorders).within(TestContexts.lasting());
            Running running = export.start();
            if (i % 3 == 0) {
                export.context().cancel();
                stopped.add(running);
            } else {
                exports.add(running);
            }
        }

        passTimeUntilAllHaveEnded(exports);

        for (Running export : exports) {
            export.result();
        }
        for (Running export : stopped) {
            export.failure(InterruptedException.class);
        }
        assertTrue(hss.tasks() >= exports.size() && hss.tasks() <= PER_ACCOUNT, hss.tasks() + " tasks");
        assertTrue(hss.mostCallsInAMinute(Api.SUBMIT) <= LIMIT);
        assertAllPermitsAreBack();
    }
}
