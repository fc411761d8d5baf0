package io.jenkins.plugins.hss.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.hss.client.CallContext;
import io.jenkins.plugins.hss.client.HssException;
import io.jenkins.plugins.hss.client.Operation;
import io.jenkins.plugins.hss.client.RateLimiter;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From the request to the verdict. */
class ExportProcessTest extends ExportFixture {
    @Test
    void everythingIsToldInItsOrder() throws Exception {
        hss.records(7).exportsTake(Duration.ofHours(1));
        Running export = export().start();
        hss.await(Api.STATUS, 3, PATIENCE);
        hss.exportsTake(Duration.ZERO);

        ExportResult result = export.result();

        assertEquals(new ExportResult(task(), 7L, Verdict.PASSED), result);
        List<String> told = new ArrayList<>(recorder.told());
        assertEquals(List.of("sending", "submitted " + task(), "counted 7"), told.subList(0, 3));
        int end = told.size() - 3;
        assertEquals(List.of("succeeded", "report file", "downloaded [报告.csv]"), told.subList(end, told.size()));
        List<String> between = told.subList(3, end);
        assertTrue(between.size() >= 2, between::toString);
        assertEquals(List.of("running running"), between.stream().distinct().toList());
        assertArrayEquals(ZIP, recorder.report());
    }

    @Test
    void onlyWhatIsAskedForIsDone() throws Exception {
        export().with(Export.WAIT).result();
        assertEquals(
                List.of(Api.SUBMIT, Api.STATUS),
                hss.calls().stream().map(call -> call.api()).toList());

        export().with(Export.COUNT).result();
        assertEquals(
                List.of(Api.SUBMIT, Api.STATISTIC),
                hss.calls().stream().skip(2).map(call -> call.api()).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "0,       0, 0, PASSED",
        "0,       0,  , PASSED",
        "0,        , 0, PASSED",
        "1,       1, 1, PASSED",
        "2,       1, 2, UNSTABLE",
        "2,       1,  , UNSTABLE",
        "3,       1, 2, FAILED",
        "3,        , 2, FAILED",
        "3,       5, 2, FAILED",
        "4,       3, 3, FAILED",
        "4000000000, 3999999999, 4000000000, UNSTABLE"
    })
    void recordsAreJudgedByBothThresholds(long records, Long unstableAbove, Long failAbove, Verdict verdict)
            throws Exception {
        hss.records(records);

        ExportResult result = export().with(Export.options(false, false, unstableAbove, failAbove))
                .result();

        assertEquals(new ExportResult(task(), records, verdict), result);
    }

    @Test
    void verdictComesOnlyWithTheReport() throws Exception {
        hss.records(7);

        ExportResult result =
                export().with(Export.options(false, true, null, 6L)).result();

        assertEquals(Verdict.FAILED, result.verdict());
        assertArrayEquals(ZIP, recorder.report());
    }

    @Test
    void nothingIsCountedWithoutAThreshold() throws Exception {
        assertNull(export().with(Export.ARCHIVE).result().records());

        assertEquals(0, hss.calls(Api.STATISTIC).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"waiting", "SUCCESS", "成功"})
    void unknownStatusCountsAsRunning(String status) throws Exception {
        hss.next(Api.STATUS, Answers.status(200, "{\"task_status\":\"" + status + "\"}"));

        export().with(Export.WAIT).result();

        assertEquals(List.of("running " + status, "succeeded"), recorder.told().subList(2, 4));
    }

    @Test
    void failedTaskIsNamed() {
        hss.exportsEnd("failure");

        Throwable failure = export().failure(TaskFailedException.class);

        assertTrue(failure.getMessage().contains(task()), failure.getMessage());
        assertFalse(recorder.told().contains("succeeded"));
        assertEquals(0, hss.calls(Api.DOWNLOAD).size());
    }

    @ParameterizedTest
    @EnumSource(names = {"STATISTIC", "STATUS", "DOWNLOAD"})
    void readThatIsRefusedForGoodEndsAtOnce(Api api) {
        hss.always(api, Answers.hss(403, "HSS.0013", "no permission"));

        assertEquals(403, export().failure(HssException.class).status());

        assertEquals(1, hss.calls(api).size());
    }

    // Pauses

    @Test
    void readsBecomeRarer() throws Exception {
        hss.clock(clock).exportsTake(Duration.ofSeconds(60));

        exportWithoutPauses().with(Export.WAIT).every(PollInterval.DEFAULT).result();

        assertEquals(
                List.of(5_000L, 7_500L, 11_250L, 16_875L, 25_312L),
                pauses.taken().stream().map(Duration::toMillis).toList());
    }

    @ParameterizedTest
    @CsvSource({"0, 5", "40, 40", "600, 60"})
    void firstReadComesLaterWherePermitsAreScarce(long expectedWait, long pause) throws Exception {
        RateLimiter scarce = new RateLimiter() {
            @Override
            public Permit acquire(Operation operation, CallContext context) {
                return new Permit() {};
            }

            @Override
            public Duration expectedWait(Operation operation) {
                assertEquals(Operation.STATUS, operation);
                return Duration.ofSeconds(expectedWait);
            }
        };

        exportWithoutPauses()
                .with(Export.WAIT)
                .every(PollInterval.DEFAULT)
                .limitedBy(scarce)
                .result();

        assertEquals(List.of(Duration.ofSeconds(pause)), pauses.taken());
    }
}
