package io.jenkins.plugins.hss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.Call;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The step as Jenkinsfiles use it. */
@WithJenkins
class PipelineTest {
    private JenkinsRule j;
    private HssJenkins hss;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        j = rule;
        hss = new HssJenkins(rule);
    }

    @AfterEach
    void tearDown() {
        hss.close();
    }

    @Test
    void smallestCallReturnsTheTaskId() throws Exception {
        WorkflowRun b = hss.runs(Result.SUCCESS, """
                def id = hssImageReportExport reportType: 'malwares', cicdName: 'pipeline-a'
                echo "id=${id} env=${env.HSS_EXPORT_TASK_ID} byType=${env.HSS_EXPORT_TASK_ID_MALWARES}"
                """);

        String id = hss.service().taskIds().get(0);
        j.assertLogContains("id=" + id + " env=" + id + " byType=" + id, b);
        Call submit = hss.service().calls(Api.SUBMIT).get(0);
        assertEquals(
                "{\"export_size\":10000,\"security_report_type\":\"malwares\",\"operate_all\":true,\"image_type\":\"cicd\",\"cicd_name\":\"pipeline-a\"}",
                submit.body());
        assertEquals(HssJenkins.TOKEN, submit.header("x-auth-token"));
        assertTrue(
                hss.service().violations().isEmpty(),
                () -> hss.service().violations().toString());
    }
}
