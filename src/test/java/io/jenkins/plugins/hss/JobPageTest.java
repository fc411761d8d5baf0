package io.jenkins.plugins.hss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;

/** The numbers of a job's last builds side by side. */
class JobPageTest extends SharedJenkins {
    @Test
    void theJobShowsTheNumbersOfItsLastBuilds() throws Exception {
        WorkflowJob job = hss.pipeline("""
                hssImageReportExport reportType: 'malwares', cicdName: '支付 <i>', unstableAbove: 10
                hssImageReportExport 'apps'
                """);
        hss.service().records(5);
        hss.runs(Result.SUCCESS, job);
        hss.service().records(42);
        hss.runs(Result.UNSTABLE, job);

        HtmlPage page = j.createWebClient().getPage(job, "hss-exports");
        List<List<String>> rows = page.<DomElement>getByXPath("//table//tbody/tr").stream()
                .map(row -> StreamSupport.stream(row.getChildElements().spliterator(), false)
                        .map(cell -> cell.getTextContent().trim())
                        .toList())
                .toList();
        assertEquals(
                List.of("#2", "#1", "#2", "#1"),
                rows.stream().map(row -> row.get(0)).toList());
        assertEquals(
                List.of("42", "5", "", ""), rows.stream().map(row -> row.get(4)).toList());
        assertEquals(
                List.of("Malicious files", "Software"),
                page.<DomElement>getByXPath("//h2").stream()
                        .map(DomElement::getTextContent)
                        .filter(Set.of("Malicious files", "Software")::contains)
                        .toList());
        assertEquals(
                List.of("160", "19"),
                page.<DomElement>getByXPath("//table//*[name()='rect']").stream()
                        .map(bar -> bar.getAttribute("width"))
                        .toList());
        assertNotNull(page.getFirstByXPath("//a[contains(@href, 'hss-exports')]"), "no link at the side");
    }

    @Test
    void theRemoteApiTellsThem() throws Exception {
        WorkflowJob job = hss.pipeline("hssImageReportExport reportType: 'malwares', failAbove: 100");
        hss.service().records(7);
        hss.runs(Result.SUCCESS, job);

        JsonNode builds = json(job.getUrl() + "hss-exports/api/json").get("builds");
        assertEquals(1, builds.size());
        assertEquals(1, builds.get(0).get("number").intValue());
        JsonNode export = builds.get(0).get("exports").get(0);
        assertEquals("malwares", export.get("reportType").textValue());
        assertEquals(7, export.get("records").intValue());
        JsonNode actions = json(job.getUrl() + "api/json?tree=actions[builds[number,exports[records]]]")
                .get("actions");
        assertEquals(
                List.of(7L),
                actions.findValuesAsText("records").stream().map(Long::valueOf).toList());
    }

    @Test
    void linkStaysWhenTheLastBuildsExportNothing() throws Exception {
        WorkflowJob job = hss.pipeline("hssImageReportExport 'apps'");
        hss.runs(Result.SUCCESS, job);
        job.setDefinition(new CpsFlowDefinition("error 'broken'", true));
        hss.runs(Result.FAILURE, job);

        assertNotNull(j.createWebClient().getPage(job).getFirstByXPath("//a[contains(@href, 'hss-exports')]"));
    }

    @Test
    void jobsThatExportNothingShowNoLink() throws Exception {
        FreeStyleProject job = j.createFreeStyleProject();
        j.buildAndAssertSuccess(job);

        assertNull(j.createWebClient().getPage(job).getFirstByXPath("//a[contains(@href, 'hss-exports')]"));
        assertNotNull(j.createWebClient().getPage(job, "hss-exports"));
    }

    private static JsonNode json(String url) throws Exception {
        return new ObjectMapper()
                .readTree(j.createWebClient()
                        .goTo(url, "application/json")
                        .getWebResponse()
                        .getContentAsString());
    }
}
