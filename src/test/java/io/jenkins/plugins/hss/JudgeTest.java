package io.jenkins.plugins.hss;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.BuildListener;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.hss.config.HssConnection;
import io.jenkins.plugins.hss.config.HssGlobalConfiguration;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.Call;
import io.jenkins.plugins.hss.fake.FakeHss;
import io.jenkins.plugins.hss.fake.Zips;
import java.util.List;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.CaptureEnvironmentBuilder;
import org.jvnet.hudson.test.TestBuilder;

/** Builds that count the records which their export's filters match, and are judged by the number. */
@ExtendWith(FastPolling.class)
class JudgeTest extends SharedJenkins {

    @AfterEach
    void contractIsKept() {
        hss.assertKept();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, , SUCCESS",
        "1, 0, , UNSTABLE",
        "0, , 0, SUCCESS",
        "1, , 0, FAILURE",
        "5, 5, 5, SUCCESS",
        "6, 5, 6, UNSTABLE",
        "6, 5, 5, FAILURE",
        "6, 6, 5, FAILURE",
        "5000000000, 4999999999, 5000000000, UNSTABLE",
    })
    void numberAboveALimitDecides(long records, String unstableAbove, String failAbove, String result)
            throws Exception {
        hss.service().records(records);
        Result expected = Result.fromString(result);

        WorkflowRun pipeline = hss.runs(
                expected,
                "hssImageReportExport reportType: 'apps'"
                        + (unstableAbove == null ? "" : ", unstableAbove: " + unstableAbove)
                        + (failAbove == null ? "" : ", failAbove: " + failAbove));
        HssImageReportExportBuilder builder = new HssImageReportExportBuilder("apps");
        builder.setUnstableAbove(unstableAbove);
        builder.setFailAbove(failAbove);
        FreeStyleBuild freestyle = hss.runs(expected, hss.freestyle(builder));

        for (Run<?, ?> b : List.<Run<?, ?>>of(pipeline, freestyle)) {
            String log = HssJenkins.log(b);
            assertThat(log, containsString("[HSS] " + text(records) + " records match the filters\n"));
            assertEquals(records == 0, log.contains("This does not prove that an image was scanned"));
            if (expected != Result.SUCCESS) {
                String limit = expected == Result.FAILURE ? "failAbove" : "unstableAbove";
                assertThat(log, containsString(" records match the filters; " + limit + " is "));
            }
            assertEquals(records, Builds.export(j, b).get("records").longValue());
            assertThat(Builds.page(j, b).getBody().getTextContent(), containsString(Long.toString(records)));
        }
        assertEquals(2, hss.service().calls(Api.STATISTIC).size());
        assertEquals(0, hss.service().calls(Api.STATUS).size());
    }

    private static String text(long number) {
        return java.text.NumberFormat.getIntegerInstance().format(number);
    }

    @Test
    void numberIsInTheEnvironmentOfWhatFollows() throws Exception {
        hss.service().records(7);
        WorkflowRun b = hss.runs(Result.SUCCESS, """
                hssImageReportExport reportType: 'build-command-risks', unstableAbove: 7
                echo "records=$env.HSS_EXPORT_RECORDS_BUILD_COMMAND_RISKS."
                """);
        j.assertLogContains("records=7.", b);

        FreeStyleProject job = hss.freestyle(HssJenkins.builder("""
                {"reportType": "sensitive-info", "unstableAbove": "7"}"""));
        CaptureEnvironmentBuilder next = new CaptureEnvironmentBuilder();
        job.getBuildersList().add(next);
        hss.runs(Result.SUCCESS, job);
        assertEquals("7", next.getEnvVars().get("HSS_EXPORT_RECORDS_SENSITIVE_INFO"));
    }

    @Test
    void withoutALimitNothingIsCounted() throws Exception {
        WorkflowRun b = hss.runs(Result.SUCCESS, "hssImageReportExport reportType: 'apps', waitForCompletion: true");

        assertEquals(0, hss.service().calls(Api.STATISTIC).size());
        assertTrue(Builds.export(j, b).get("records").isNull());
        assertNull(b.getEnvironment(hudson.model.TaskListener.NULL).get("HSS_EXPORT_RECORDS_APPS"));
    }

    @Test
    void countAsksWithTheFiltersOfTheExportAndTheRegionOfTheConnection() throws Exception {
        HssConnection connection = hss.connection();
        connection.setRegion(FakeHss.REGION);
        connection.setEnterpriseProjectId("all_granted_eps");
        HssGlobalConfiguration.get().setConnections(List.of(connection));

        hss.runs(Result.SUCCESS, """
                hssImageReportExport reportType: 'malwares', cicdName: '支付', exportSize: 5, failAbove: 100,
                    filter: [severityLevel: 'High', hasVul: false, scannedAfter: 7, buildCommandRuleIds: ['r1']]
                """);

        Call count = hss.service().calls(Api.STATISTIC).get(0);
        ObjectNode filters = (ObjectNode) hss.service().calls(Api.SUBMIT).get(0).json();
        filters.remove(List.of("export_size", "security_report_type"));
        assertEquals(filters, count.json());
        assertEquals("malwares", count.parameter("security_report_type"));
        assertEquals("all_granted_eps", count.parameter("enterprise_project_id"));
        assertEquals(FakeHss.REGION, count.header("region"));
    }

    @Test
    void connectionWithoutARegionSendsNone() throws Exception {
        hss.runs(Result.SUCCESS, "hssImageReportExport reportType: 'malwares', failAbove: 100");

        assertNull(hss.service().calls(Api.STATISTIC).get(0).header("region"));
    }

    @Test
    void worseResultIsNotImproved() throws Exception {
        hss.service().records(1);
        hss.runs(Result.FAILURE, """
                currentBuild.result = 'FAILURE'
                hssImageReportExport reportType: 'apps', unstableAbove: 0
                """);
        hss.runs(Result.UNSTABLE, """
                currentBuild.result = 'UNSTABLE'
                hssImageReportExport reportType: 'apps', unstableAbove: 1
                """);
        FreeStyleProject job = j.createFreeStyleProject();
        job.getBuildersList().add(new FailingOnTheWay());
        job.getBuildersList().add(HssJenkins.builder("{\"reportType\": \"apps\", \"unstableAbove\": \"0\"}"));
        hss.runs(Result.FAILURE, job);
    }

    @Test
    void reportOfABuildThatFailsForItsRecordsIsKept() throws Exception {
        byte[] zip = Zips.of("a.csv", "1");
        hss.service().records(1).report(zip);

        WorkflowRun b =
                hss.runs(Result.FAILURE, "hssImageReportExport reportType: 'apps', failAbove: 0, archiveReport: true");

        JsonNode export = Builds.export(j, b);
        assertEquals("FAILED", export.get("state").textValue());
        assertThat(export.get("error").textValue(), containsString("failAbove is 0"));
        Builds.assertKeeps(zip, export.get("report").textValue(), b);
    }

    @Test
    void unstableByANumberMarksTheStageAndSaysWhyOnThePage() throws Exception {
        hss.service().records(3);

        WorkflowRun b = hss.runs(
                Result.UNSTABLE, "stage('Report') { hssImageReportExport reportType: 'apps', unstableAbove: 2 }");

        String reason = "3 records match the filters; unstableAbove is 2";
        List<WarningAction> warnings = Builds.warnings(b);
        assertEquals(
                List.of(reason),
                warnings.stream().map(WarningAction::getMessage).toList());
        assertEquals(Result.UNSTABLE, warnings.get(0).getResult());
        assertEquals(reason, Builds.export(j, b).get("warning").textValue());
        assertThat(Builds.page(j, b).getBody().getTextContent(), containsString(reason));
    }

    @Test
    void countThatIsRefusedFailsTheBuildWhichKnowsItsTask() throws Exception {
        hss.service().always(Api.STATISTIC, Answers.hss(403, "HSS.0013", "no permission"));

        WorkflowRun b = hss.runs(Result.FAILURE, "hssImageReportExport reportType: 'apps', failAbove: 100");

        assertThat(HssJenkins.log(b), containsString("HSS.0013"));
        assertEquals(
                hss.service().taskIds().get(0),
                Builds.export(j, b).get("taskId").textValue());
    }

    /** Has the build failed already without ending it. */
    public static final class FailingOnTheWay extends TestBuilder {
        @Override
        public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener) {
            build.setResult(Result.FAILURE);
            return true;
        }
    }
}
