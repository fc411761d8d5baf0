package io.jenkins.plugins.hss.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.hss.client.Gate;
import io.jenkins.plugins.hss.client.HssException;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From a task to its end and its report. */
class ExportRunTest extends RunsOnFake {
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
    void deadlineEndsTheWaitAndTheCallUnderWay() throws Exception {
        CountDownLatch left = new CountDownLatch(1);
        hss.next(Api.STATUS, exchange -> {
            try {
                Answers.stall().give(exchange);
            } finally {
                left.countDown();
            }
        });

        assertInstanceOf(
                TimeoutException.class,
                failure(run(Gate.OPEN, false, true, false, Duration.ofMillis(800))
                        .start(null)));

        assertTrue(left.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));
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
    void abortAfterTheTasksEndKeepsTheReportFromBeingFetched() {
        CompletableFuture<CompletableFuture<Void>> run = new CompletableFuture<>();
        List<String> files = new ArrayList<>();
        recorder = new Recorder(folder) {
            @Override
            public void succeeded() {
                run.join().cancel(true);
            }

            @Override
            public Path reportFile() {
                files.add("asked for");
                return super.reportFile();
            }
        };

        run.complete(run(Gate.OPEN, false, false, true, LONG).start(null));

        assertThrows(CancellationException.class, () -> await(run.join()));
        assertEquals(List.of(), files);
        assertEquals(0, hss.calls(Api.DOWNLOAD).size());
    }

    @ParameterizedTest
    @EnumSource(names = {"STATISTIC", "STATUS", "DOWNLOAD"})
    void readThatIsRefusedForGoodEndsAtOnce(Api api) {
        hss.always(api, Answers.hss(403, "HSS.0013", "no permission"));

        assertInstanceOf(
                HssException.class,
                failure(run(Gate.OPEN, true, true, true, LONG).start(null)));

        assertEquals(1, hss.calls(api).size());
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
}
