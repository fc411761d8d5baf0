package io.jenkins.plugins.hss;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.model.Run;
import java.util.stream.StreamSupport;
import org.htmlunit.html.HtmlPage;
import org.jvnet.hudson.test.JenkinsRule;

/** What Jenkins shows of builds to people and to other programs. */
final class Builds {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Builds() {}

    /** Returns the exports of a build as its remote API tells them. */
    static JsonNode exports(JenkinsRule j, Run<?, ?> build) throws Exception {
        String url = build.getUrl() + "api/json?tree=actions[exports[*]]";
        JsonNode json = JSON.readTree(j.createWebClient()
                .goTo(url, "application/json")
                .getWebResponse()
                .getContentAsString());
        return StreamSupport.stream(json.get("actions").spliterator(), false)
                .map(action -> action.path("exports"))
                .filter(JsonNode::isArray)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no exports in " + json));
    }

    static JsonNode exportOf(JsonNode exports, String reportType) {
        return StreamSupport.stream(exports.spliterator(), false)
                .filter(export -> export.get("reportType").textValue().equals(reportType))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + reportType + " in " + exports));
    }

    /** Returns the page of a build. */
    static HtmlPage page(JenkinsRule j, Run<?, ?> build) throws Exception {
        return j.createWebClient().withJavaScriptEnabled(false).getPage(build);
    }
}
