package io.jenkins.plugins.hss;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.EnvVars;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.ParameterDefinition;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import io.jenkins.plugins.hss.config.HssConnection;
import io.jenkins.plugins.hss.config.HssGlobalConfiguration;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.Call;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.CaptureEnvironmentBuilder;

/** The build step of freestyle jobs. */
class FreestyleTest extends SharedJenkins {

    @Test
    void nextBuildStepSeesTheTaskIds() throws Exception {
        FreeStyleProject job = hss.freestyle(HssJenkins.builder("""
                {"reportType": "sensitive-info", "taskIdVariable": "MY_TASK"}"""));
        job.getBuildersList().add(HssJenkins.builder("{\"reportType\": \"apps\"}"));
        CaptureEnvironmentBuilder next = new CaptureEnvironmentBuilder();
        job.getBuildersList().add(next);

        FreeStyleBuild b = hss.runs(Result.SUCCESS, job);

        hss.assertKept();
        String firstId = hss.service().taskIds().get(0);
        String secondId = hss.service().taskIds().get(1);
        EnvVars env = next.getEnvVars();
        assertEquals(secondId, env.get("HSS_EXPORT_TASK_ID"));
        assertEquals(secondId, env.get("HSS_EXPORT_TASK_ID_APPS"));
        assertEquals(firstId, env.get("HSS_EXPORT_TASK_ID_SENSITIVE_INFO"));
        assertEquals(firstId, env.get("MY_TASK"));
        JsonNode exports = Builds.exports(j, b);
        assertEquals(firstId, exports.get(0).get("taskId").textValue());
        assertEquals(secondId, exports.get(1).get("taskId").textValue());
        assertThat(
                HssJenkins.log(b),
                allOf(
                        containsString("[HSS] Exporting Sensitive information to fake"),
                        containsString("[HSS] Export task " + firstId),
                        containsString("[HSS] Export task " + secondId)));
    }

