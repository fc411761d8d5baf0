package io.jenkins.plugins.hss;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Job;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** What a build tells about its exports, it tells after a restart of Jenkins, too. */
class PersistenceTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @Test
    void restartKeepsPageEnvironmentAndRemoteApi() throws Throwable {
        AtomicReference<List<String>> ids = new AtomicReference<>();
        AtomicReference<String> pipeline = new AtomicReference<>();
        AtomicReference<String> freestyle = new AtomicReference<>();
        AtomicReference<JsonNode> exports = new AtomicReference<>();
        sessions.then(j -> {
            try (HssJenkins hss = new HssJenkins(j)) {
                WorkflowJob job = hss.pipeline("""
                        hssImageReportExport reportType: 'sensitive-info', cicdName: '支付 <i>', taskIdVariable: 'MY_TASK'
                        catchError(buildResult: 'SUCCESS') {
                            hssImageReportExport reportType: 'apps', cicdName: 'failing'
                        }
                        hssImageReportExport reportType: 'files', cicdName: 'third'
                        """);
                hss.service().next(Api.SUBMIT, Answers.behave(), Answers.hss(403, "HSS.0013", "<b>no</b> permission"));
                hss.runs(Result.SUCCESS, job);
                pipeline.set(job.getName());
                var other = hss.freestyle(HssJenkins.builder("{\"reportType\": \"malwares\", \"cicdName\": \"free\"}"));
                hss.runs(Result.SUCCESS, other);
                freestyle.set(other.getName());
                hss.assertKept();
                ids.set(hss.service().taskIds());
            }
            exports.set(Builds.exports(j, build(j, pipeline.get())));
            assertTold(j, ids.get(), pipeline.get(), freestyle.get());
        });
        sessions.then(j -> {
            assertTold(j, ids.get(), pipeline.get(), freestyle.get());
            assertEquals(exports.get(), Builds.exports(j, build(j, pipeline.get())));
        });
    }

    @Test
    void whatAKilledProcessLeftIsDeleted() throws Throwable {
        AtomicReference<String> job = new AtomicReference<>();
        sessions.then(j -> {
            try (HssJenkins hss = new HssJenkins(j)) {
                var project = hss.freestyle(HssJenkins.builder("{\"reportType\": \"apps\"}"));
                job.set(project.getName());
                Path exports =
                        hss.runs(Result.SUCCESS, project).getRootDir().toPath().resolve("hss-exports");
                Files.createDirectories(exports.resolve("1.tmp"));
                Files.writeString(exports.resolve("1.tmp/report.zip"), "half");
                Files.writeString(exports.resolve("1.4711.new"), "half");
            }
        });
        sessions.then(j -> {
            Run<?, ?> b = build(j, job.get());
            assertEquals("apps", Builds.export(j, b).get("reportType").textValue());
            Builds.assertNothingLeft(b);
        });
    }

    private static void assertTold(JenkinsRule j, List<String> ids, String pipeline, String freestyle)
            throws Exception {
        assertEquals(3, ids.size());
        Run<?, ?> b = build(j, pipeline);
        JsonNode exports = Builds.exports(j, b);
        assertEquals(3, exports.size());
        assertExport(exports.get(0), "sensitive-info", "支付 <i>", ids.get(0));
        assertExport(exports.get(1), "apps", "failing", null);
        assertExport(exports.get(2), "files", "third", ids.get(1));
        assertThat(exports.get(1).get("error").textValue(), containsString("HSS.0013"));

        HtmlPage page = Builds.page(j, b);
        assertThat(
                page.getBody().getTextContent(),
                allOf(
                        containsString("Sensitive information"),
                        containsString("支付 <i>"),
                        containsString(ids.get(0)),
                        containsString("Software"),
                        containsString("<b>no</b> permission"),
                        containsString("Files"),
                        containsString("third"),
                        containsString(ids.get(1)),
                        containsString(HssJenkins.CONNECTION)));
        for (String id : List.of(ids.get(0), ids.get(1))) {
            HtmlElement button = page.getFirstByXPath("//button[contains(@class, 'copy') and @text='" + id + "']");
            assertNotNull(button, page::asXml);
        }

        var env = b.getEnvironment(TaskListener.NULL);
        assertEquals(ids.get(1), env.get("HSS_EXPORT_TASK_ID"));
        assertEquals(ids.get(0), env.get("HSS_EXPORT_TASK_ID_SENSITIVE_INFO"));
        assertEquals(ids.get(0), env.get("MY_TASK"));

        Run<?, ?> other = build(j, freestyle);
        assertExport(Builds.exports(j, other).get(0), "malwares", "free", ids.get(2));
        assertThat(
                Builds.page(j, other).getBody().getTextContent(),
                allOf(containsString("Malicious files"), containsString("free"), containsString(ids.get(2))));
    }

    private static void assertExport(JsonNode export, String reportType, String cicdName, String taskId) {
        assertEquals(reportType, export.get("reportType").textValue());
        assertEquals(cicdName, export.get("cicdName").textValue());
        assertEquals(taskId, export.get("taskId").textValue());
        assertEquals(HssJenkins.CONNECTION, export.get("connection").textValue());
        assertEquals(taskId == null, export.get("submittedAt").isNull());
        assertEquals(
                taskId == null ? "FAILED" : "SUBMITTED", export.get("state").textValue());
    }

    private static Run<?, ?> build(JenkinsRule j, String job) {
        return j.jenkins.getItemByFullName(job, Job.class).getBuildByNumber(1);
    }
}
