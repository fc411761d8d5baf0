package io.jenkins.plugins.hss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.hss.config.HssConnection;
import io.jenkins.plugins.hss.config.HssGlobalConfiguration;
import io.jenkins.plugins.hss.export.ExportRecord;
import io.jenkins.plugins.hss.export.HssExportsAction;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.jvnet.hudson.test.recipes.LocalData;

/** What the first version saved is still understood. */
@WithJenkins
class UpgradeTest {
    @Test
    @LocalData
    void savedConfigurationJobsAndBuildsLoad(JenkinsRule j) throws Exception {
        HssConnection connection = HssGlobalConfiguration.get().getConnections().get(0);
        assertEquals("fake", connection.getName());
        assertEquals(600, connection.getCallsPerMinute());
        assertEquals("fake", HssGlobalConfiguration.get().getDefaultConnection());

        FreeStyleProject freestyle = j.jenkins.getItemByFullName("freestyle", FreeStyleProject.class);
        HssImageReportExportBuilder builder = freestyle.getBuildersList().get(HssImageReportExportBuilder.class);
        assertEquals("sensitive-info", builder.getReportType());
        assertEquals("500", builder.getExportSize());
        assertEquals(List.of("sha256:1", "sha256:2"), builder.getImageIds());
        assertEquals("shop/web", builder.getFilter().getImageName());
        assertEquals(true, builder.getFilter().getHasVul());
        assertEquals("45", builder.getTimeoutMinutes());
        assertTrue(builder.isWaitForCompletion());

        Run<?, ?> build = j.jenkins.getItemByFullName("pipeline", Job.class).getBuildByNumber(1);
        List<ExportRecord> records =
                List.copyOf(build.getAction(HssExportsAction.class).getExports());
        assertEquals(
                List.of(ExportRecord.State.SUBMITTED, ExportRecord.State.SUCCEEDED, ExportRecord.State.FAILED),
                records.stream().map(ExportRecord::getState).toList());
        assertNull(records.get(0).getRecords());
        assertEquals(42, records.get(1).getRecords());
        assertEquals(List.of("report.csv"), records.get(1).getReportFiles());
        assertEquals(
                "42 records match the filters; unstableAbove is 10",
                records.get(1).getWarning());
        assertEquals(
                "42 records match the filters; failAbove is 10", records.get(2).getError());
        assertEquals(
                records.get(0).getTaskId(),
                build.getEnvironment(TaskListener.NULL).get("MY_TASK"));
        assertTrue(Builds.page(j, build)
                .getBody()
                .getTextContent()
                .contains(records.get(0).getTaskId()));
        j.configRoundtrip(freestyle);
        j.assertEqualDataBoundBeans(builder, freestyle.getBuildersList().get(HssImageReportExportBuilder.class));
    }
}