    @Test
    void variablesAreReplacedInEveryTextAndListItem() throws Exception {
        hss.service().project("cn-north-1", "p7");
        HssConnection unused = new HssConnection("unused");
        unused.setRegion("cn-north-4");
        HssGlobalConfiguration.get().setConnections(List.of(unused, hss.connection()));
        FreeStyleProject job = hss.freestyle(HssJenkins.builder("""
                {"reportType": "${TYPE}", "cicdName": "${TEXT} of $JOB_NAME", "imageType": "${REGISTRY}_image",
                 "exportSize": "${N}00", "imageIds": ["${TEXT}", "i-$N"], "connection": "${CONNECTION}",
                 "projectId": "p${N}", "enterpriseProjectId": "e${N}", "taskIdVariable": "TASK_${N}",
                 "filter": {"scanStatus": "${WORD}", "namespace": "n-${TEXT}", "imageName": "${TEXT}",
                    "imageVersion": "v$N", "imageId": "id$N", "imageSize": "${N}", "updatedAfter": "${TIME}",
                    "updatedBefore": "2026-01-0${N}T00:00:00Z", "scannedAfter": "${N}", "scannedBefore": "${N}1",
                    "severityLevel": "${LEVEL}", "instanceName": "in-${N}", "buildCommandRiskLevel": "${RISK}",
                    "buildCommandRiskName": "risk ${N}", "buildCommandRuleIds": ["r${N}", "$TEXT"]}}"""));
        CaptureEnvironmentBuilder next = new CaptureEnvironmentBuilder();
        job.getBuildersList().add(next);
        parameters(
                job,
                Map.of(
                        "TYPE",
                        "files",
                        "TEXT",
                        "größe \"7\"",
                        "REGISTRY",
                        "local",
                        "N",
                        "7",
                        "CONNECTION",
                        "fake",
                        "WORD",
                        "success",
                        "TIME",
                        "1970-01-01T00:00:01Z",
                        "LEVEL",
                        "High",
                        "RISK",
                        "low"));

        hss.runs(Result.SUCCESS, job);

        Call call = hss.onlyCall();
        assertEquals(
                "{\"export_size\":700,\"security_report_type\":\"files\","
                        + "\"image_id_list\":[\"größe \\\"7\\\"\",\"i-7\"],\"operate_all\":false,"
                        + "\"image_type\":\"local_image\",\"scan_status\":\"success\","
                        + "\"namespace\":\"n-größe \\\"7\\\"\",\"image_name\":\"größe \\\"7\\\"\","
                        + "\"image_version\":\"v7\",\"image_id\":\"id7\",\"image_size\":7,"
                        + "\"start_latest_update_time\":1000,\"end_latest_update_time\":1767744000000,"
                        + "\"start_latest_scan_time\":7,\"end_latest_scan_time\":71,\"severity_level\":\"High\","
                        + "\"instance_name\":\"in-7\",\"cicd_name\":\"größe \\\"7\\\" of " + job.getName() + "\","
                        + "\"build_command_risk_level\":\"low\",\"build_command_risk_name\":\"risk 7\","
                        + "\"build_command_rule_id_list\":[\"r7\",\"größe \\\"7\\\"\"]}",
                call.body());
        assertThat(call.path(), containsString("/p7/"));
        assertEquals("e7", call.parameter("enterprise_project_id"));
        assertEquals(hss.service().taskIds().get(0), next.getEnvVars().get("TASK_7"), next.getEnvVars()::toString);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"reportType": "malwares", "region": "${WHERE}"}                      | "Nowhere" is not the name of a region
            {"reportType": "malwares", "connection": "${WHERE}"}                  | Could not find connection 'Nowhere'. Configured connections: fake
            {"reportType": "malwares", "exportSize": "${WHERE}"}                  | exportSize must be a whole number, but is Nowhere
            {"reportType": "malwares", "exportSize": "0"}                         | exportSize must be 1 to 200000, but is 0
            {"reportType": "malwares", "filter": {"imageName": "${EMPTY}"}}       | imageName must have 1 to 65535 characters, but has 0
            {"reportType": "malwares", "imageIds": ["${EMPTY}"]}                  | imageIds[0] must have 1 to 256 characters, but has 0
            {"reportType": "malwares", "filter": {"scannedAfter": "${WHERE}"}}    | scannedAfter must be a time such as 2026-01-31T08:00:00Z
            """)
    void mistakeIsNamedBeforeAnyCall(String parameters, String message) throws Exception {
        FreeStyleProject job = hss.freestyle(HssJenkins.builder(parameters));
        parameters(job, Map.of("WHERE", "Nowhere", "EMPTY", "", "A", "ATH"));

        String log = HssJenkins.log(hss.runs(Result.FAILURE, job));

        assertThat(log, containsString("ERROR: " + message));
        assertThat(log, not(containsString("Submitting")));
        hss.assertNoCall();
    }

    @Test
    void refusalFailsTheBuildAndTheStepsAfterItDoNotRun() throws Exception {
        hss.service().always(Api.SUBMIT, Answers.hss(403, "HSS.0013", "无权限"));
        FreeStyleProject job = hss.freestyle(HssJenkins.builder("{\"reportType\": \"malwares\"}"));
        job.getBuildersList().add(HssJenkins.builder("{\"reportType\": \"apps\"}"));

        FreeStyleBuild b = hss.runs(Result.FAILURE, job);

        assertThat(
                HssJenkins.log(b),
                containsString("ERROR: Submitting the export to HSS failed: HTTP 403, HSS.0013, \"无权限\""));
        hss.onlyCall();
    }

    @Test
    void abortInterruptsTheCall() throws Exception {
        hss.service().always(Api.SUBMIT, Answers.stall());
        FreeStyleProject job = hss.freestyle(HssJenkins.builder("{\"reportType\": \"malwares\"}"));
        FreeStyleBuild b = job.scheduleBuild2(0).waitForStart();
        hss.service().await(Api.SUBMIT, 1, Duration.ofSeconds(30));

        b.doStop();

        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(b));
        HssJenkins.log(b);
        hss.onlyCall();
        assertTrue(Builds.exports(j, b).get(0).get("taskId").isNull());
    }

    private static void parameters(FreeStyleProject job, Map<String, String> defaults) throws Exception {
        job.addProperty(new ParametersDefinitionProperty(defaults.entrySet().stream()
                .<ParameterDefinition>map(entry -> new StringParameterDefinition(entry.getKey(), entry.getValue()))
                .toList()));
    }
}
