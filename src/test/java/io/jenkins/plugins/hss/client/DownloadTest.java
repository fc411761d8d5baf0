package io.jenkins.plugins.hss.client;

import static io.jenkins.plugins.hss.client.Accounts.hssFailure;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Named.named;

import io.jenkins.plugins.hss.fake.Answer;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.FakeHss;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A report arrives whole, or the failure says what became of it. */
class DownloadTest {
    @TempDir
    private Path folder;

    private final SettableClock clock = new SettableClock();
    private final FakeHss hss = new FakeHss().clock(clock).token("given");
    private final Transport transport = TestTransport.of(clock);
    private final CallContext context = TestContexts.lasting();
    private final HssClient client = client(transport);

    @AfterEach
    void stopTheService() {
        hss.close();
    }

    private HssClient client(Transport by) {
        return new HssClient(by, Accounts.scope(hss), new TokenAuthentication("given"), RateLimiter.UNLIMITED, context);
    }

    private ExportTask ended() throws IOException, InterruptedException {
        return client.task(Accounts.submit(client));
    }

    private Path report() {
        return folder.resolve("report.zip");
    }

    @Test
    void downloadsTheReport() throws Exception {
        ExportTask task = ended();
        Files.writeString(report(), "what was there before, and is longer".repeat(10_000));

        client.download(task, report());

        try (ZipFile zip = new ZipFile(report().toFile())) {
            assertEquals("image-malwares.csv", zip.entries().nextElement().getName());
        }
        assertEquals(List.of(), hss.violations());
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aReportMayComeInAnyWay(Answer way) throws Exception {
        byte[] zip = {1, 2, 3, 4, 5, 6, 7};
        hss.report(zip).next(Api.DOWNLOAD, way);

        client.download(ended(), report());

        assertArrayEquals(zip, Files.readAllBytes(report()));
    }

    static Stream<Named<Answer>> ways() {
        return Stream.of(
                named("whole", Answers.behave()),
                named("in chunks", Answers.chunked()),
                named("byte by byte", Answers.drip(Duration.ofMillis(1))));
    }

    @Test
    void aDownloadMayTakeLongerThanAnAnswer() throws Exception {
        hss.report(new byte[8]).next(Api.DOWNLOAD, Answers.drip(Duration.ofMillis(150)));
        HssClient impatient = client(TestTransport.within(Duration.ofSeconds(1), transport));

        impatient.download(ended(), report());

        assertEquals(8, Files.size(report()));
    }

    @Test
    void aDownloadThatStopsIsGivenUp() throws Exception {
        hss.report(new byte[8]).next(Api.DOWNLOAD, Answers.stallWithin());
        HssClient impatient = client(TestTransport.within(Duration.ofSeconds(1), transport));

        HssException failure = hssFailure(() -> impatient.download(ended(), report()));

        assertEquals(HssException.Delivery.RESPONSE_LOST, failure.delivery());
        assertTrue(failure.isTemporary());
        assertEquals(4, Files.size(report()));
    }

    @Test
    void aCutDownloadMayBeMadeAgain() throws Exception {
        byte[] zip = {1, 2, 3, 4, 5, 6, 7};
        hss.report(zip).next(Api.DOWNLOAD, Answers.cut(), Answers.hss(500, "HSS.1000", "oops"));
        ExportTask task = ended();

        for (int attempt = 0; attempt < 2; attempt++) {
            assertTrue(hssFailure(() -> client.download(task, report())).isTemporary());
        }
        client.download(task, report());

        assertArrayEquals(zip, Files.readAllBytes(report()));
        assertEquals(3, hss.calls(Api.DOWNLOAD).size());
    }

    @Test
    void aRefusalIsNoReport() {
        HssException failure = hssFailure(() -> client.download(new ExportTask("a", "success", "missing"), report()));

        assertEquals("HSS.0011", failure.code());
        assertFalse(failure.isTemporary());
        assertFalse(Files.exists(report()));
        assertEquals(1, hss.calls(Api.DOWNLOAD).size());
    }

    @Test
    void aReportThatCannotBeWrittenIsNoTroubleOfTheService() throws Exception {
        ExportTask task = ended();
        Path nowhere = folder.resolve("missing").resolve("report.zip");

        HssException failure = hssFailure(() -> client.download(task, nowhere));

        assertEquals(
                "Downloading the report failed: could not write the report to disk: " + nowhere
                        + ". Check the disk space and the permissions of JENKINS_HOME.",
                failure.getMessage());
        assertFalse(failure.isTemporary());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {".", ".."})
    void aTaskWithoutAUsableFileIsNamed(String fileId) {
        HssException failure = hssFailure(() -> client.download(new ExportTask("a", "success", fileId), report()));

        assertTrue(failure.getMessage().contains("no usable file_id"), failure.getMessage());
        assertEquals(Messages.Hint_noFile(), failure.hint());
        assertFalse(failure.isTemporary());
        assertEquals(List.of(), hss.calls());
    }

    @ParameterizedTest
    @CsvSource({"../../x, ..%2F..%2Fx", "a?b, a%3Fb", "a b, a%20b", "a%2Fb, a%252Fb", "支付, %E6%94%AF%E4%BB%98"})
    void aFileIdNeverLeavesItsPlaceInThePath(String fileId, String sent) {
        hssFailure(() -> client.download(new ExportTask("a", "success", fileId), report()));

        assertTrue(hss.calls(Api.DOWNLOAD).get(0).path().endsWith("/download/" + sent));
    }

    @Test
    void theDeadlineEndsADownload() throws Exception {
        hss.report(new byte[8]).next(Api.DOWNLOAD, Answers.stallWithin());
        ExportTask task = ended();
        HssClient late = new HssClient(
                transport,
                Accounts.scope(hss),
                new TokenAuthentication("given"),
                RateLimiter.UNLIMITED,
                TestContexts.within(Duration.ofMillis(500)));

        assertThrows(DeadlineExceededException.class, () -> late.download(task, report()));
    }

    @Test
    void asksForAnyKindOfFile() throws Exception {
        client.download(ended(), report());

        assertEquals("*/*", hss.calls(Api.DOWNLOAD).get(0).header("Accept"));
        assertEquals("application/json", hss.calls(Api.STATUS).get(0).header("Accept"));
    }

    @Test
    void aDownloadCanBeCancelled() throws Exception {
        CountDownLatch left = new CountDownLatch(1);
        hss.report(new byte[1 << 20]).next(Api.DOWNLOAD, Accounts.counting(left, Answers.stallWithin()));
        ExportTask task = ended();
        Background<Boolean> download = Background.start(() -> {
            client.download(task, report());
            return true;
        });
        hss.await(Api.DOWNLOAD, 1, TestContexts.LONG_ENOUGH);

        context.cancel();

        assertInstanceOf(InterruptedException.class, download.failure());
        Accounts.await(left);
    }
}
