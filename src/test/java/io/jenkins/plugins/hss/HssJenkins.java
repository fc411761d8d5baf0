package io.jenkins.plugins.hss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.Result;
import hudson.model.Run;
import hudson.util.Secret;
import io.jenkins.plugins.hss.config.HssConnection;
import io.jenkins.plugins.hss.config.HssGlobalConfiguration;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.Call;
import io.jenkins.plugins.hss.fake.FakeHss;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jenkins.model.ParameterizedJobMixIn.ParameterizedJob;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
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
    private final FakeHss service;

    /** Makes the credentials and the connection the only ones. */
    HssJenkins(JenkinsRule j) throws Exception {
        this(j, new FakeHss());
    }

    /** The same with a service that may outlive this Jenkins. */
    HssJenkins(JenkinsRule j, FakeHss service) throws Exception {
        this.j = j;
        this.service = service.token(TOKEN);
        credentials(token(CredentialsScope.GLOBAL, CREDENTIALS, TOKEN));
        connection();
    }

    FakeHss service() {
        return service;
    }

    static StringCredentialsImpl token(CredentialsScope scope, String id, String token) {
        return new StringCredentialsImpl(scope, id, null, Secret.fromString(token));
    }

    /** Makes these the only credentials at Jenkins' root. */
    static void credentials(Credentials... credentials) {
        credentials(Map.of(Domain.global(), List.of(credentials)));
    }

    static void credentials(Map<Domain, List<Credentials>> credentials) {
        SystemCredentialsProvider.getInstance().setDomainCredentialsMap(new HashMap<>(credentials));
        try {
            SystemCredentialsProvider.getInstance().save();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a usual connection to the fake the only one, and returns it. */
    HssConnection connection() {
        HssConnection connection = new HssConnection(CONNECTION);
        connection.setEndpoint(service.url().toString());
        connection.setProjectId(FakeHss.PROJECT);
        connection.setCredentialsId(CREDENTIALS);
        connection.setCallsPerMinute(600);
        HssGlobalConfiguration.get().setConnections(List.of(connection));
        HssGlobalConfiguration.get().setDefaultConnection(null);
        return connection;
    }

    /** Makes the only connection one of an account of its own, whose budget of calls nobody else touches. */
    HssConnection ownAccount(int callsPerMinute) throws Exception {
        String account = UUID.randomUUID().toString();
        credentials(token(CredentialsScope.GLOBAL, CREDENTIALS, TOKEN), token(CredentialsScope.GLOBAL, account, TOKEN));
        HssConnection connection = connection();
        connection.setCredentialsId(account);
        connection.setCallsPerMinute(callsPerMinute);
        HssGlobalConfiguration.get().setConnections(List.of(connection));
        return connection;
    }

    /** The same with one call a minute, and the submit of the minute has been made. */
    HssConnection spendSubmit() throws Exception {
        HssConnection connection = ownAccount(1);
        runs(Result.SUCCESS, "hssImageReportExport reportType: 'apps', cicdName: 'first'");
        return connection;
    }

    /** Returns a Pipeline step or a build step with the parameters of a JSON text. */
    static <T> T step(Class<T> type, String parameters) throws Exception {
        return new DescribableModel<>(type)
                .instantiate(
                        new ObjectMapper().readValue(parameters, new TypeReference<Map<String, Object>>() {}), null);
    }

    /** Returns a build step with the parameters of a JSON text. */
    static HssImageReportExportBuilder builder(String parameters) throws Exception {
        return step(HssImageReportExportBuilder.class, parameters);
    }

    WorkflowJob pipeline(String script) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    FreeStyleProject freestyle(HssImageReportExportBuilder export) throws Exception {
        FreeStyleProject job = j.createFreeStyleProject();
        job.getBuildersList().add(export);
        return job;
    }

    /** Runs a Pipeline once and returns the build as soon as it has started. */
    WorkflowRun starts(String script) throws Exception {
        return pipeline(script).scheduleBuild2(0).waitForStart();
    }

    /** Runs a Pipeline once and expects its result. */
    WorkflowRun runs(Result expected, String script) throws Exception {
        return runs(expected, pipeline(script));
    }

    /** Runs a job once and expects its result. */
    <J extends Job<J, R> & ParameterizedJob<J, R>, R extends Run<J, R> & hudson.model.Queue.Executable> R runs(
            Result expected, J job) throws Exception {
        return j.assertBuildStatus(expected, job.scheduleBuild2(0));
    }

    /** Returns the log of a build that ended without a stack trace. */
    static String log(Run<?, ?> build) throws Exception {
        String log = JenkinsRule.getLog(build);
        assertFalse(log.contains("\tat "), log);
        return log;
    }

    /** Returns the one call that the service got, a correct one. */
    Call onlyCall() {
        assertKept();
        assertEquals(1, service.calls().size(), () -> service.calls().toString());
        assertEquals(1, service.calls(Api.SUBMIT).size());
        return service.calls().get(0);
    }

    void assertNoCall() {
        assertEquals(List.of(), service.calls());
        assertKept();
    }

    /** Asserts that nothing broke the contract of the API. */
    void assertKept() {
        assertEquals(List.of(), service.violations());
    }

    @Override
    public void close() {
        service.close();
    }
}
