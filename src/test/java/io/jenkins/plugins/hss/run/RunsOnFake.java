package io.jenkins.plugins.hss.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.hss.FastPace;
import io.jenkins.plugins.hss.Zips;
import io.jenkins.plugins.hss.client.ExportField;
import io.jenkins.plugins.hss.client.ExportRequest;
import io.jenkins.plugins.hss.client.Gate;
import io.jenkins.plugins.hss.client.HssClient;
import io.jenkins.plugins.hss.client.Steps;
import io.jenkins.plugins.hss.client.TokenAuthentication;
import io.jenkins.plugins.hss.client.Transport;
import io.jenkins.plugins.hss.fake.FakeHss;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Runs of exports against a fake HSS, and what they tell. */
@ExtendWith(FastPace.class)
abstract class RunsOnFake {
    static final Duration PATIENCE = Duration.ofSeconds(30);
    static final Duration LONG = Duration.ofHours(1);
    static final byte[] ZIP = Zips.of("报告.csv", "findings");

    final FakeHss hss = new FakeHss().token("token").report(ZIP);

    @TempDir
    Path folder;

    Recorder recorder;

    @BeforeEach
    void record() {
        recorder = new Recorder(folder.resolve("report.zip"));
    }

    @AfterEach
    void stopTheService() {
        assertEquals(List.of(), hss.violations());
        hss.close();
    }

    ExportRun run(Gate gate, boolean count, boolean follow, boolean report, Duration left) {
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

    String task() {
        return hss.taskIds().get(0);
    }

    static void await(CompletableFuture<Void> run) throws Exception {
        run.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    static Throwable failure(CompletableFuture<Void> run) {
        return Steps.cause(
                assertThrows(ExecutionException.class, () -> await(run)).getCause());
    }
}
