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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.jvnet.hudson.test.recipes.LocalData;

/** What an early version saved, before it followed exports, is still understood. */
@WithJenkins
class UpgradeTest {
    @Test
    @LocalData
    void savedConfigurationJobsAndBuildsLoad(JenkinsRule j) throws Exception {
        HssConnection connection = HssGlobalConfiguration.get().getConnections().get(0);
        assertEquals("fake", connection.getName());
        assertEquals(600, connection.getCallsPerMinute());

        FreeStyleProject freestyle = j.jenkins.getItemByFullName("freestyle", FreeStyleProject.class);
        HssImageReportExportBuilder builder = freestyle.getBuildersList().get(HssImageReportExportBuilder.class);
        ImageReportExport export = builder.getExport();
        assertEquals("sensitive-info", export.getReportType());
        assertEquals("500", export.getExportSize());
        assertEquals(List.of("sha256:1", "sha256:2"), export.getImageIds());
        assertEquals("shop/web", export.getFilter().getImageName());
        assertEquals(true, export.getFilter().getHasVul());
        assertEquals("30", export.getTimeoutMinutes());

        Run<?, ?> build = j.jenkins.getItemByFullName("pipeline", Job.class).getBuildByNumber(1);
        List<ExportRecord> records =
                List.copyOf(build.getAction(HssExportsAction.class).getExports());
        assertEquals(2, records.size());
        assertEquals(ExportRecord.State.SUBMITTED, records.get(0).getState());
        assertNull(records.get(0).getRecords());
        assertEquals(List.of(), records.get(0).getReportFiles());
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
