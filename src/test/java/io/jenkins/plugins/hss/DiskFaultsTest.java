package io.jenkins.plugins.hss;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.Util;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.hss.fake.Api;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** A disk that takes no record just when HSS has created the task. */
class DiskFaultsTest extends SharedJenkins {
    /** A folder in its place is what no record can replace. */
    private static void block(Path record) throws IOException {
        Files.delete(record);
        Files.createDirectories(record.resolve("in the way"));
    }

    private WorkflowRun startsWithABlockedRecord() throws Exception {
        WorkflowJob job = hss.pipeline("hssImageReportExport reportType: 'apps'");
        hss.service().next(Api.SUBMIT, exchange -> {
            block(record(job));
            exchange.send(exchange.behave());
        });
        return job.scheduleBuild2(0).waitForStart();
    }

    private static Path record(WorkflowJob job) {
        return job.getBuildByNumber(1).getRootDir().toPath().resolve("hss-exports/1.xml");
    }

    @Test
    void taskIsToldThatCannotBeWrittenDown() throws Exception {
        WorkflowRun b = startsWithABlockedRecord();

        j.assertBuildStatus(Result.FAILURE, j.waitForCompletion(b));

        String id = hss.service().taskIds().get(0);
        assertThat(
                JenkinsRule.getLog((Run<?, ?>) b),
                allOf(
                        containsString("[HSS] Export task " + id + " created"),
                        containsString("Export task " + id + " continues in HSS.")));
        assertEquals(1, hss.service().calls(Api.SUBMIT).size());
    }

    @Test
    void recordThatIsInUseForAMomentIsWrittenAfterwards() throws Exception {
        WorkflowRun b = startsWithABlockedRecord();
        j.waitForMessage(" created", b);
        unblock(record(b.getParent()));

        j.assertBuildStatusSuccess(j.waitForCompletion(b));

        assertEquals(
                hss.service().taskIds().get(0),
                Builds.export(j, b).get("taskId").textValue());
        Builds.assertNothingLeft(b);
    }

    private static void unblock(Path record) {
        try {
            Util.deleteRecursive(record.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
