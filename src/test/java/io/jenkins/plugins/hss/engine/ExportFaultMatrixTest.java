package io.jenkins.plugins.hss.engine;

import static io.jenkins.plugins.hss.client.Messages.Hint_taskLost;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.jenkins.plugins.hss.client.HssException;
import io.jenkins.plugins.hss.client.Pauses;
import io.jenkins.plugins.hss.client.SettableClock;
import io.jenkins.plugins.hss.client.TestContexts;
import io.jenkins.plugins.hss.client.TestTls;
import io.jenkins.plugins.hss.client.TestTransport;
import io.jenkins.plugins.hss.client.TokenAuthentication;
import io.jenkins.plugins.hss.client.Transport;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.FakeHss;
import io.jenkins.plugins.hss.fake.Fault;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every call of an export with every fault, once: how often it is made, and how the export ends. */
class ExportFaultMatrixTest {
    private static final String SECRET = "secret-that-nobody-may-see";

    private static TestTls tls;
    private static TestTls strangersTls;

    @TempDir
    private Path folder;

    private final Pauses pauses = new Pauses(new SettableClock());

    /** How an export ends. */
    private enum End {
        DONE,
        FAILED,
        FAILED_PERHAPS_WITH_A_TASK,
        TIMED_OUT
    }

    private record Outcome(int calls, End end) {}

    @BeforeAll
    static void makeCertificates(@TempDir Path ours, @TempDir Path theirs) throws Exception {
        tls = new TestTls(ours);
        strangersTls = new TestTls(theirs);
    }

    static Stream<Arguments> cells() {
        return Fault.all(strangersTls.server()).stream()
                .flatMap(fault -> Stream.of(Api.SUBMIT, Api.STATISTIC, Api.STATUS, Api.DOWNLOAD)
                        .map(api -> arguments(api, Named.of(fault.name(), fault))));
    }

    /** A submit is made twice only where it had no effect; whatever only reads goes on until the service has decided. */
    private static Outcome promised(Api api, Fault fault) {
        boolean submit = api == Api.SUBMIT;
        return switch (fault.meaning()) {
            case FINE -> new Outcome(1, End.DONE);
            case NOT_TAKEN -> new Outcome(2, End.DONE);
            case DROPPED, UNKNOWN -> submit ? new Outcome(1, End.FAILED_PERHAPS_WITH_A_TASK) : new Outcome(2, End.DONE);
            case REFUSED -> new Outcome(1, End.FAILED);
            case BROKEN ->
                switch (api) {
                    case SUBMIT -> new Outcome(1, End.FAILED_PERHAPS_WITH_A_TASK);
                    // Whatever is no zip file is fetched again.
                    case DOWNLOAD -> new Outcome(2, End.DONE);
                    default -> new Outcome(1, End.FAILED);
                };
            case UNREACHABLE ->
                new Outcome(0, submit || fault.name().equals(Fault.UNTRUSTED) ? End.FAILED : End.TIMED_OUT);
        };
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cells")
    void everyFaultOfEveryCallEndsAsPromised(Api api, Fault fault) throws Exception {
        boolean untrusted = fault.name().equals(Fault.UNTRUSTED);
        try (FakeHss hss = untrusted ? new FakeHss(tls.server()) : new FakeHss()) {
            hss.token(SECRET).report(ExportFixture.ZIP);
            fault.happening().prepare(hss, api);
            Recorder recorder = new Recorder(folder.resolve("report.zip"));
            Export export = new Export(hss, recorder)
                    .by(transport(fault, untrusted))
                    .as(new TokenAuthentication(SECRET))
                    .within(TestContexts.with(pauses, Export.TIMEOUT))
                    .with(api == Api.SUBMIT ? Export.SUBMIT : Export.ALL);

            End end = end(export, recorder);

            assertEquals(promised(api, fault), new Outcome(hss.calls(api).size(), end));
            assertTrue(hss.tasks() <= 1);
            if (end == End.DONE && api != Api.SUBMIT) {
                assertArrayEquals(ExportFixture.ZIP, recorder.report());
            }
        }
    }

    private Transport transport(Fault fault, boolean untrusted) {
        Transport usual = TestTransport.of(pauses.clock());
        Transport transport = untrusted
                ? TestTransport.by(
                        () -> HttpClient.newBuilder().sslContext(tls.client()).build(), usual)
                : usual;
        return fault.name().startsWith("silence") ? TestTransport.within(Duration.ofMillis(700), transport) : transport;
    }

    private static End end(Export export, Recorder recorder) throws Exception {
        try {
            export.start().task().get();
            return End.DONE;
        } catch (ExecutionException e) {
            String message = e.getCause().getMessage();
            assertFalse(message.contains(SECRET), message);
            assertFalse(message.contains("\n"), message);
            if (e.getCause() instanceof ExportTimeoutException) {
                return End.TIMED_OUT;
            }
            HssException failure = (HssException) e.getCause();
            boolean submitted = recorder.count("submitted") > 0;
            boolean marked = !submitted && !recorder.last().equals("created nothing");
            assertEquals(!submitted && !failure.createdNothing(), marked, recorder.told()::toString);
            assertEquals(
                    message.endsWith(Hint_taskLost()), marked && failure.status() != 302, "status " + failure.status());
            return message.endsWith(Hint_taskLost()) ? End.FAILED_PERHAPS_WITH_A_TASK : End.FAILED;
        }
    }
}
