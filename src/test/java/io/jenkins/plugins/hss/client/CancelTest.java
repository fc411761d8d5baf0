package io.jenkins.plugins.hss.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Named.named;

import io.jenkins.plugins.hss.fake.Answer;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.FakeHss;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A cancel, an interrupt or the deadline keeps from being sent what is not yet sent, and ends what is. */
class CancelTest extends CountedPermits {
    /** What ends a call, and what the caller gets of it. */
    private record End(Class<? extends Exception> exception, Deed deed) {
        private interface Deed {
            void to(CancelTest test);
        }
    }

    static Stream<Named<End>> ends() {
        return Stream.of(
                named("cancel", new End(InterruptedException.class, test -> test.context.cancel())),
                named(
                        "deadline",
                        new End(DeadlineExceededException.class, test -> test.clock.advance(Duration.ofHours(2)))));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void anEndBetweenPermitAndHeadersSendsNothing(End end) {
        GivenHeaders caller = GivenHeaders.after(() -> end.deed.to(this));

        assertThrows(end.exception, () -> submit(caller, transport));

        assertNothingSent();
        assertMarks();
    }

    @ParameterizedTest
    @MethodSource("ends")
    void anEndInTheMomentOfThePermitSendsNothing(End end) {
        RateLimiter late = (operation, same) -> {
            end.deed.to(this);
            return limiter.acquire(operation, same);
        };
        HssClient client = new HssClient(transport, Accounts.scope(hss), TOKEN, late, context);

        assertThrows(end.exception, () -> client.submit(Accounts.export(), marks));

        assertNothingSent();
        assertMarks();
    }

    @ParameterizedTest
    @MethodSource("ends")
    void anEndWhileTheHttpClientIsMadeSendsNothing(End end) {
        Transport slow = TestTransport.posting(
                () -> {
                    end.deed.to(this);
                    return transport.fresh().get();
                },
                transport);

        assertThrows(end.exception, () -> submit(TOKEN, slow));

        assertNothingSent();
        assertMarks();
    }

    @ParameterizedTest
    @MethodSource("ends")
    void anEndWhileTheMarkIsSetSendsNothingAndTakesItBack(End end) {
        SendListener slow = new SendListener() {
            @Override
            public void sending() {
                marks.sending();
                end.deed.to(CancelTest.this);
            }

            @Override
            public void createdNothing() {
                marks.createdNothing();
            }
        };

        assertThrows(end.exception, () -> client(TOKEN, transport).submit(Accounts.export(), slow));

        assertNothingSent();
        assertMarks("sending", "created nothing");
    }

    @ParameterizedTest
    @MethodSource("ends")
    void anEndBeforehandSendsNothing(End end) {
        end.deed.to(this);

        assertThrows(end.exception, this::submit);

        assertNothingSent();
        assertMarks();
    }

    @Test
    void aCancelWhileTheHeadersAreWaitedForSendsNothing() {
        CompletableFuture<Map<String, String>> headers = new CompletableFuture<>();
        GivenHeaders caller = new GivenHeaders(same -> {
            try {
                return same.await(headers);
            } catch (ExecutionException e) {
                throw new AssertionError(e);
            }
        });
        Background<String> submit =
                Background.start(() -> submit(caller, transport)).whenWaiting();

        context.cancel();

        assertInstanceOf(InterruptedException.class, submit.failure());
        assertNothingSent();
        assertFalse(headers.isDone());
    }

    @Test
    void aCancelAfterTheRequestWasSentLeavesTheCallMade() throws Exception {
        CountDownLatch left = new CountDownLatch(1);
        hss.next(Api.SUBMIT, Accounts.counting(left, Answers.stall()));
        Background<String> submit = Background.start(this::submit);
        hss.await(Api.SUBMIT, 1, TestContexts.LONG_ENOUGH);

        context.cancel();

        assertInstanceOf(InterruptedException.class, submit.failure());
        Accounts.await(left);
        assertPermits("consumed");
        assertMarks("sending");
        assertEquals(1, hss.calls(Api.SUBMIT).size());
    }

    @Test
    void anInterruptBySomebodyElseEndsTheCallAsWell() throws Exception {
        CountDownLatch left = new CountDownLatch(1);
        hss.next(Api.SUBMIT, Accounts.counting(left, Answers.stall()));
        Background<String> submit = Background.start(this::submit);
        hss.await(Api.SUBMIT, 1, TestContexts.LONG_ENOUGH);

        submit.whenWaiting().interrupt();

        assertInstanceOf(InterruptedException.class, submit.failure());
        Accounts.await(left);
        assertPermits("consumed");
        assertMarks("sending");
    }

    @Test
    void theDeadlineEndsACallOnTheWire() throws Exception {
        CountDownLatch left = new CountDownLatch(1);
        hss.next(Api.SUBMIT, Accounts.counting(left, Answers.stallWithin()));
        HssClient hurried = new HssClient(
                transport, Accounts.scope(hss), TOKEN, limiter, TestContexts.within(Duration.ofMillis(700)));

        DeadlineExceededException failure =
                assertThrows(DeadlineExceededException.class, () -> hurried.submit(Accounts.export(), marks));

        assertFalse(failure.isRateLimited());
        Accounts.await(left);
        assertPermits("consumed");
        assertMarks("sending");
    }

    /** Nobody answers the first word of the handshake. */
    private static RawServer mute() throws IOException {
        return new RawServer(socket -> socket.getInputStream().transferTo(OutputStream.nullOutputStream()));
    }

    private HssClient client(RawServer server, CallContext by) {
        HssClient.Scope scope = new HssClient.Scope(server.url(), null, FakeHss.PROJECT, null);
        return new HssClient(transport, scope, TOKEN, limiter, by);
    }

    @Test
    void aCancelBeforeTheConnectionStandsTakesTheMarkBack() throws Exception {
        try (RawServer server = mute()) {
            Background<String> submit =
                    Background.start(() -> client(server, context).submit(Accounts.export(), marks));
            Background.until(() -> server.connections() == 1);

            context.cancel();

            assertInstanceOf(InterruptedException.class, submit.failure());
            assertPermits("unused");
            assertMarks("sending", "created nothing");
        }
    }

    @Test
    void theDeadlineBeforeTheConnectionStandsTakesTheMarkBack() throws Exception {
        try (RawServer server = mute()) {
            HssClient hurried = client(server, TestContexts.within(Duration.ofMillis(500)));

            assertThrows(DeadlineExceededException.class, () -> hurried.submit(Accounts.export(), marks));

            assertPermits("unused");
            assertMarks("sending", "created nothing");
        }
    }

    static Stream<Named<Answer>> endless() {
        return Stream.of(named("silence", Answers.stall()), named("half an answer", Answers.stallWithin()));
    }

    @ParameterizedTest
    @MethodSource("endless")
    void aResponseThatTakesTooLongIsNotWaitedForAnyMore(Answer stall) throws Exception {
        CountDownLatch left = new CountDownLatch(1);
        hss.next(Api.SUBMIT, Accounts.counting(left, stall));

        assertThrows(HssException.class, () -> submit(TOKEN, TestTransport.within(Duration.ofMillis(700), transport)));

        Accounts.await(left);
    }

    @ParameterizedTest
    @MethodSource("endless")
    void aCancelledReadLeavesTheServiceAlone(Answer stall) throws Exception {
        CountDownLatch left = new CountDownLatch(1);
        hss.next(Api.CICD, Accounts.counting(left, stall));
        Background<CicdAccesses> read =
                Background.start(() -> client(TOKEN, transport).cicdAccesses());
        hss.await(Api.CICD, 1, TestContexts.LONG_ENOUGH);

        context.cancel();

        assertInstanceOf(InterruptedException.class, read.failure());
        Accounts.await(left);
        assertPermits("consumed");
    }

    @Test
    void aCancelledContextMakesNoFurtherCall() throws Exception {
        submit();
        context.cancel();

        assertThrows(InterruptedException.class, this::submit);
        assertThrows(InterruptedException.class, () -> client(TOKEN, transport).task("a"));

        assertEquals(1, hss.calls().size());
        assertPermits("consumed", "unused", "unused");
        assertFalse(Thread.interrupted());
    }

    @Test
    void oneCancelLeavesTheCallsOfOthersAlone() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        hss.always(Api.CICD, Accounts.held(answer));
        List<Background<CicdAccesses>> others = Stream.generate(() -> Background.start(
                        () -> Accounts.client(hss, TOKEN, transport).cicdAccesses()))
                .limit(3)
                .toList();
        Background<CicdAccesses> aborted =
                Background.start(() -> client(TOKEN, transport).cicdAccesses());
        hss.await(Api.CICD, 4, TestContexts.LONG_ENOUGH);

        context.cancel();
        assertInstanceOf(InterruptedException.class, aborted.failure());
        answer.countDown();

        for (Background<CicdAccesses> other : others) {
            other.result();
        }
    }
}
