package io.jenkins.plugins.hss.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.hss.client.Generated;
import io.jenkins.plugins.hss.client.Pauses;
import io.jenkins.plugins.hss.client.SettableClock;
import io.jenkins.plugins.hss.client.TestContexts;
import io.jenkins.plugins.hss.client.TestTransport;
import io.jenkins.plugins.hss.fake.Answer;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.FakeHss;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for an export whatever the service, the network or a person does to it. */
class ExportPropertiesTest {
    private static final List<Answer> NOT_TAKEN = List.of(
            ExportFixture.throttled(),
            ExportFixture.throttled().withHeader("Retry-After", "3"),
            ExportFixture.unavailable(),
            Answers.behave());
    private static final List<Answer> PASSING = List.of(
            ExportFixture.throttled(),
            ExportFixture.unavailable(),
            Answers.empty(500),
            Answers.html(502, "<html>"),
            Answers.cut(),
            Answers.garbage(),
            Answers.closeAfterReading(),
            Answers.resetBeforeReading(),
            Answers.chunked(),
            Answers.behave());

    @TempDir
    private Path folder;

    private static Answer[] any(RandomGenerator random, List<Answer> answers) {
        return random.ints(random.nextInt(6), 0, answers.size())
                .mapToObj(answers::get)
                .toArray(Answer[]::new);
    }

    @Test
    void whateverPassesThereIsOneTaskAndItsReport() {
        Generated.forAny(60, random -> {
            try (FakeHss hss = new FakeHss().token(Export.TOKEN).report(ExportFixture.ZIP)) {
                hss.next(Api.SUBMIT, any(random, NOT_TAKEN))
                        .next(Api.STATISTIC, any(random, PASSING))
                        .next(Api.STATUS, any(random, PASSING))
                        .next(Api.DOWNLOAD, any(random, PASSING));
                Pauses pauses = new Pauses(new SettableClock());
                Recorder recorder = new Recorder(folder.resolve("report.zip"));

                ExportResult result = new Export(hss, recorder)
                        .by(TestTransport.of(pauses.clock()))
                        .within(TestContexts.with(pauses, Duration.ofDays(1)))
                        .result();

                assertEquals(List.of(result.taskId()), hss.taskIds());
                assertEquals(42L, result.records());
                assertArrayEquals(ExportFixture.ZIP, recorder.report());
            }
        });
    }

    @Test
    void whenEverItIsStoppedItsMarkTellsTheTruth() {
        Generated.forAny(60, random -> {
            try (FakeHss hss = new FakeHss().token(Export.TOKEN).latency(Duration.ofMillis(5))) {
                hss.next(
                        Api.SUBMIT,
                        any(random, List.of(ExportFixture.unavailable().withHeader("Retry-After", "0"))));
                Recorder recorder = new Recorder(folder.resolve("report.zip"));
                Export export = new Export(hss, recorder);
                boolean interrupts = random.nextBoolean();
                Running running = interrupts ? export.startOnPlatformThread() : export.start();
                LockSupport.parkNanos(random.nextLong(TimeUnit.MILLISECONDS.toNanos(60)));

                if (interrupts) {
                    running.thread().interrupt();
                } else {
                    export.context().cancel();
                }

                assertStopped(running);
                assertTrue(hss.tasks() <= 1);
                boolean nothing = recorder.told().isEmpty()
                        || recorder.last().equals("created nothing")
                        || recorder.last().startsWith("retrying");
                assertTrue(!nothing || hss.tasks() == 0, recorder.told()::toString);
            }
        });
    }

    private static void assertStopped(Running running) throws Exception {
        try {
            running.task().get(5, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            assertEquals(InterruptedException.class, e.getCause().getClass());
        }
    }
}
