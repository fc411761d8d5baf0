package io.jenkins.plugins.hss.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.hss.client.TestContexts;
import io.jenkins.plugins.hss.fake.Api;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An export that had come some way before Jenkins was restarted. */
class ResumeTest extends ExportFixture {
    private String taskId;
    private Recorder before;

    @BeforeEach
    void submit() throws Exception {
        before = recorder;
        taskId = export().with(Export.SUBMIT).result().taskId();
        recorder = new Recorder(folder.resolve("report.zip"));
    }

    private static ExportProcess.Progress progress(String taskId, Long records, boolean reported, boolean ended) {
        return new ExportProcess.Progress(taskId, records, reported, ended);
    }

    /** Returns the calls after the submit. */
    private List<Api> calls() {
        return hss.calls().stream().skip(1).map(call -> call.api()).toList();
    }

    @Test
    void exportThatHasNotBegunIsSubmitted() throws Exception {
        ExportResult result =
                export().with(Export.SUBMIT).after(ExportProcess.Progress.NONE).result();

        assertEquals(hss.taskIds().get(1), result.taskId());
        assertEquals(List.of("sending", "submitted " + taskId), before.told());
    }

    @Test
    void knownTaskIsGoneOnWith() throws Exception {
        ExportResult result = export().after(taskId).result();

        assertEquals(new ExportResult(taskId, 42L, Verdict.PASSED), result);
        assertEquals(List.of("counted 42", "succeeded", "report file", "downloaded [报告.csv]"), recorder.told());
        assertEquals(List.of(Api.STATISTIC, Api.STATUS, Api.DOWNLOAD), calls());
    }

    @ParameterizedTest
    @CsvSource({"10, PASSED", "11, UNSTABLE", "21, FAILED"})
    void knownCountIsJudgedAsItIs(long records, Verdict verdict) throws Exception {
        ExportResult result = export().with(Export.options(false, true, 10L, 20L))
                .after(progress(taskId, records, false, false))
                .result();

        assertEquals(new ExportResult(taskId, records, verdict), result);
        assertEquals(List.of(Api.STATUS, Api.DOWNLOAD), calls());
    }

    @Test
    void keptReportIsNotFetchedAgain() throws Exception {
        export().after(progress(taskId, 5L, true, false)).result();

        assertEquals(List.of("succeeded"), recorder.told());
        assertEquals(List.of(Api.STATUS), calls());
    }

    @Test
    void taskThatWasSeenToEndIsNotReadAgain() throws Exception {
        ExportResult result = export().with(Export.options(true, true, null, 4L))
                .after(progress(taskId, 5L, true, true))
                .result();

        assertEquals(new ExportResult(taskId, 5L, Verdict.FAILED), result);
        assertEquals(List.of(), recorder.told());
        assertEquals(List.of(), calls());
    }

    @Test
    void whatWasNotCountedYetIsCounted() throws Exception {
        ExportResult result = export().with(Export.options(true, false, null, 41L))
                .after(progress(taskId, null, false, true))
                .result();

        assertEquals(Verdict.FAILED, result.verdict());
        assertEquals(List.of(Api.STATISTIC), calls());
    }

    @Test
    void knownTaskWithNothingToDoCostsNoCallAndNoTime() throws Exception {
        ExportResult result = export().with(Export.SUBMIT)
                .within(TestContexts.within(Duration.ofHours(-1)))
                .after("known")
                .result();

        assertEquals(new ExportResult("known", null, Verdict.PASSED), result);
        assertEquals(List.of(), recorder.told());
        assertEquals(List.of(), calls());
    }

    @Test
    void failedTaskFailsAgain() {
        hss.exportsEnd("failure");

        export().after(taskId).failure(TaskFailedException.class);

        assertEquals(List.of(Api.STATISTIC, Api.STATUS), calls());
    }
}
