package io.jenkins.plugins.hss;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Result;
import io.jenkins.plugins.hss.fake.Answer;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.FakeHss;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that only read are repeated over whatever passes, and over nothing else. */
@ExtendWith(FastPolling.class)
class ReadsTest extends SharedJenkins {
    private static final String EVERYTHING =
            "hssImageReportExport reportType: 'apps', archiveReport: true, failAbove: 100";

    static Stream<Answer> whatPasses() {
        return Stream.of(
                Answers.resetBeforeReading(),
                Answers.resetAfterReading(),
                Answers.closeAfterReading(),
                Answers.garbage(),
                Answers.cut(),
                Answers.gateway(429, "APIGW.0308", "throttled").withHeader("Retry-After", "1"),
                Answers.hss(500, "HSS.0000", "internal error"),
                Answers.html(502, "<html>Bad gateway</html>"),
                Answers.gateway(503, "APIGW.0613", "no backend"),
                Answers.empty(504));
    }

    @ParameterizedTest
    @MethodSource("whatPasses")
    void whatPassesIsRiddenOut(Answer fault) throws Exception {
        for (Api read : List.of(Api.STATISTIC, Api.STATUS, Api.DOWNLOAD)) {
            hss.service().next(read, fault);
        }

        hss.runs(Result.SUCCESS, EVERYTHING);

        for (Api read : List.of(Api.STATISTIC, Api.STATUS, Api.DOWNLOAD)) {
            assertEquals(2, hss.service().calls(read).size(), read::toString);
        }
        assertEquals(1, hss.service().calls(Api.SUBMIT).size());
        hss.assertKept();
    }

    @Test
    void serviceThatIsGoneForAWhileIsFoundAgain() throws Exception {
        URI url = hss.service().exportsTake(Duration.ofHours(1)).url();
        WorkflowRun b = hss.starts("hssImageReportExport reportType: 'apps', waitForCompletion: true");
        hss.service().await(Api.STATUS, 2, Duration.ofSeconds(30));
        hss.close();

        // The port may be another's for a moment.
        try (FakeHss again = Awaitility.await()
                .ignoreExceptions()
                .until(() -> new FakeHss(url.getPort()).token(HssJenkins.TOKEN), Objects::nonNull)) {
            again.always(Api.STATUS, Answers.status(200, "{\"task_status\": \"success\", \"file_id\": \"f1\"}"));
            j.assertBuildStatus(Result.SUCCESS, j.waitForCompletion(b));
            assertEquals(0, again.calls(Api.SUBMIT).size());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404})
    void whatDoesNotPassEndsAtOnce(int status) throws Exception {
        for (Api read : List.of(Api.STATISTIC, Api.STATUS, Api.DOWNLOAD)) {
            int calls = hss.service().calls(read).size();
            hss.service().next(read, Answers.hss(status, "HSS.4711", "无法处理"));

            WorkflowRun b = hss.runs(Result.FAILURE, EVERYTHING);

            assertThat(HssJenkins.log(b), containsString("HTTP " + status + ", HSS.4711, \"无法处理\""));
            assertEquals(calls + 1, hss.service().calls(read).size(), read::toString);
            Builds.assertNothingLeft(b);
        }
    }
}
