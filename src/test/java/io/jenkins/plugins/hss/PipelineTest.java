package io.jenkins.plugins.hss;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Result;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.Call;
import io.jenkins.plugins.hss.fake.FakeHss;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

/** The step as Jenkinsfiles use it. */
class PipelineTest extends SharedJenkins {
    private static final List<String> REPORT_TYPES =
            List.of("malwares", "apps", "files", "sensitive-info", "non-compliant-app", "build-command-risks");

    @Test
    void smallestCallReturnsTheTaskId() throws Exception {
        WorkflowRun b = hss.runs(Result.SUCCESS, """
                def id = hssImageReportExport reportType: 'malwares', cicdName: 'pipeline-a'
                echo "id=${id} env=${env.HSS_EXPORT_TASK_ID} byType=${env.HSS_EXPORT_TASK_ID_MALWARES}"
                """);

        String id = hss.service().taskIds().get(0);
        j.assertLogContains("id=" + id + " env=" + id + " byType=" + id, b);
        Call submit = hss.onlyCall();
        assertEquals(
                "{\"export_size\":10000,\"security_report_type\":\"malwares\",\"operate_all\":true,\"image_type\":\"cicd\",\"cicd_name\":\"pipeline-a\"}",
                submit.body());
        assertEquals("/v5/" + FakeHss.PROJECT + "/image/security-report/export-tasks", submit.path());
        assertEquals("", submit.query());
        assertEquals(HssJenkins.TOKEN, submit.header("x-auth-token"));
    }

    @Test
    void logHasOneLineBeforeTheCallAndOneAfter() throws Exception {
        WorkflowRun b = hss.runs(Result.SUCCESS, "hssImageReportExport reportType: 'malwares', cicdName: 'pipeline-a'");

        List<String> lines = HssJenkins.log(b)
                .lines()
                .filter(line -> line.startsWith("[HSS]"))
                .toList();
        assertEquals(2, lines.size(), lines.toString());
        assertThat(
                lines.get(0),
                allOf(
                        containsString("Malicious files"),
                        containsString("'pipeline-a'"),
                        containsString(" fake "),
                        containsString(FakeHss.PROJECT),
                        containsString("'" + HssJenkins.CREDENTIALS + "'")));
        assertThat(lines.get(1), containsString(hss.service().taskIds().get(0)));
    }

    @Test
    void everyReportTypeHasItsVariableAndEveryParallelExportItsEntry() throws Exception {
        String branches = REPORT_TYPES.stream()
                .map(
                        "'%1$s': { echo \"%1$s=${hssImageReportExport reportType: '%1$s', cicdName: 'of %1$s'}.\" }"
                                ::formatted)
                .collect(Collectors.joining(",\n"));
        WorkflowRun b = hss.runs(Result.SUCCESS, "parallel(\n" + branches + """
                )
                echo "env ${env.HSS_EXPORT_TASK_ID_MALWARES} ${env.HSS_EXPORT_TASK_ID_APPS}\
                 ${env.HSS_EXPORT_TASK_ID_FILES} ${env.HSS_EXPORT_TASK_ID_SENSITIVE_INFO}\
                 ${env.HSS_EXPORT_TASK_ID_NON_COMPLIANT_APP} ${env.HSS_EXPORT_TASK_ID_BUILD_COMMAND_RISKS}."
                """);

        hss.assertKept();
        assertThat(
                hss.service().calls(Api.SUBMIT).stream()
                        .map(call -> call.json().get("security_report_type").textValue())
                        .toList(),
                containsInAnyOrder(REPORT_TYPES.toArray()));
        JsonNode exports = Builds.exports(j, b);
        assertEquals(6, exports.size());
        StringBuilder env = new StringBuilder("env");
        for (String type : REPORT_TYPES) {
            JsonNode export = Builds.exportOf(exports, type);
            assertEquals("of " + type, export.get("cicdName").textValue());
            j.assertLogContains(type + "=" + export.get("taskId").textValue() + ".", b);
            env.append(' ').append(export.get("taskId").textValue());
        }
        assertThat(HssJenkins.log(b).replaceAll(" +", " "), containsString(env + "."));
    }

