package io.jenkins.plugins.hss.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.hss.client.CallContext;
import io.jenkins.plugins.hss.client.HssException;
import io.jenkins.plugins.hss.client.Operation;
import io.jenkins.plugins.hss.client.RateLimiter;
import io.jenkins.plugins.hss.client.TestContexts;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every call of an export has a permit, which is given back as it was used. */
class PermitsTest extends ExportFixture {
    private final List<String> ends = new CopyOnWriteArrayList<>();

    private RateLimiter.Permit permit(Operation operation) {
        return new RateLimiter.Permit() {
            private boolean ended;

            @Override
            public void consume() {
                end("consumed");
            }

            @Override
            public void throttled(Duration pause) {
                end("throttled for " + pause.toSeconds());
            }

            @Override
            public void close() {
                end("unused");
            }

            private void end(String how) {
                if (!ended) {
                    ended = true;
                    ends.add(operation + " " + how);
                }
            }
        };
    }

    private Export limited(Export export) {
        return export.limitedBy((operation, context) -> permit(operation));
    }

    @Test
    void everyCallOfAnExportTakesOne() throws Exception {
        limited(export()).result();

        assertEquals(List.of("SUBMIT consumed", "STATISTIC consumed", "STATUS consumed", "DOWNLOAD consumed"), ends);
    }

    @Test
    void refusedCallsTakeOneEach() throws Exception {
        hss.next(Api.SUBMIT, throttled().withHeader("Retry-After", "7"), unavailable())
                .next(Api.STATUS, throttled(), Answers.cut());

        limited(exportWithoutPauses()).with(Export.WAIT).result();

        assertEquals(
                List.of(
                        "SUBMIT throttled for 7",
                        "SUBMIT consumed",
                        "SUBMIT consumed",
                        "STATUS throttled for 60",
                        "STATUS consumed",
                        "STATUS consumed"),
                ends);
    }

    @Test
    void submitThatReachesNobodyUsesNone() {
        hss.refuseConnections();

        limited(exportWithoutPauses()).failure(HssException.class);

        assertEquals(List.of("SUBMIT unused", "SUBMIT unused", "SUBMIT unused", "SUBMIT unused"), ends);
    }

    @Test
    void submitWithoutItsMarkUsesNone() {
        recorder.at(Recorder.Moment.SENDING, () -> {
            throw new IOException("disk full");
        });

        limited(export()).failure(IOException.class);

        assertEquals(List.of("SUBMIT unused"), ends);
    }

    @Test
    void refusedSubmitWhoseMarkCannotBeTakenBackHasUsedIts() {
        hss.always(Api.SUBMIT, Answers.hss(400, "HSS.0001", "invalid"));
        recorder.at(Recorder.Moment.CREATED_NOTHING, () -> {
            throw new IOException("disk full");
        });

        limited(export()).failure(IOException.class);

        assertEquals(List.of("SUBMIT consumed"), ends);
    }

    @ParameterizedTest
    @EnumSource(names = {"SUBMIT", "STATISTIC", "STATUS", "DOWNLOAD"})
    void permitThatComesInTheMomentOfACancelIsUnused(Operation last) {
        CallContext context = TestContexts.lasting();
        Export export = export().within(context).limitedBy((operation, same) -> {
            if (operation == last) {
                context.cancel();
            }
            return permit(operation);
        });

        export.failure(InterruptedException.class);

        assertEquals(last + " unused", ends.get(ends.size() - 1));
        assertEquals(0, hss.calls(Api.valueOf(last.name())).size());
        assertEquals(last == Operation.SUBMIT ? 0 : 1, recorder.count("sending"));
    }
}
