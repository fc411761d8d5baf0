package io.jenkins.plugins.hss;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Job;
import io.jenkins.plugins.hss.fake.FakeHss;
import io.jenkins.plugins.hss.fake.Zips;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A Jenkins that is stopped and started in the middle of an export, while the service runs on and counts. */
@ExtendWith(FastPolling.class)
abstract class RestartedJenkins {
    static final Duration PATIENCE = Duration.ofSeconds(30);
    static final byte[] ZIP = Zips.of("报告.csv", "findings");
    static final String WAITING = "def id = hssImageReportExport reportType: 'files', waitForCompletion: true\n"
            + "echo \"id=$id env=$env.HSS_EXPORT_TASK_ID\"";

    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    final FakeHss service = new FakeHss().report(ZIP);

    String job;

    @AfterEach
    void close() {
        assertEquals(List.of(), service.violations());
        service.close();
    }

    WorkflowRun starts(HssJenkins hss, String script) throws Exception {
        WorkflowRun b = hss.starts(script);
        job = b.getParent().getFullName();
        return b;
    }

    WorkflowRun build(JenkinsRule j) {
        return (WorkflowRun) j.jenkins.getItemByFullName(job, Job.class).getBuildByNumber(1);
    }
}
