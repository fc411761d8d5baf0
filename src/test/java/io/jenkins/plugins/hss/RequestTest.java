package io.jenkins.plugins.hss;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Result;
import io.jenkins.plugins.hss.fake.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the parameters of the Pipeline step make of the request: exactly what was asked for, as written. */
class RequestTest extends SharedJenkins {

    @Test
    void reportTypeAloneNeedsNoName() throws Exception {
        hss.runs(Result.SUCCESS, "hssImageReportExport 'malwares'");

        assertEquals(
                "{\"export_size\":10000,\"security_report_type\":\"malwares\",\"operate_all\":true,\"image_type\":\"cicd\"}",
                hss.onlyCall().body());
    }

    @Test
    void allFieldsArriveAsWritten() throws Exception {
        hss.runs(Result.SUCCESS, """
                hssImageReportExport reportType: 'sensitive-info',
                    cicdName: '支付 "pay" \\\\ \\'流水线\\'',
                    imageType: 'local_image',
                    exportSize: 200000,
                    imageIds: ['id-1', 'öäü "2"'],
                    enterpriseProjectId: 'all_granted_eps',
                    taskIdVariable: 'REPORT_TASK',
                    filter: [
                        scanStatus: 'image_oversized',
                        namespace: 'org/<ä>&"',
                        imageName: 'nginx\\té',
                        imageVersion: 'v1.0-β',
                        imageId: 'sha256:0123',
                        latestVersion: true,
                        imageSize: 2147483547,
                        updatedAfter: '2026-01-31T08:00:00Z',
                        updatedBefore: '2026-01-31T16:00:00.5+08:00',
                        scannedAfter: 0,
                        scannedBefore: 1767225600000,
                        hasMaliciousFile: false,
                        hasVul: true,
                        hasUnsafeSetting: false,
                        risky: true,
                        severityLevel: 'Security',
                        instanceName: 'instance',
                        buildCommandRiskLevel: 'critical',
                        buildCommandRiskName: 'ADD statt COPY, größer',
                        buildCommandRuleIds: ['r-1', 'r-2']]
                """);

        Call submit = hss.onlyCall();
        assertEquals(
                "{\"export_size\":200000,\"security_report_type\":\"sensitive-info\","
                        + "\"image_id_list\":[\"id-1\",\"öäü \\\"2\\\"\"],\"operate_all\":false,"
                        + "\"image_type\":\"local_image\",\"scan_status\":\"image_oversized\","
                        + "\"namespace\":\"org/<ä>&\\\"\",\"image_name\":\"nginx\\té\",\"image_version\":\"v1.0-β\","
                        + "\"image_id\":\"sha256:0123\",\"latest_version\":true,\"image_size\":2147483547,"
                        + "\"start_latest_update_time\":1769846400000,\"end_latest_update_time\":1769846400500,"
                        + "\"start_latest_scan_time\":0,\"end_latest_scan_time\":1767225600000,"
                        + "\"has_malicious_file\":false,\"has_vul\":true,\"has_unsafe_setting\":false,\"risky\":true,"
                        + "\"severity_level\":\"Security\",\"instance_name\":\"instance\","
                        + "\"cicd_name\":\"支付 \\\"pay\\\" \\\\ '流水线'\",\"build_command_risk_level\":\"critical\","
                        + "\"build_command_risk_name\":\"ADD statt COPY, größer\","
                        + "\"build_command_rule_id_list\":[\"r-1\",\"r-2\"]}",
                submit.body());
        assertEquals(26, submit.json().size());
        assertEquals("all_granted_eps", submit.parameter("enterprise_project_id"));
    }

    @Test
    void textsMayBeInterpolated() throws Exception {
        hss.service().project("cn-north-1", "p7");
        hss.runs(Result.SUCCESS, """
                def n = 7
                hssImageReportExport reportType: "mal${'wares'}", cicdName: "a${n}", exportSize: "1${n}",
                    imageIds: ["i-${n}"], connection: "fa${'ke'}", projectId: "p${n}",
                    filter: [imageName: "x${n}", hasVul: "${n > 1}", imageSize: "${n}", scannedAfter: "${n}"]
                """);

        assertEquals(
                "{\"export_size\":17,\"security_report_type\":\"malwares\",\"image_id_list\":[\"i-7\"],"
                        + "\"operate_all\":false,\"image_type\":\"cicd\",\"image_name\":\"x7\",\"image_size\":7,"
                        + "\"start_latest_scan_time\":7,\"has_vul\":true,\"cicd_name\":\"a7\"}",
                hss.onlyCall().body());
        assertThat(hss.onlyCall().path(), containsString("/p7/"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hssImageReportExport reportType: 'malwares', filter: [:]",
                "hssImageReportExport reportType: 'malwares', connection: '', region: null, taskIdVariable: ''"
            })
    void whatIsNotAskedForIsNotSent(String script) throws Exception {
        hss.runs(Result.SUCCESS, script);

        assertEquals(
                "{\"export_size\":10000,\"security_report_type\":\"malwares\",\"operate_all\":true,\"image_type\":\"cicd\"}",
                hss.onlyCall().body());
    }

    @Test
    void emptyImageTypeAsksForTheOtherRegistries() throws Exception {
        hss.runs(Result.SUCCESS, "hssImageReportExport reportType: 'malwares', imageType: ''");

        assertEquals(
                "{\"export_size\":10000,\"security_report_type\":\"malwares\",\"operate_all\":true}",
                hss.onlyCall().body());
    }

    @Test
    void timesMayBeInstantsOrNumbersOrDurationsBackFromNow() throws Exception {
        Instant before = Instant.now();
        hss.runs(Result.SUCCESS, """
                hssImageReportExport reportType: 'malwares', filter: [updatedAfter: '1767225600000',
                    updatedBefore: 'PT24H', scannedAfter: 5, scannedBefore: '2026-01-31T09:00:00+01:00']
                """);
        Instant after = Instant.now();

        JsonNode body = hss.onlyCall().json();
        assertEquals(1767225600000L, body.get("start_latest_update_time").longValue());
        assertEquals(1769846400000L, body.get("end_latest_scan_time").longValue());
        assertEquals(5, body.get("start_latest_scan_time").longValue());
        assertThat(
                Instant.ofEpochMilli(body.get("end_latest_update_time").longValue())
                        .plus(Duration.ofHours(24)),
                allOf(greaterThanOrEqualTo(Instant.ofEpochMilli(before.toEpochMilli())), lessThanOrEqualTo(after)));
    }

    @Test
    void wordUnknownTodayIsSentWithAWarning() throws Exception {
        WorkflowRun b = hss.runs(Result.SUCCESS, """
                hssImageReportExport reportType: 'secrets', imageType: 'quay', filter: [severityLevel: 'high']
                """);

        String log = HssJenkins.log(b);
        Stream.of("'secrets' for reportType", "'quay' for imageType", "'high' for severityLevel")
                .forEach(word -> assertThat(log, containsString("[HSS] Unrecognized value " + word)));
        JsonNode body = hss.onlyCall().json();
        assertEquals("secrets", body.get("security_report_type").textValue());
        assertEquals("quay", body.get("image_type").textValue());
        assertEquals("high", body.get("severity_level").textValue());
    }
}
