package io.jenkins.plugins.hss.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.jenkins.plugins.hss.client.Gate;
import io.jenkins.plugins.hss.client.HssException;
import io.jenkins.plugins.hss.client.Operation;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The marks that a submit leaves, and the turns that it takes. */
class ExportRunSubmitTest extends RunsOnFake {
    @Test
    void submitAloneEndsWithTheTask() throws Exception {
        await(run(Gate.OPEN, false, false, false, LONG).start(null));

        assertEquals(List.of("submitting", "submitted " + task()), recorder.told());
        assertEquals(1, hss.calls().size());
    }

    @Test
    void refusedSubmitLeavesNoMark() throws Exception {
        hss.next(
                Api.SUBMIT,
                Answers.gateway(429, "APIGW.0308", "throttled").withHeader("Retry-After", "1"),
                Answers.gateway(503, "APIGW.0613", "unavailable").withHeader("Retry-After", "0"));

        await(run(Gate.OPEN, false, false, false, LONG).start(null));

        assertEquals(
                List.of(
                        "submitting",
                        "not submitted",
                        "waiting SUBMIT 1",
                        "submitting",
                        "not submitted",
                        "submitting",
                        "submitted " + task()),
                recorder.told());
    }

    @Test
    void lostAnswerLeavesTheMark() {
        hss.next(Api.SUBMIT, Answers.closeAfterReadingButAct());

        assertInstanceOf(
                HssException.class,
                failure(run(Gate.OPEN, false, false, false, LONG).start(null)));

        assertEquals(List.of("submitting"), recorder.told());
    }

    @Test
    void submitIsNotSentWithoutItsMark() {
        recorder = new Recorder(folder) {
            @Override
            public void submitting() throws IOException {
                throw new IOException("disk full");
            }
        };
        Turns turns = new Turns();

        assertEquals(
                "disk full",
                failure(run(turns, false, false, false, LONG).start(null)).getMessage());

        assertEquals(List.of("unused"), turns.ends);
        assertEquals(List.of(), hss.calls());
    }

    @Test
    void turnThatComesInTheMomentOfAnAbortIsUnused() {
        Turns turns = new Turns();
        CompletableFuture<Gate.Turn> granted = new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                return false;
            }
        };
        CompletableFuture<Void> run =
                run(operation -> granted, false, false, false, LONG).start(null);

        run.cancel(true);
        granted.complete(turns.enter(Operation.SUBMIT).join());

        assertEquals(List.of("unused"), turns.ends);
        assertEquals(List.of("submitting", "not submitted"), recorder.told());
        assertEquals(List.of(), hss.calls());
    }

    @Test
    void taskThatCannotBeWrittenDownEndsTheRun() {
        recorder = new Recorder(folder) {
            @Override
            public void submitted(String taskId) throws IOException {
                throw new IOException("disk full");
            }
        };

        assertEquals(
                "disk full",
                failure(run(Gate.OPEN, true, true, true, LONG).start(null)).getMessage());

        assertEquals(1, hss.calls().size());
    }

    @Test
    void everyTurnIsGivenBackAsItWasUsed() throws Exception {
        hss.next(
                Api.SUBMIT,
                Answers.gateway(429, "APIGW.0308", "throttled").withHeader("Retry-After", "0"),
                Answers.gateway(503, "APIGW.0613", "unavailable").withHeader("Retry-After", "0"));
        Turns turns = new Turns();

        await(run(turns, false, true, false, LONG).start(null));

        assertEquals(List.of("throttled", "refused", "made", "made"), turns.ends);
    }

    @Test
    void submitThatReachesNobodyGivesItsTurnsBackUnused() {
        hss.refuseConnections();
        Turns turns = new Turns();

        assertInstanceOf(
                HssException.class,
                failure(run(turns, false, false, false, LONG).start(null)));

        assertEquals(List.of("unused", "unused", "unused", "unused"), turns.ends);
        assertEquals("not submitted", recorder.told().get(recorder.told().size() - 1));
    }

    /** A gate that keeps a book of how its turns end. */
    private static final class Turns implements Gate {
        private final List<String> ends = new ArrayList<>();

        @Override
        public CompletableFuture<Turn> enter(Operation operation) {
            return CompletableFuture.completedFuture(new Turn() {
                @Override
                public void made() {
                    end("made");
                }

                @Override
                public void refused() {
                    end("refused");
                }

                @Override
                public void unused() {
                    end("unused");
                }

                @Override
                public void throttled(Duration pause) {
                    end("throttled");
                }
            });
        }

        private synchronized void end(String how) {
            ends.add(how);
        }
    }
}
