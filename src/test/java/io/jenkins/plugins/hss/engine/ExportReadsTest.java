package io.jenkins.plugins.hss.engine;

import static io.jenkins.plugins.hss.client.Messages.Hint_noFile;
import static io.jenkins.plugins.hss.client.Messages.Hint_unwritable;
import static io.jenkins.plugins.hss.client.Messages.HssException_unusable;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.hss.client.HssException;
import io.jenkins.plugins.hss.fake.Answer;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.FakeHss;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads go on for as long as the deadline allows; what HSS sends is looked at only where it is needed. */
class ExportReadsTest extends ExportFixture {
    @ParameterizedTest
    @EnumSource(names = {"STATISTIC", "STATUS", "DOWNLOAD"})
    void readIsRepeatedLessAndLessOften(Api api) throws Exception {
        hss.next(
                api, unavailable(), Answers.empty(500), Answers.html(502, "<html>"), Answers.closeAfterReadingButAct());

        exportWithoutPauses().result();

        // Java's HTTP client itself repeats what has an answer of no byte at all, if it only reads.
        assertTrue(hss.calls(api).size() >= 5, hss.calls(api)::toString);
        List<Duration> growing = pauses.taken().stream()
                .filter(pause -> pause.compareTo(Duration.ofMillis(100)) > 0)
                .toList();
        for (int i = 0; i < growing.size(); i++) {
            Duration longest = Duration.ofSeconds(1L << i);
            assertTrue(
                    growing.get(i).compareTo(longest) <= 0 && growing.get(i).compareTo(longest.dividedBy(2)) >= 0,
                    growing::toString);
        }
        assertTrue(growing.size() >= 3, growing::toString);
        assertArrayEquals(ZIP, recorder.report());
        assertEquals(1, hss.tasks());
    }

    @ParameterizedTest
    @EnumSource(names = {"STATISTIC", "STATUS", "DOWNLOAD"})
    void throttledReadIsRepeatedAsAsked(Api api) throws Exception {
        hss.next(
                api,
                throttled(),
                throttled().withHeader("Retry-After", "7"),
                throttled().withHeader("Retry-After", "900"));

        exportWithoutPauses().result();

        assertEquals(
                List.of(60L, 7L, 300L),
                pauses.taken().stream()
                        .map(Duration::toSeconds)
                        .filter(seconds -> seconds > 0)
                        .toList());
        assertEquals(4, hss.calls(api).size());
    }

    @ParameterizedTest
    @EnumSource(names = {"STATISTIC", "STATUS", "DOWNLOAD"})
    void readIsRepeatedUntilTheDeadline(Api api) {
        hss.always(api, Answers.empty(500));

        Throwable failure = exportWithoutPauses().failure(ExportTimeoutException.class);

        assertEquals(Export.TIMEOUT, pauses.taken().stream().reduce(Duration.ZERO, Duration::plus));
        assertTrue(hss.calls(api).size() > 60, () -> hss.calls(api).size() + " calls");
        assertTrue(failure.getMessage().contains(" HTTP 500"), failure.getMessage());
    }

    @Test
    void serviceThatIsAwayForAWhileIsWaitedFor() throws Exception {
        int port = hss.url().getPort();
        hss.next(Api.SUBMIT, exchange -> {
            exchange.send(exchange.behave().withHeader("Connection", "close"));
            hss.close();
        });
        FakeHss[] restarted = new FakeHss[1];
        pauses.meanwhile(() -> {
            if (pauses.taken().size() == 10) {
                restarted[0] = new FakeHss(port).token(Export.TOKEN);
                restarted[0].always(Api.STATUS, Answers.status(200, "{\"task_status\":\"success\"}"));
            }
        });

        exportWithoutPauses().with(Export.WAIT).result();

        assertEquals("succeeded", recorder.last());
        restarted[0].close();
    }

    // Reports

    @Test
    void brokenReportIsFetchedAgain() throws Exception {
        hss.next(Api.DOWNLOAD, Answers.truncatedZip(), Answers.notAZip());

        export().result();

        assertEquals(3, hss.calls(Api.DOWNLOAD).size());
        assertEquals(1, recorder.count("downloaded"));
        assertArrayEquals(ZIP, recorder.report());
    }

    @Test
    void reportThatStaysBrokenIsFetchedThreeTimes() {
        hss.always(Api.DOWNLOAD, Answers.notAZip());

        export().failure(ZipException.class);

        assertEquals(3, hss.calls(Api.DOWNLOAD).size());
        assertEquals("report file", recorder.last());
    }

    @Test
    void lostReportsDoNotCountAsBrokenOnes() throws Exception {
        hss.next(Api.DOWNLOAD, Answers.notAZip(), Answers.cut(), unavailable(), Answers.cut(), Answers.notAZip());

        exportWithoutPauses().result();

        assertEquals(6, hss.calls(Api.DOWNLOAD).size());
        assertArrayEquals(ZIP, recorder.report());
    }

    @Test
    void reportThatCannotBeWrittenEndsTheExport() throws Exception {
        Files.createDirectory(folder.resolve("report.zip"));

        HssException failure = export().failure(HssException.class);

        assertEquals(Hint_unwritable(), failure.hint());
        assertEquals(1, hss.calls(Api.DOWNLOAD).size());
    }

    @Test
    void everyDownloadAsksAnewWhereToPutTheReport() throws Exception {
        hss.next(Api.DOWNLOAD, Answers.notAZip());

        export().result();

        assertEquals(2, recorder.count("report file"));
    }

    // File IDs

    private static Answer success(String more) {
        return Answers.status(200, "{\"task_status\":\"success\"" + more + "}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"file_id\":null", ",\"file_id\":\"\"", ",\"file_id\":\"..\"", ",\"file_id\":[]"})
    void waitingAloneNeedsNoFile(String file) throws Exception {
        hss.next(Api.STATUS, success(file));

        export().with(Export.WAIT).result();

        assertEquals("succeeded", recorder.last());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"file_id\":null", ",\"file_id\":\"\"", ",\"file_id\":\"..\"", ",\"file_id\":[]"})
    void reportWithoutAFileIsAClearError(String file) {
        hss.next(Api.STATUS, success(file));

        HssException failure = export().with(Export.ARCHIVE).failure(HssException.class);

        assertTrue(failure.getMessage().contains(HssException_unusable("file_id")), failure.getMessage());
        assertEquals(Hint_noFile(), failure.hint());
        assertTrue(recorder.told().contains("succeeded"));
        assertEquals(0, hss.calls(Api.DOWNLOAD).size());
    }

    @Test
    void fileIdOfAnyShapeStandsInThePath() throws Exception {
        hss.next(Api.STATUS, success(",\"file_id\":\"报告 1/2?x=%41\""))
                .next(Api.DOWNLOAD, Answers.bytes(200, "application/zip", ZIP));

        export().with(Export.ARCHIVE).result();

        String path = hss.calls(Api.DOWNLOAD).get(0).path();
        assertTrue(path.endsWith("/download/%E6%8A%A5%E5%91%8A%201%2F2%3Fx%3D%2541"), path);
        assertFalse(hss.calls(Api.DOWNLOAD).get(0).query().contains("x="));
        assertArrayEquals(ZIP, recorder.report());
    }
}
