package io.jenkins.plugins.hss.client;

import static io.jenkins.plugins.hss.client.Accounts.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.hss.fake.Answer;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A cancel keeps from being sent what is not yet sent, and ends what is. */
class CancelTest extends CountedTurns {
    @Test
    void aCancelBeforeTheProofIsThereSendsNothing() {
        CompletableFuture<Map<String, String>> proof = new CompletableFuture<>();
        CompletableFuture<String> submit =
                client(new GivenProof(() -> proof), transport).submit(Accounts.export());

        submit.cancel(true);
        proof.complete(Map.of("X-Auth-Token", "given"));

        assertTurns("unused");
        assertEquals(List.of(), hss.calls());
    }

    @Test
    void aCancelBetweenProofAndExchangeSendsNothing() {
        Queue<Runnable> held = new ArrayDeque<>();
        CompletableFuture<String> submit =
                client(TOKEN, Accounts.on(held::add, transport)).submit(Accounts.export());
        Runnable exchange = held.remove();

        submit.cancel(true);
        exchange.run();

        assertTurns("unused");
        assertEquals(List.of(), hss.calls());
    }

    @Test
    void aCancelWhileTheClientIsMadeSendsNothing() {
        CompletableFuture<CompletableFuture<String>> submit = new CompletableFuture<>();
        Transport slow = Accounts.posting(
                () -> {
                    submit.join().cancel(true);
                    return transport.fresh().get();
                },
                transport);

        submit.complete(client(TOKEN, slow).submit(Accounts.export()));

        assertTurns("unused");
        assertEquals(List.of(), hss.calls());
    }

    @Test
    void aCancelOfTheWholeReachesACallThatIsJustStarting() {
        Steps<String> whole = new Steps<>();
        CompletableFuture<Boolean> started = new CompletableFuture<>();
        Transport slow = Accounts.posting(
                () -> {
                    started.join();
                    whole.cancel(true);
                    return transport.fresh().get();
                },
                transport);

        whole.step(() -> client(TOKEN, slow).submit(Accounts.export()));
        started.complete(true);

        assertTurns("unused");
        assertEquals(List.of(), hss.calls());
    }

    @Test
    void aCancelAfterTheRequestWasSentLeavesTheCallMade() throws Exception {
        hss.next(Api.SUBMIT, Answers.stall());
        CompletableFuture<String> submit = submit();
        hss.await(Api.SUBMIT, 1, Accounts.LONG_ENOUGH);

        submit.cancel(true);

        assertTurns("made");
    }

    @Test
    void aTurnThatComesInTheMomentOfACancelIsUnused() {
        CompletableFuture<Gate.Turn> granted = new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                return false;
            }
        };
        CompletableFuture<String> submit =
                new HssClient(transport, Accounts.scope(hss), TOKEN, operation -> granted).submit(Accounts.export());

        submit.cancel(true);
        granted.complete(gate.enter(Operation.SUBMIT).join());

        assertTurns("unused");
        assertEquals(List.of(), hss.calls());
    }

    @Test
    void cancellingEndsTheExchange() throws Exception {
        CountDownLatch left = stalls(Answers.stall());
        CompletableFuture<String> submit = submit();
        hss.await(Api.SUBMIT, 1, Accounts.LONG_ENOUGH);

        submit.cancel(true);

        Accounts.await(left);
        assertEquals(1, hss.calls(Api.SUBMIT).size());
    }

    @Test
    void anAnswerThatTakesTooLongIsNotWaitedForAnyMore() throws Exception {
        CountDownLatch left = stalls(Answers.stallWithin());

        Accounts.hssFailure(client(TOKEN, Accounts.within(Duration.ofMillis(700), transport))
                .submit(Accounts.export()));

        Accounts.await(left);
    }

    /** Counts down when the service sees the end of the connection. */
    private CountDownLatch stalls(Answer stall) {
        CountDownLatch left = new CountDownLatch(1);
        hss.next(Api.SUBMIT, exchange -> {
            try {
                stall.give(exchange);
            } finally {
                left.countDown();
            }
        });
        return left;
    }

    @Test
    void nothingIsSentAfterACancelInAPause() throws Exception {
        hss.always(Api.SUBMIT, Answers.gateway(429, "APIGW.0308", "slow"));
        CompletableFuture<Runnable> paused = new CompletableFuture<>();
        Transport patient = new Transport(
                transport.pooled(),
                transport.fresh(),
                clock,
                transport.executor(),
                transport.timeout(),
                pause -> paused::complete);
        CompletableFuture<String> submit = client(TOKEN, patient).submit(Accounts.export());
        Runnable goingOn = await(paused);

        submit.cancel(true);
        goingOn.run();

        assertTrue(submit.isCancelled());
        assertEquals(1, hss.calls(Api.SUBMIT).size());
    }
}
