package io.jenkins.plugins.hss.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.hss.client.CallContext;
import io.jenkins.plugins.hss.client.Pauses;
import io.jenkins.plugins.hss.client.SettableClock;
import io.jenkins.plugins.hss.client.TestContexts;
import io.jenkins.plugins.hss.client.TestTransport;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.FakeHss;
import io.jenkins.plugins.hss.fake.Reply;
import io.jenkins.plugins.hss.fake.Zips;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Exports from a fake HSS over HTTP, and what they tell. */
abstract class ExportFixture {
    static final Duration PATIENCE = TestContexts.LONG_ENOUGH;
    static final byte[] ZIP = Zips.of("报告.csv", "findings");

    final SettableClock clock = new SettableClock();
    final Pauses pauses = new Pauses(clock);
    final FakeHss hss = new FakeHss().token(Export.TOKEN).report(ZIP);

    @TempDir
    Path folder;

    Recorder recorder;

    @BeforeEach
    void record() {
        recorder = new Recorder(folder.resolve("report.zip"));
    }

    @AfterEach
    void stopTheService() {
        hss.close();
        assertEquals(List.of(), hss.violations());
    }

    /** An export in real time. */
    Export export() {
        return new Export(hss, recorder);
    }

    /** An export whose pauses pass at once, by a clock that only they move. */
    Export exportWithoutPauses() {
        return export().by(TestTransport.of(clock)).within(contextWithoutPauses());
    }

    CallContext contextWithoutPauses() {
        return TestContexts.with(pauses, Export.TIMEOUT);
    }

    static Reply throttled() {
        return Answers.gateway(429, "APIGW.0308", "The throttling threshold has been reached");
    }

    static Reply unavailable() {
        return Answers.gateway(503, "APIGW.0613", "Backend unavailable");
    }

    /** The one task there is. */
    String task() {
        return hss.taskIds().get(0);
    }
}
