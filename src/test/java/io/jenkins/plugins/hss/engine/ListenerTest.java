package io.jenkins.plugins.hss.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.hss.client.TestContexts;
import io.jenkins.plugins.hss.client.TestTransport;
import io.jenkins.plugins.hss.client.Transport;
import io.jenkins.plugins.hss.engine.Recorder.Moment;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a listener does, and what happens meanwhile, while an export tells it everything there is to tell. */
class ListenerTest extends ExportFixture {
    private Path written;
    private int callsByThen;

    @BeforeEach
    void letEverythingHappen() {
        written = folder.resolve("written");
        hss.next(Api.SUBMIT, unavailable().withHeader("Retry-After", "0"))
                .next(Api.STATUS, Answers.status(200, "{\"task_status\":\"running\"}"));
    }

    @Test
    void everyMomentIsTold() throws Exception {
        List<Moment> moments = new CopyOnWriteArrayList<>();
        for (Moment moment : Moment.values()) {
            recorder.at(moment, () -> moments.add(moment));
        }

        export().result();

        assertEquals(
                List.of(
                        Moment.SENDING,
                        Moment.CREATED_NOTHING,
                        Moment.RETRYING,
                        Moment.SENDING,
                        Moment.SUBMITTED,
                        Moment.COUNTED,
                        Moment.RUNNING,
                        Moment.SUCCEEDED,
                        Moment.REPORT_FILE,
                        Moment.DOWNLOADED),
                moments);
    }

    static Stream<Arguments> failures() {
        return Stream.of(Moment.values())
                .flatMap(moment -> Stream.of(
                                new IOException("disk full"),
                                new IllegalStateException("a mistake"),
                                new CancellationException("of something else"),
                                new LinkageError("half a plugin"))
                        .filter(failure -> mayThrow(moment, failure))
                        .map(failure -> Arguments.of(moment, failure)));
    }

    /** A mark that can't be taken back is no reason to end, and two moments can't throw. */
    private static boolean mayThrow(Moment moment, Throwable failure) {
        return !(failure instanceof IOException)
                || !Set.of(Moment.CREATED_NOTHING, Moment.RETRYING, Moment.RUNNING)
                        .contains(moment);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whatAListenerThrowsEndsTheExport(Moment moment, Throwable failure) {
        recorder.at(moment, () -> {
            callsByThen = hss.calls().size();
            if (failure instanceof Error error) {
                throw error;
            }
            throw (Exception) failure;
        });

        assertSame(failure, export().failure());

        assertEquals(callsByThen, hss.calls().size());
        assertEquals(moment, recorder.lastMoment());
    }

    @Test
    void interruptThatAnArchiveEndsWithEndsTheExport() {
        InterruptedException interrupt = new InterruptedException();
        recorder.at(Moment.DOWNLOADED, () -> {
            throw interrupt;
        });

        assertSame(interrupt, export().failure());
    }

    @ParameterizedTest
    @EnumSource
    void cancelLosesNothingThatIsBeingWritten(Moment moment) throws Exception {
        Export export = export().within(TestContexts.lasting());
        recorder.at(moment, () -> {
            callsByThen = hss.calls().size();
            // A channel is closed by an interrupt, and what was being written is lost.
            try (FileChannel file =
                    FileChannel.open(written, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                file.write(ByteBuffer.wrap("one ".getBytes()));
                CompletableFuture.runAsync(export.context()::cancel).join();
                file.write(ByteBuffer.wrap("two".getBytes()));
                file.force(true);
            }
        });

        assertEnds(moment, export.start(), InterruptedException.class);
    }

    @ParameterizedTest
    @EnumSource
    void interruptOfAnExecutorLosesNothingThatIsBeingWritten(Moment moment) throws Exception {
        recorder.at(moment, () -> {
            callsByThen = hss.calls().size();
            try (OutputStream file = new FileOutputStream(written.toFile())) {
                file.write("one ".getBytes());
                Thread.currentThread().interrupt();
                file.write("two".getBytes());
            }
        });

        assertEnds(moment, export().startOnPlatformThread(), InterruptedException.class);
    }

    @ParameterizedTest
    @EnumSource
    void deadlineThatPassesMeanwhileEndsTheExportWithoutAnotherCall(Moment moment) throws Exception {
        recorder.at(moment, () -> {
            callsByThen = hss.calls().size();
            Files.writeString(written, "one two");
            clock.advance(Export.TIMEOUT);
        });

        assertEnds(moment, exportWithoutPauses().start(), ExportTimeoutException.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void stopWhileTheMarkIsWrittenOpensNoConnection(boolean interrupts) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(300);
            Transport prompt = TestTransport.posting(
                    () -> HttpClient.newBuilder().executor(Runnable::run).build(), TestTransport.of(clock));
            Export export = export().at(URI.create("http://127.0.0.1:" + server.getLocalPort()))
                    .by(prompt);
            recorder.at(Moment.SENDING, () -> {
                if (interrupts) {
                    Thread.currentThread().interrupt();
                } else {
                    export.context().cancel();
                }
            });

            export.failure(InterruptedException.class);

            assertThrows(SocketTimeoutException.class, server::accept);
            assertEquals("created nothing", recorder.last());
        }
    }

    private void assertEnds(Moment moment, Running export, Class<? extends Exception> end) throws Exception {
        if (moment == Moment.DOWNLOADED) {
            String taskId = export.result().taskId();
            assertEquals(task(), taskId);
        } else {
            export.failure(end);
        }
        assertEquals("one two", Files.readString(written));
        assertEquals(callsByThen, hss.calls().size());
        // A mark stays only on what may have been sent.
        if (moment == Moment.SENDING) {
            assertEquals("created nothing", recorder.last());
        }
    }

    @Test
    void exportWhoseTaskCannotBeWrittenDownMakesNoOtherCall() {
        recorder.at(Moment.SUBMITTED, () -> {
            throw new IOException("disk full");
        });

        assertEquals("disk full", export().failure(IOException.class).getMessage());

        assertEquals("submitted " + task(), recorder.last());
        assertEquals(2, hss.calls().size());
    }

    @Test
    void submitIsNotSentWithoutItsMark() {
        recorder.at(Moment.SENDING, () -> {
            throw new IOException("disk full");
        });

        assertEquals("disk full", export().failure(IOException.class).getMessage());

        assertEquals(List.of(), hss.calls());
    }
}
