package io.jenkins.plugins.hss.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.hss.client.RateLimiter.Permit;
import io.jenkins.plugins.hss.client.RateLimiters.Caller;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One limiter for each API of each host, shared by all who call it. */
class RateLimitersTest {
    private static final URI HSS = URI.create("https://hss.cn-north-4.myhuaweicloud.com");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final AtomicLong time = new AtomicLong();
    private final RateLimiters limiters = new RateLimiters(time::get);
    private final List<String> told = new CopyOnWriteArrayList<>();

    private RateLimiter of(URI endpoint, String account, int limit, int hostLimit, long rank) {
        return limiters.of(
                new Caller(endpoint, account, limit, hostLimit),
                operation -> rank,
                (operation, wait) -> told.add(operation + " " + wait),
                null);
    }

    private RateLimiter of(String account) {
        return of(HSS, account, 5, 5, 0);
    }

    private static void make(RateLimiter limiter, Operation operation, int calls) throws Exception {
        for (int i = 0; i < calls; i++) {
            limiter.acquire(operation, TestContexts.lasting()).consume();
        }
    }

    private static boolean isFull(RateLimiter limiter, Operation operation) {
        return !limiter.expectedWait(operation).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void eachApiHasItsOwnMinute(Operation operation) throws Exception {
        make(of("acme"), operation, 5);

        for (Operation other : Operation.values()) {
            assertEquals(other == operation, isFull(of("acme"), other), other::toString);
        }
    }

    @Test
    void eachHostHasItsOwnMinute() throws Exception {
        make(of("acme"), Operation.STATUS, 5);

        assertFalse(
                isFull(of(URI.create("https://hss.cn-east-3.myhuaweicloud.com"), "acme", 5, 5, 0), Operation.STATUS));
        assertFalse(isFull(of(URI.create(HSS + ":8443"), "acme", 5, 5, 0), Operation.STATUS));
        assertFalse(isFull(of(URI.create("http" + HSS.toString().substring(5)), "acme", 5, 5, 0), Operation.STATUS));
        assertTrue(isFull(of("acme"), Operation.STATUS));
    }

    @Test
    void twoAccountsOfOneControllerShareTheAddress() throws Exception {
        make(of("one"), Operation.SUBMIT, 3);
        make(of("two"), Operation.SUBMIT, 2);

        assertTrue(isFull(of("one"), Operation.SUBMIT));
        assertTrue(isFull(of("three"), Operation.SUBMIT));
    }

    @Test
    void theAddressTakesNoLessThanTheAccountMay() throws Exception {
        make(of(HSS, "acme", 10, 5, 0), Operation.SUBMIT, 9);

        assertFalse(isFull(of(HSS, "acme", 10, 5, 0), Operation.SUBMIT));
    }

    @Test
    void theAddressTakesAsMuchAsTheWidestConnectionMay() throws Exception {
        make(of(HSS, "one", 5, 8, 0), Operation.SUBMIT, 5);
        make(of(HSS, "two", 5, 8, 0), Operation.SUBMIT, 3);

        assertTrue(isFull(of(HSS, "two", 5, 8, 0), Operation.SUBMIT));
        assertTrue(isFull(of(HSS, "three", 5, 8, 0), Operation.SUBMIT));
    }

    @Test
    void aWaitIsToldWithItsOperation() throws Exception {
        make(of("acme"), Operation.STATISTIC, 5);
        time.addAndGet(Duration.ofSeconds(20).toNanos());

        assertThrows(
                DeadlineExceededException.class,
                () -> of("acme").acquire(Operation.STATISTIC, TestContexts.within(Duration.ofMillis(50))));

        assertEquals(List.of("STATISTIC PT40S"), told);
    }

    @Test
    void theRankIsThatOfTheOperation() throws Exception {
        make(of(HSS, "acme", 1, 1, 0), Operation.STATUS, 1);
        CallContext context = TestContexts.lasting();
        Background<Permit> waiting = Background.start(() -> limiters.of(
                                new Caller(HSS, "acme", 1, 1),
                                operation -> operation == Operation.STATUS ? 7 : 0,
                                (operation, wait) -> {},
                                null)
                        .acquire(Operation.STATUS, context))
                .whenWaiting();

        assertEquals(MINUTE, of(HSS, "acme", 1, 1, 6).expectedWait(Operation.STATUS));
        assertEquals(MINUTE.multipliedBy(2), of(HSS, "acme", 1, 1, 7).expectedWait(Operation.STATUS));
        assertFalse(waiting.isDone());
        context.cancel();
        assertInstanceOf(InterruptedException.class, waiting.failure());
    }

    @ParameterizedTest
    @EnumSource
    void onlySubmitsArePausedWhileJenkinsIsQuietingDown(Operation operation) throws Exception {
        RateLimiter quiet = limiters.of(
                new Caller(HSS, "acme", 5, 5),
                same -> 0,
                (same, wait) -> {},
                () -> operation == Operation.SUBMIT || fail());
        CallContext context = TestContexts.lasting();
        Background<Permit> permit =
                Background.start(() -> quiet.acquire(operation, context)).whenWaiting();

        if (operation == Operation.SUBMIT) {
            assertFalse(permit.isDone());
            context.cancel();
            assertInstanceOf(InterruptedException.class, permit.failure());
        } else {
            permit.result().close();
        }
    }

    private static boolean fail() {
        throw new AssertionError("nobody asks about anything but submits");
    }

    @Test
    void nothingIsGrantedAfterTheClose() {
        RateLimiter known = of("acme");
        assertFalse(isFull(known, Operation.SUBMIT));

        limiters.close();

        for (Operation operation : List.of(Operation.SUBMIT, Operation.DOWNLOAD)) {
            DeadlineExceededException failure = assertThrows(
                    DeadlineExceededException.class,
                    () -> known.acquire(operation, TestContexts.within(Duration.ofMillis(50))));
            assertTrue(failure.isRateLimited());
        }
    }

    @Test
    void whoeverWaitsAtTheCloseCanStillBeCancelled() throws Exception {
        make(of("acme"), Operation.SUBMIT, 5);
        CallContext context = TestContexts.lasting();
        Background<Permit> waiting = Background.start(() -> of("acme").acquire(Operation.SUBMIT, context))
                .whenWaiting();

        limiters.close();
        time.addAndGet(MINUTE.toNanos());
        limiters.refresh();

        assertFalse(waiting.isDone());
        context.cancel();
        assertInstanceOf(InterruptedException.class, waiting.failure());
    }

    @Test
    void aRefreshLetsThoseGoWhoseTimeHasCome() throws Exception {
        make(of("acme"), Operation.SUBMIT, 5);
        Background<Permit> waiting = Background.start(
                        () -> of("acme").acquire(Operation.SUBMIT, TestContexts.lasting()))
                .whenWaiting();

        time.addAndGet(MINUTE.toNanos());
        limiters.refresh();

        waiting.result().close();
    }

    @Test
    void withoutALimitNobodyWaits() throws Exception {
        for (int i = 0; i < 100; i++) {
            RateLimiter.UNLIMITED
                    .acquire(Operation.SUBMIT, TestContexts.lasting())
                    .consume();
        }

        assertEquals(Duration.ZERO, RateLimiter.UNLIMITED.expectedWait(Operation.SUBMIT));
    }
}
