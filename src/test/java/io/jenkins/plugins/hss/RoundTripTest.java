package io.jenkins.plugins.hss;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleProject;
import hudson.model.Result;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.Call;
import java.util.List;
import org.htmlunit.html.HtmlForm;
import org.jenkinsci.plugins.workflow.cps.Snippetizer;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was saved comes back from the forms as it was: nothing lost, nothing added. */
class RoundTripTest extends SharedJenkins {
    private static final String ALL = """
            {"reportType": "apps", "cicdName": "支付 \\"pay\\" <b>", "imageType": "local_image", "exportSize": "77",
             "imageIds": ["id-1", "id \\"2\\""], "connection": "fake", "projectId": "p7", "enterpriseProjectId": "e7",
             "credentialsId": "hss-token", "taskIdVariable": "MY_TASK",
             "filter": {"scanStatus": "success", "namespace": "ä&<", "imageName": "x'y\\"z", "imageVersion": "v1",
                "imageId": "i-1", "latestVersion": true, "imageSize": "0", "updatedAfter": "PT0S",
                "updatedBefore": "2026-01-31T08:00:00Z", "scannedAfter": "0", "scannedBefore": "1767225600000",
                "hasMaliciousFile": false, "hasVul": true, "hasUnsafeSetting": false, "risky": true,
                "severityLevel": "High", "instanceName": "in", "buildCommandRiskLevel": "low",
                "buildCommandRiskName": "risk", "buildCommandRuleIds": ["r1", "r2"]}}""";
    private static final String MINIMAL = "{\"reportType\": \"malwares\"}";
    private static final String NEITHER_TRUE_NOR_UNASKED = """
            {"reportType": "malwares", "imageType": "", "filter": {"latestVersion": false, "risky": false}}""";
    private static final String UNKNOWN_WORDS = """
            {"reportType": "secrets", "imageType": "quay", "connection": "gone", "credentialsId": "gone-too",
             "filter": {"severityLevel": "high", "scanStatus": "paused", "buildCommandRiskLevel": "High"}}""";

    @ParameterizedTest
    @ValueSource(strings = {ALL, MINIMAL, NEITHER_TRUE_NOR_UNASKED, UNKNOWN_WORDS})
    void buildStepThroughTheJobsForm(String parameters) throws Exception {
        HssImageReportExportBuilder before = HssJenkins.builder(parameters);
        FreeStyleProject job = hss.freestyle(before);

        j.configRoundtrip(job);

        HssImageReportExportBuilder after = job.getBuildersList().get(HssImageReportExportBuilder.class);
        assertTrue(after != before);
        assertEquals(Snippetizer.object2Groovy(before), Snippetizer.object2Groovy(after));
        assertEquals(before.getFilter() == null, after.getFilter() == null);
    }

    @ParameterizedTest
    @ValueSource(strings = {MINIMAL, NEITHER_TRUE_NOR_UNASKED, ALL})
    void buildSendsTheSameAfterItsJobWasSaved(String parameters) throws Exception {
        hss.service().project("cn-north-1", "p7");
        // A time counted back from now would differ between two builds.
        FreeStyleProject job = hss.freestyle(HssJenkins.builder(parameters.replace("PT0S", "5")));

        hss.runs(Result.SUCCESS, job);
        j.configRoundtrip(job);
        hss.runs(Result.SUCCESS, job);

        hss.assertKept();
        List<Call> submits = hss.service().calls(Api.SUBMIT);
        assertEquals(2, submits.size());
        assertEquals(submits.get(0).body(), submits.get(1).body());
        assertEquals(submits.get(0).path(), submits.get(1).path());
        assertEquals(submits.get(0).query(), submits.get(1).query());
    }

    @Test
    void formFilledInWithTheReportTypeAloneAsksForNothingElse() throws Exception {
        FreeStyleProject job = hss.freestyle(HssJenkins.builder(MINIMAL));
        j.configRoundtrip(job);

        hss.runs(Result.SUCCESS, job);

        assertEquals(
                "{\"export_size\":10000,\"security_report_type\":\"malwares\",\"operate_all\":true,\"image_type\":\"cicd\"}",
                hss.service().calls(Api.SUBMIT).get(0).body());
        hss.assertKept();
        String xml = job.getConfigFile().asString();
        assertThat(xml, containsString("malwares"));
        assertTrue(!xml.contains("filter"), xml);
    }

