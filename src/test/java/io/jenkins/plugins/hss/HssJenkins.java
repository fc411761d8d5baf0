package io.jenkins.plugins.hss;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Result;
import hudson.util.Secret;
import io.jenkins.plugins.hss.config.HssConnection;
import io.jenkins.plugins.hss.config.HssGlobalConfiguration;
import io.jenkins.plugins.hss.fake.FakeHss;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/** A Jenkins with one connection to a fake HSS. */
final class HssJenkins implements AutoCloseable {
    static final String TOKEN = "MIIfa3-test-token-that-nobody-may-see";
    static final String CONNECTION = "fake";
    static final String CREDENTIALS = "hss-token";

    private final JenkinsRule j;
    private final FakeHss service = new FakeHss().token(TOKEN);

    HssJenkins(JenkinsRule j) throws Exception {
        this.j = j;
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, CREDENTIALS, null, Secret.fromString(TOKEN)));
        HssConnection connection = new HssConnection(CONNECTION);
        connection.setEndpoint(service.url().toString());
        connection.setProjectId(FakeHss.PROJECT);
        connection.setCredentialsId(CREDENTIALS);
        connection.setCallsPerMinute(600);
        HssGlobalConfiguration.get().setConnections(List.of(connection));
    }

    FakeHss service() {
        return service;
    }

    /** Runs a Pipeline once and expects its result. */
    WorkflowRun runs(Result expected, String script) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return j.assertBuildStatus(expected, job.scheduleBuild2(0));
    }

    @Override
    public void close() {
        service.close();
    }
}
