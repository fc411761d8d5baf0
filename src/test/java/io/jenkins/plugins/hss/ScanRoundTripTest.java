package io.jenkins.plugins.hss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.model.FreeStyleProject;
import hudson.util.XStream2;
import io.jenkins.plugins.hss.client.Generated;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.htmlunit.html.HtmlForm;
import org.jenkinsci.plugins.workflow.cps.Snippetizer;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was saved of a scan comes back from the forms and files as it was: nothing lost, nothing added. */
class ScanRoundTripTest extends SharedJenkins {
    private static final String ALL = """
            {"image": "registry.example.com:5000/shop/web:42", "cicdName": "支付 \\"pay\\" <b>", "scannedAfter": "PT0S",
             "types": ["malwares", "risk-config"], "notScanned": "UNSTABLE", "handled": "ignore", "maxFindings": "77",
             "archiveFindings": true, "timeoutMinutes": "5", "connection": "fake", "projectId": "p7",
             "enterpriseProjectId": "e7", "credentialsId": "hss-token",
             "qualityGates": [
                {"threshold": "1"},
                {"threshold": "20", "type": "vulnerability", "severity": "medium", "criticality": "UNSTABLE"}],
             "ignore": [
                {"type": "vulnerability", "id": "RHSA-1", "package": "x'y\\"z", "path": "/ä&<", "reason": "because",
                 "until": "2026-12-31"},
                {"type": "malwares", "id": "/opt/x", "reason": "ours"}]}""";
    private static final String MINIMAL = "{\"image\": \"shop/web:42\"}";
    private static final String ONE_OF_EACH = """
            {"image": "shop/web:42", "qualityGates": [{"threshold": "3", "severity": "high"}],
             "ignore": [{"type": "malwares", "id": "x", "reason": "y"}]}""";
    private static final String UNKNOWN_WORDS = """
            {"image": "web", "connection": "gone", "credentialsId": "gone-too", "notScanned": "ABORTED", "handled": "skip",
             "types": ["secrets"], "qualityGates": [{"threshold": "0", "type": "secrets", "severity": "critical",
                "criticality": "ERROR"}], "ignore": [{"type": "cve", "id": "x", "reason": "y", "until": "soon"}]}""";

    @ParameterizedTest
    @ValueSource(strings = {ALL, MINIMAL, ONE_OF_EACH, UNKNOWN_WORDS})
    void buildStepAndPostBuildActionThroughTheJobsForm(String parameters) throws Exception {
        ImageScanResult before = scan(parameters);
        FreeStyleProject job = j.createFreeStyleProject();
        job.getBuildersList().add(new HssImageScanResultBuilder(before));
        job.getPublishersList().add(new HssImageScanResultPublisher(before));

        j.configRoundtrip(job);

        ImageScanResult built =
                job.getBuildersList().get(HssImageScanResultBuilder.class).getScan();
        ImageScanResult published =
                job.getPublishersList().get(HssImageScanResultPublisher.class).getScan();
        assertNotSame(before, built);
        assertEquals(written(before), written(built));
        assertNotSame(before, published);
        assertEquals(written(before), written(published));
    }

    private static ImageScanResult scan(String parameters) throws Exception {
        return HssJenkins.step(ImageScanResult.class, parameters);
    }

    /** Everything that people can write, as a snippet. */
    private static String written(ImageScanResult scan) {
        return Snippetizer.object2Groovy(new HssImageScanResultBuilder(scan));
    }

    @Test
    void typesAreLinesWhoseBlankOnesDoNotCount() throws Exception {
        FreeStyleProject job = j.createFreeStyleProject();
        job.getBuildersList().add(new HssImageScanResultBuilder(scan(MINIMAL)));
        HtmlForm form = j.createWebClient().getPage(job, "configure").getFormByName("config");
        form.getTextAreaByName("_.types").setText("\n  malwares \n\n risk-config\n\n");

        j.submit(form);

        assertEquals(
                List.of("malwares", "risk-config"),
                job.getBuildersList()
                        .get(HssImageScanResultBuilder.class)
                        .getScan()
                        .getTypes());
    }

    @ParameterizedTest
    @ValueSource(strings = {ALL, MINIMAL, ONE_OF_EACH, UNKNOWN_WORDS})
    void stepThroughItsForm(String parameters) throws Exception {
        HssImageScanResultStep before = HssJenkins.step(HssImageScanResultStep.class, parameters);

        HssImageScanResultStep after = new StepConfigTester(j).configRoundTrip(before);

        assertNotSame(before, after);
        assertEquals(Snippetizer.object2Groovy(before), Snippetizer.object2Groovy(after));
    }

