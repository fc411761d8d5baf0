package io.jenkins.plugins.hss.client;

import static io.jenkins.plugins.hss.client.Accounts.await;
import static io.jenkins.plugins.hss.client.Accounts.hssFailure;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Named.named;

import io.jenkins.plugins.hss.fake.Answer;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.FakeHss;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A report arrives whole, or the failure says what became of it. */
class DownloadTest {
    @TempDir
    private Path folder;

    private final SettableClock clock = new SettableClock();
    private final Pauses pauses = new Pauses(clock);
    private final FakeHss hss = new FakeHss().clock(clock).token("given");
    private final Transport transport = Accounts.transport(pauses);
    private final HssClient client = client(transport);

    @AfterEach
    void stopTheService() {
        hss.close();
    }

    private HssClient client(Transport by) {
        return new HssClient(by, Accounts.scope(hss), new TokenAuthentication("given"), Gate.OPEN);
    }

    private <T> CompletableFuture<T> repeated(Supplier<CompletableFuture<T>> read) {
        return Retry.repeat(read, (failure, attempt, pause) -> attempt < 9 && failure.isTemporary(), pauses);
    }

    private String submitted() throws Exception {
        return await(client.submit(Accounts.export()));
    }

    private Path report() {
        return folder.resolve("report.zip");
    }

    @Test
    void downloadsTheReport() throws Exception {
        ExportTask task = await(client.task(submitted()));
        Files.writeString(report(), "what was there before, and is longer".repeat(10_000));

        await(client.download(task.fileId(), report()));

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

        await(client.download(await(client.task(submitted())).fileId(), report()));

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
        HssClient impatient = client(Accounts.within(Duration.ofSeconds(1), transport));

        await(impatient.download(await(client.task(submitted())).fileId(), report()));

        assertEquals(8, Files.size(report()));
    }

    @Test
    void aDownloadThatStopsIsGivenUp() throws Exception {
        hss.report(new byte[8]).next(Api.DOWNLOAD, Answers.stallWithin());
        HssClient impatient = client(Accounts.within(Duration.ofSeconds(1), transport));

        HssException failure =
                hssFailure(impatient.download(await(client.task(submitted())).fileId(), report()));

        assertEquals(HssException.Fate.ANSWER_LOST, failure.fate());
        assertTrue(failure.isTemporary());
        assertEquals(4, Files.size(report()));
    }

    @Test
    void aCutDownloadIsMadeAgain() throws Exception {
        byte[] zip = {1, 2, 3, 4, 5, 6, 7};
        hss.report(zip).next(Api.DOWNLOAD, Answers.cut(), Answers.hss(500, "HSS.1000", "oops"));
        String file = await(client.task(submitted())).fileId();

        await(repeated(() -> client.download(file, report())));

        assertArrayEquals(zip, Files.readAllBytes(report()));
        assertEquals(3, hss.calls(Api.DOWNLOAD).size());
    }

    @Test
    void aRefusalIsNoReport() {
        HssException failure = hssFailure(repeated(() -> client.download("missing", report())));

        assertEquals("HSS.0011", failure.code());
        assertFalse(Files.exists(report()));
        assertEquals(1, hss.calls(Api.DOWNLOAD).size());
    }

    @Test
    void aReportThatCannotBeWrittenIsNoTroubleOfTheService() throws Exception {
        String file = await(client.task(submitted())).fileId();
        Path nowhere = folder.resolve("missing").resolve("report.zip");

        HssException failure = hssFailure(repeated(() -> client.download(file, nowhere)));

        assertEquals(
                "Downloading the report from HSS failed: the report can't be written to the disk: " + nowhere
                        + ". Check the disk space and the permissions of Jenkins' home.",
                failure.getMessage());
        assertEquals(1, hss.calls(Api.DOWNLOAD).size());
    }

    @Test
    void aDownloadCanBeCancelled() throws Exception {
        CountDownLatch left = new CountDownLatch(1);
        hss.report(new byte[1 << 20]).next(Api.DOWNLOAD, exchange -> {
            try {
                Answers.stallWithin().give(exchange);
            } finally {
                left.countDown();
            }
        });
        CompletableFuture<Void> download =
                client.download(await(client.task(submitted())).fileId(), report());
        hss.await(Api.DOWNLOAD, 1, Accounts.LONG_ENOUGH);

        download.cancel(true);

        Accounts.await(left);
    }
}
