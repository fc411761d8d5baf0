package io.jenkins.plugins.hss.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.hss.FastPace;
import io.jenkins.plugins.hss.Zips;
import io.jenkins.plugins.hss.client.ExportField;
import io.jenkins.plugins.hss.client.ExportRequest;
import io.jenkins.plugins.hss.client.Gate;
import io.jenkins.plugins.hss.client.HssClient;
import io.jenkins.plugins.hss.client.HssException;
import io.jenkins.plugins.hss.client.Operation;
import io.jenkins.plugins.hss.client.Steps;
import io.jenkins.plugins.hss.client.TokenAuthentication;
import io.jenkins.plugins.hss.client.Transport;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.FakeHss;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.ZipException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(FastPace.class)
class ExportRunTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LONG = Duration.ofHours(1);
    private static final byte[] ZIP = Zips.of("报告.csv", "findings");

    private final FakeHss hss = new FakeHss().token("token").report(ZIP);

    @TempDir
    private Path folder;

    private Recorder recorder;

    @BeforeEach
    void record() {
        recorder = new Recorder(folder.resolve("report.zip"));
    }

    @AfterEach
    void stopTheService() {
        assertEquals(List.of(), hss.violations());
        hss.close();
    }

    @Test
    void submitAloneEndsWithTheTask() throws Exception {
        await(run(Gate.OPEN, false, false, false, LONG).start(null));

        assertEquals(List.of("submitting", "submitted " + task()), recorder.told());
        assertEquals(1, hss.calls().size());
    }

    @Test
    void everythingIsToldInItsOrder() throws Exception {
        hss.records(7).exportsTake(LONG);
        CompletableFuture<Void> run = run(Gate.OPEN, true, false, true, LONG).start(null);
        hss.await(Api.STATUS, 3, PATIENCE);
        hss.exportsTake(Duration.ZERO);
        await(run);

        List<String> told = new ArrayList<>(recorder.told());
        assertEquals(List.of("submitting", "submitted " + task(), "counted 7"), told.subList(0, 3));
        assertEquals(List.of("succeeded", "report [报告.csv]"), told.subList(told.size() - 2, told.size()));
        List<String> between = told.subList(3, told.size() - 2);
        assertTrue(between.size() >= 2, between::toString);
        assertEquals(List.of("running running"), between.stream().distinct().toList());
        assertArrayEquals(ZIP, recorder.report());
    }

    @Test
    void knownTaskIsGoneOnWith() throws Exception {
        await(run(Gate.OPEN, false, false, false, LONG).start(null));

        await(run(Gate.OPEN, false, true, false, LONG).start(task()));

        assertEquals(List.of("submitting", "submitted " + task(), "succeeded"), recorder.told());
        assertEquals(1, hss.calls(Api.SUBMIT).size());
    }

    @Test
    void knownTaskWithNothingToDoCostsNoCall() throws Exception {
        await(run(Gate.OPEN, false, false, false, Duration.ofHours(-1)).start("known"));

        assertEquals(List.of(), recorder.told());
        assertEquals(List.of(), hss.calls());
    }

    @Test
    void deadlineThatHasPassedCostsNoCall() {
        assertInstanceOf(
                TimeoutException.class,
                failure(run(Gate.OPEN, true, true, true, Duration.ZERO).start("known")));

        assertEquals(List.of(), hss.calls());
    }

    @Test
    void deadlineEndsTheWait() throws Exception {
        hss.next(Api.STATUS, Answers.stall());

        assertInstanceOf(
                TimeoutException.class,
                failure(run(Gate.OPEN, false, true, false, Duration.ofMillis(800))
                        .start(null)));

        assertEquals(1, hss.calls(Api.SUBMIT).size());
    }

    @Test
    void abortEndsTheCallUnderWayAndNoOtherFollows() throws Exception {
        hss.next(Api.DOWNLOAD, Answers.stallWithin());
        CompletableFuture<Void> run = run(Gate.OPEN, false, false, true, LONG).start(null);
        hss.await(Api.DOWNLOAD, 1, PATIENCE);

        run.cancel(true);

        assertThrows(CancellationException.class, run::join);
        assertFalse(recorder.told().stream().anyMatch(word -> word.startsWith("report")));
        assertEquals(1, hss.calls(Api.DOWNLOAD).size());
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

    @Test
    void failedTaskIsNamed() {
        hss.exportsEnd("failure");

        Throwable failure = failure(run(Gate.OPEN, false, false, true, LONG).start(null));

        assertInstanceOf(TaskFailedException.class, failure);
        assertTrue(failure.getMessage().contains(task()), failure.getMessage());
        assertFalse(recorder.told().contains("succeeded"));
        assertEquals(0, hss.calls(Api.DOWNLOAD).size());
    }

    @Test
    void readsRideOutWhatPasses() throws Exception {
        hss.next(Api.STATISTIC, Answers.empty(500))
                .next(Api.STATUS, Answers.html(502, "<html>"), Answers.closeAfterReading())
                .next(Api.DOWNLOAD, Answers.cut())
                .records(3);

        await(run(Gate.OPEN, true, false, true, LONG).start(null));

        assertTrue(recorder.told().contains("counted 3"));
        assertArrayEquals(ZIP, recorder.report());
    }

    @Test
    void brokenReportIsFetchedAgain() throws Exception {
        hss.next(Api.DOWNLOAD, Answers.truncatedZip(), Answers.notAZip());

        await(run(Gate.OPEN, false, false, true, LONG).start(null));

        assertEquals(3, hss.calls(Api.DOWNLOAD).size());
        assertArrayEquals(ZIP, recorder.report());
    }

    @Test
    void reportThatStaysBrokenIsFetchedThreeTimes() {
        hss.always(Api.DOWNLOAD, Answers.notAZip());

        assertInstanceOf(
                ZipException.class,
                failure(run(Gate.OPEN, false, false, true, LONG).start(null)));

        assertEquals(3, hss.calls(Api.DOWNLOAD).size());
        assertFalse(recorder.told().stream().anyMatch(word -> word.startsWith("report")));
    }

    private ExportRun run(Gate gate, boolean count, boolean follow, boolean report, Duration left) {
        Transport transport = new Transport(
                HttpClient.newHttpClient(),
                HttpClient::newHttpClient,
                Clock.systemUTC(),
                ForkJoinPool.commonPool(),
                PATIENCE);
        HssClient.Scope scope = new HssClient.Scope(hss.url(), FakeHss.REGION, FakeHss.PROJECT, null);
        return new ExportRun(
                passing -> new HssClient(transport, scope, new TokenAuthentication("token"), passing),
                gate,
                ExportRequest.builder()
                        .with(ExportField.EXPORT_SIZE, 100)
                        .with(ExportField.SECURITY_REPORT_TYPE, "malwares")
                        .build(),
                new Plan(count, follow, report, Instant.now().plus(left)),
                recorder,
                ForkJoinPool.commonPool(),
                ForkJoinPool.commonPool());
    }

    private String task() {
        return hss.taskIds().get(0);
    }

    private static void await(CompletableFuture<Void> run) throws Exception {
        run.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static Throwable failure(CompletableFuture<Void> run) {
        return Steps.cause(
                assertThrows(ExecutionException.class, () -> await(run)).getCause());
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
