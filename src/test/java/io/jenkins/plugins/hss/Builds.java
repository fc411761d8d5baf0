package io.jenkins.plugins.hss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.model.Run;
import java.io.File;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jvnet.hudson.test.JenkinsRule;

/** What Jenkins shows of builds to people and to other programs. */
final class Builds {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Builds() {}

    /** Returns the exports of a build as its remote API tells them. */
    static JsonNode exports(JenkinsRule j, Run<?, ?> build) throws Exception {
        return list(j, build, "exports");
    }

    /** Returns the one scan of a build as its remote API tells it. */
    static JsonNode scan(JenkinsRule j, Run<?, ?> build) throws Exception {
        JsonNode scans = list(j, build, "scans");
        assertEquals(1, scans.size(), scans::toString);
        return scans.get(0);
    }

    private static JsonNode list(JenkinsRule j, Run<?, ?> build, String name) throws Exception {
        String url = build.getUrl() + "api/json?tree=actions[" + name + "[*]]";
        JsonNode json = JSON.readTree(j.createWebClient()
                .goTo(url, "application/json")
                .getWebResponse()
                .getContentAsString());
        return StreamSupport.stream(json.get("actions").spliterator(), false)
                .map(action -> action.path(name))
                .filter(JsonNode::isArray)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + json));
    }

    static JsonNode exportOf(JsonNode exports, String reportType) {
        return StreamSupport.stream(exports.spliterator(), false)
                .filter(export -> export.get("reportType").textValue().equals(reportType))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + reportType + " in " + exports));
    }

    /** Returns the one export of a build as its remote API tells it. */
    static JsonNode export(JenkinsRule j, Run<?, ?> build) throws Exception {
        JsonNode exports = exports(j, build);
        assertEquals(1, exports.size(), exports::toString);
        return exports.get(0);
    }

    /** Asserts that a build keeps the report, and under which name. */
    static void assertKeeps(byte[] report, String name, Run<?, ?> build) throws Exception {
        try (InputStream artifact =
                build.getArtifactManager().root().child(name).open()) {
            assertArrayEquals(report, artifact.readAllBytes());
        }
        assertNothingLeft(build);
    }

    /** Asserts that beside what is known of its exports nothing is left of them in a build's folder. */
    static void assertNothingLeft(Run<?, ?> build) {
        File[] left = new File(build.getRootDir(), "hss-exports").listFiles((dir, name) -> !name.matches("\\d+\\.xml"));
        assertEquals(List.of(), left == null ? List.of() : List.of(left));
    }

    /** Returns the steps of a build that are marked as not well, as the views of stages show them. */
    static List<WarningAction> warnings(WorkflowRun build) {
        return new DepthFirstScanner()
                .allNodes(build.getExecution()).stream()
                        .map(node -> node.getAction(WarningAction.class))
                        .filter(Objects::nonNull)
                        .toList();
    }

    /** Waits until a build is in the middle of its one step, and Pipeline has saved that it is. */
    static StepExecution stepOf(WorkflowRun build) throws Exception {
        FlowExecution execution = build.getExecutionPromise().get();
        return Awaitility.await()
                .until(() -> execution.getCurrentExecutions(true).get(), steps -> !steps.isEmpty())
                .get(0);
    }

    /** Returns the page of a build. */
    static HtmlPage page(JenkinsRule j, Run<?, ?> build) throws Exception {
        return j.createWebClient().withJavaScriptEnabled(false).getPage(build);
    }
}