    @Test
    void declarativePipelineOfTwoStagesNeedsNoAgentForTheExport() throws Exception {
        int executors = j.jenkins.getNumExecutors();
        j.jenkins.setNumExecutors(0);
        try {
            WorkflowRun b = hss.runs(Result.SUCCESS, """
                    pipeline {
                        agent none
                        stages {
                            stage('Export') {
                                steps {
                                    hssImageReportExport reportType: 'apps', cicdName: "🚀 ${env.JOB_NAME}", taskIdVariable: 'APPS_TASK', filter: [risky: false]
                                }
                            }
                            stage('Next') {
                                steps {
                                    echo "env=${env.APPS_TASK}"
                                }
                            }
                        }
                    }
                    """);

            j.assertLogContains("env=" + hss.service().taskIds().get(0), b);
            JsonNode body = hss.onlyCall().json();
            assertEquals("🚀 " + b.getParent().getName(), body.get("cicd_name").textValue());
            assertEquals("false", body.get("risky").toString());
            assertNull(body.get("has_vul"));
        } finally {
            j.jenkins.setNumExecutors(executors);
        }
    }

    @Test
    void nextStepsSeeTheTaskIdsInTheirEnvironment() throws Exception {
        WorkflowRun b = hss.runs(Result.SUCCESS, """
                hssImageReportExport reportType: 'sensitive-info', taskIdVariable: 'MY_TASK'
                def first = env.HSS_EXPORT_TASK_ID
                hssImageReportExport 'files'
                echo "first=${first} latest=${env.HSS_EXPORT_TASK_ID}."
                node {
                    withEnv(["COPY=${env.MY_TASK}"]) {
                        if (isUnix()) {
                            sh 'echo shell=$HSS_EXPORT_TASK_ID,$HSS_EXPORT_TASK_ID_SENSITIVE_INFO,$MY_TASK,$COPY.'
                        } else {
                            bat 'echo shell=%HSS_EXPORT_TASK_ID%,%HSS_EXPORT_TASK_ID_SENSITIVE_INFO%,%MY_TASK%,%COPY%.'
                        }
                    }
                }
                """);

        hss.assertKept();
        String first = hss.service().taskIds().get(0);
        String latest = hss.service().taskIds().get(1);
        j.assertLogContains("first=" + first + " latest=" + latest + ".", b);
        j.assertLogContains("shell=" + String.join(",", latest, first, first, first) + ".", b);
    }

    @Test
    void failureCanBeCaught() throws Exception {
        hss.service().always(Api.SUBMIT, Answers.hss(400, "HSS.0013", "no permission"));
        WorkflowRun b = hss.runs(Result.UNSTABLE, """
                try {
                    hssImageReportExport 'malwares'
                } catch (e) {
                    echo "caught ${e.message}"
                }
                catchError(buildResult: 'UNSTABLE') {
                    hssImageReportExport 'malwares'
                }
                echo "goes on with ${env.HSS_EXPORT_TASK_ID}"
                """);

        assertThat(
                HssJenkins.log(b),
                allOf(
                        containsString("caught Submitting the export to HSS failed: HTTP 400, HSS.0013"),
                        containsString("ERROR: Submitting the export to HSS failed: HTTP 400, HSS.0013"),
                        containsString("goes on with null")));
    }

    @Test
    void abortEndsTheCall() throws Exception {
        hss.service().always(Api.SUBMIT, Answers.stall());
        WorkflowRun b = hss.pipeline("hssImageReportExport 'malwares'")
                .scheduleBuild2(0)
                .waitForStart();
        hss.service().await(Api.SUBMIT, 1, Duration.ofSeconds(30));

        b.doStop();

        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(b));
        HssJenkins.log(b);
        hss.onlyCall();
        assertTrue(Builds.exports(j, b).get(0).get("taskId").isNull());
    }
}