    @Test
    void snippetGeneratorWritesNoMoreThanNeeded() throws Exception {
        writes(MINIMAL, "hssImageScanResult 'shop/web:42'");
        writes(
                ONE_OF_EACH,
                "hssImageScanResult ignore: [[id: 'x', reason: 'y', type: 'malwares']], image: 'shop/web:42',"
                        + " qualityGates: [[severity: 'high', threshold: '3']]");
        writes(
                "{\"image\": \"w:1\", \"maxFindings\": 5, \"handled\": \"count\", \"notScanned\": \"UNSTABLE\"}",
                "hssImageScanResult image: 'w:1', maxFindings: 5, notScanned: 'UNSTABLE'");
    }

    private void writes(String parameters, String snippet) throws Exception {
        HssImageScanResultStep step = HssJenkins.step(HssImageScanResultStep.class, parameters);
        new SnippetizerTester(j).assertRoundTrip(step, snippet);
        assertEquals(snippet, Snippetizer.object2Groovy(new StepConfigTester(j).configRoundTrip(step)));
    }

    @Test
    void snippetGeneratorLeavesOutWhatItsFormLeavesEmpty() throws Exception {
        new SnippetizerTester(j)
                .assertGenerateSnippet(
                        """
                {"stapler-class": "io.jenkins.plugins.hss.HssImageScanResultStep",
                 "$class": "io.jenkins.plugins.hss.HssImageScanResultStep",
                 "image": "shop/web:42", "cicdName": "", "connection": "", "archiveFindings": false, "scannedAfter": "",
                 "types": "", "notScanned": "FAILURE", "handled": "count", "maxFindings": "", "timeoutMinutes": "",
                 "region": "", "projectId": "", "enterpriseProjectId": "", "credentialsId": "",
                 "qualityGates": {"type": "", "severity": "", "threshold": "1", "criticality": "FAILURE"}}""", "hssImageScanResult image: 'shop/web:42', qualityGates: [[threshold: '1']]", null);
    }

    @Test
    void referenceOfTheStepCanBeGenerated() throws Exception {
        SnippetizerTester.assertDocGeneration(HssImageScanResultStep.class);
    }

    @Test
    void whateverPeopleWriteIsTheSameFromFormAndFile() {
        Generated.forAny(2, random -> {
            ImageScanResult before = scan(new ObjectMapper().writeValueAsString(parameters(random)));
            FreeStyleProject job = j.createFreeStyleProject();
            job.getBuildersList().add(new HssImageScanResultBuilder(before));

            j.configRoundtrip(job);
            ImageScanResult fromForm =
                    job.getBuildersList().get(HssImageScanResultBuilder.class).getScan();
            XStream2 xml = new XStream2();
            ImageScanResult fromFile = (ImageScanResult) xml.fromXML(xml.toXML(fromForm));

            assertEquals(written(before), written(fromForm));
            assertEquals(written(before), written(fromFile));
        });
    }

    private static Map<String, Object> parameters(RandomGenerator random) {
        Map<String, Object> parameters = new LinkedHashMap<>(Map.of("image", text(random)));
        for (String name : List.of("cicdName", "scannedAfter", "maxFindings", "timeoutMinutes", "projectId")) {
            maybe(parameters, name, random);
        }
        List<Map<String, Object>> gates = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            Map<String, Object> gate = new LinkedHashMap<>(Map.of("threshold", text(random)));
            List.of("type", "severity", "criticality").forEach(name -> maybe(gate, name, random));
            gates.add(gate);
        }
        List<Map<String, Object>> ignored = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            Map<String, Object> finding =
                    new LinkedHashMap<>(Map.of("type", text(random), "id", text(random), "reason", text(random)));
            List.of("package", "path", "until").forEach(name -> maybe(finding, name, random));
            ignored.add(finding);
        }
        if (!gates.isEmpty()) {
            parameters.put("qualityGates", gates);
        }
        if (!ignored.isEmpty()) {
            parameters.put("ignore", ignored);
        }
        return parameters;
    }

    private static void maybe(Map<String, Object> parameters, String name, RandomGenerator random) {
        if (random.nextBoolean()) {
            parameters.put(name, text(random));
        }
    }

    private static String text(RandomGenerator random) {
        String special = "${}\\'\"<>&;%#/*-_~支付é";
        StringBuilder text = new StringBuilder("x");
        for (int length = random.nextInt(20); length > 0; length--) {
            text.append(
                    random.nextBoolean()
                            ? special.charAt(random.nextInt(special.length()))
                            : (char) random.nextInt('0', 'z'));
        }
        return text.toString();
    }
}
