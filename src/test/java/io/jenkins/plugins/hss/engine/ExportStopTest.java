package io.jenkins.plugins.hss.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.hss.client.Operation;
import io.jenkins.plugins.hss.client.TestContexts;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stopped at whatever point, an export ends at once, leaves the service alone, and knows whether it was submitted. */
class ExportStopTest {
    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    @TempDir
    private Path folder;

    /** What an export is doing when it is stopped, and what it was told last. */
    enum Phase {
        LOGIN("", scene -> {
            scene.byIamUser();
            scene.held(Api.TOKEN, Answers.stall());
        }),
        PAUSE_OF_LOGIN("", scene -> {
            scene.byIamUser();
            scene.pausing(Api.TOKEN);
        }),
        PROJECT("", scene -> {
            scene.byAccessKey();
            scene.held(Api.PROJECTS, Answers.stallWithin());
        }),
        PERMIT_OF_SUBMIT("", scene -> scene.withoutPermit(Operation.SUBMIT)),
        HANDSHAKE("created nothing", Scene::muteFromTheFirstByteOn),
        SUBMIT("sending", scene -> scene.held(Api.SUBMIT, Answers.stallButAct())),
        HALF_AN_ANSWER_TO_SUBMIT("sending", scene -> scene.held(Api.SUBMIT, Answers.stallWithin())),
        PAUSE_OF_SUBMIT("retrying after 503", scene -> scene.pausing(Api.SUBMIT)),
        PERMIT_OF_COUNT("submitted", scene -> scene.withoutPermit(Operation.STATISTIC)),
        COUNT("submitted", scene -> scene.held(Api.STATISTIC, Answers.stall())),
        PAUSE_OF_COUNT("submitted", scene -> scene.pausing(Api.STATISTIC)),
        BETWEEN_READS("counted 42", scene -> scene.readEvery(Duration.ofHours(1))),
        PERMIT_OF_STATUS("counted 42", scene -> scene.withoutPermit(Operation.STATUS)),
        STATUS("counted 42", scene -> scene.held(Api.STATUS, Answers.stall())),
        HALF_A_STATUS("counted 42", scene -> scene.held(Api.STATUS, Answers.stallWithin())),
        PAUSE_OF_STATUS("counted 42", scene -> scene.pausing(Api.STATUS)),
        PERMIT_OF_DOWNLOAD("report file", scene -> scene.withoutPermit(Operation.DOWNLOAD)),
        DOWNLOAD("report file", scene -> scene.held(Api.DOWNLOAD, Answers.stall())),
        HALF_A_DOWNLOAD("report file", scene -> scene.held(Api.DOWNLOAD, Answers.stallWithin())),
        PAUSE_OF_DOWNLOAD("report file", scene -> scene.pausing(Api.DOWNLOAD)),
        ARCHIVE("downloaded [image-malwares.csv]", Scene::archivingForEver);

        private final String last;
        private final Consumer<Scene> preparation;

        Phase(String last, Consumer<Scene> preparation) {
            this.last = last;
            this.preparation = preparation;
        }

        void prepare(Scene scene) {
            preparation.accept(scene);
        }

        void assertStopped(Scene scene) throws Exception {
            int calls = scene.hss.calls().size();
            String last = scene.recorder.last();
            assertEquals(this.last, this.last.equals("submitted") ? last.split(" ")[0] : last, "what was told last");
            scene.assertLeftAlone();
            Awaitility.await()
                    .pollInterval(50, TimeUnit.MILLISECONDS)
                    .during(100, TimeUnit.MILLISECONDS)
                    .until(() -> scene.hss.calls().size() == calls);
            assertTrue(scene.hss.calls(Api.SUBMIT).size() <= 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void cancelEndsItAtOnce(Phase phase) throws Exception {
        try (Scene scene = new Scene(folder, TestContexts.lasting())) {
            phase.prepare(scene);
            Running export = scene.export.start();
            scene.awaitReached();

            scene.context.cancel();

            assertInstanceOf(InterruptedException.class, export.failureWithin(AT_ONCE));
            phase.assertStopped(scene);
            assertFalse(scene.export.hasLeftInterrupted());
        }
    }

    @ParameterizedTest
    @EnumSource
    void interruptOfAnExecutorEndsItAtOnce(Phase phase) throws Exception {
        try (Scene scene = new Scene(folder, TestContexts.lasting())) {
            phase.prepare(scene);
            Running export = scene.export.startOnPlatformThread();
            scene.awaitReached();

            export.thread().interrupt();

            assertInstanceOf(InterruptedException.class, export.failureWithin(AT_ONCE));
            phase.assertStopped(scene);
        }
    }

    @ParameterizedTest
    @EnumSource
    void cancelBeforeTheStartCostsNoCall(Phase phase) throws Exception {
        try (Scene scene = new Scene(folder, TestContexts.lasting())) {
            phase.prepare(scene);
            scene.context.cancel();

            assertInstanceOf(InterruptedException.class, scene.export.start().failureWithin(AT_ONCE));

            assertEquals(0, scene.hss.calls().size());
        }
    }

    /** All at once, for the deadline takes its time. */
    @TestFactory
    Stream<DynamicTest> deadlineEndsIt() {
        return Arrays.stream(Phase.values())
                .map(phase -> {
                    Scene scene = new Scene(folder, TestContexts.within(Duration.ofSeconds(8)));
                    phase.prepare(scene);
                    Running export = scene.export.start();
                    return DynamicTest.dynamicTest(phase.name(), () -> {
                        try (scene) {
                            scene.awaitReached();

                            String message =
                                    export.failure(ExportTimeoutException.class).getMessage();

                            assertEquals(
                                    phase.name().startsWith("PERMIT"),
                                    message.contains(Messages.ExportProcess_rateLimited()),
                                    message);
                            phase.assertStopped(scene);
                        }
                    });
                })
                .toList()
                .stream();
    }
}