    @Test
    void listsAreLinesWhoseBlankOnesDoNotCount() throws Exception {
        FreeStyleProject job = hss.freestyle(HssJenkins.builder(MINIMAL));
        HtmlForm form = j.createWebClient().getPage(job, "configure").getFormByName("config");
        form.getTextAreaByName("_.imageIds").setText("\n  id-1 \n\n id 2\n\n");
        form.getTextAreaByName("_.buildCommandRuleIds").setText("   \n");

        j.submit(form);

        HssImageReportExportBuilder after = job.getBuildersList().get(HssImageReportExportBuilder.class);
        assertEquals(List.of("id-1", "id 2"), after.getImageIds());
        assertNull(after.getFilter());
    }

    @ParameterizedTest
    @ValueSource(strings = {ALL, MINIMAL, NEITHER_TRUE_NOR_UNASKED, UNKNOWN_WORDS})
    void stepThroughItsForm(String parameters) throws Exception {
        HssImageReportExportStep before = HssJenkins.step(HssImageReportExportStep.class, parameters);

        HssImageReportExportStep after = new StepConfigTester(j).configRoundTrip(before);

        assertTrue(after != before);
        assertEquals(Snippetizer.object2Groovy(before), Snippetizer.object2Groovy(after));
    }

    @Test
    void snippetGeneratorWritesNoMoreThanNeeded() throws Exception {
        writes(MINIMAL, "hssImageReportExport 'malwares'");
        writes(
                "{\"reportType\": \"apps\", \"cicdName\": \"a\", \"imageType\": \"cicd\", \"exportSize\": 10000}",
                "hssImageReportExport cicdName: 'a', reportType: 'apps'");
        writes(
                "{\"reportType\": \"apps\", \"filter\": {\"risky\": false, \"imageName\": \"x\"}}",
                "hssImageReportExport filter: [imageName: 'x', risky: false], reportType: 'apps'");
        writes("{\"reportType\": \"apps\", \"filter\": {}}", "hssImageReportExport 'apps'");
        writes(
                "{\"reportType\": \"apps\", \"imageType\": \"\", \"imageIds\": [\"a\", \"b\"], \"exportSize\": 5}",
                "hssImageReportExport exportSize: 5, imageIds: ['a', 'b'], imageType: '', reportType: 'apps'");
    }

    private void writes(String parameters, String snippet) throws Exception {
        HssImageReportExportStep step = HssJenkins.step(HssImageReportExportStep.class, parameters);
        new SnippetizerTester(j).assertRoundTrip(step, snippet);
        assertEquals(snippet, Snippetizer.object2Groovy(new StepConfigTester(j).configRoundTrip(step)));
    }

    @Test
    void snippetGeneratorLeavesOutWhatItsFormLeavesEmpty() throws Exception {
        new SnippetizerTester(j).assertGenerateSnippet("""
                {"stapler-class": "io.jenkins.plugins.hss.HssImageReportExportStep",
                 "$class": "io.jenkins.plugins.hss.HssImageReportExportStep",
                 "reportType": "files", "cicdName": "", "connection": "", "imageType": "cicd", "exportSize": "",
                 "imageIds": "", "taskIdVariable": "", "region": "", "projectId": "", "enterpriseProjectId": "",
                 "credentialsId": "",
                 "filter": {"scanStatus": "", "namespace": "", "imageName": "", "imageVersion": "", "imageId": "",
                    "latestVersion": "", "imageSize": "", "updatedAfter": "", "updatedBefore": "", "scannedAfter": "",
                    "scannedBefore": "", "hasMaliciousFile": "", "hasVul": "", "hasUnsafeSetting": "", "risky": "",
                    "severityLevel": "", "instanceName": "", "buildCommandRiskLevel": "", "buildCommandRiskName": "",
                    "buildCommandRuleIds": ""}}""", "hssImageReportExport 'files'", null);
    }

    @Test
    void referenceOfTheStepCanBeGenerated() throws Exception {
        SnippetizerTester.assertDocGeneration(HssImageReportExportStep.class);
    }
}
