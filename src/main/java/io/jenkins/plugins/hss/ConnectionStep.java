package io.jenkins.plugins.hss;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundSetter;

/** Pipeline step that calls HSS. The setters forward to its parameters. */
public abstract class ConnectionStep extends Step {
    abstract ConnectionParameters parameters();

    @CheckForNull
    public String getConnection() {
        return parameters().connection;
    }

    @DataBoundSetter
    public void setConnection(@CheckForNull String connection) {
        parameters().connection = Util.fixEmptyAndTrim(connection);
    }

    @CheckForNull
    public String getRegion() {
        return parameters().region;
    }

    @DataBoundSetter
    public void setRegion(@CheckForNull String region) {
        parameters().region = Util.fixEmptyAndTrim(region);
    }

    @CheckForNull
    public String getProjectId() {
        return parameters().projectId;
    }

    @DataBoundSetter
    public void setProjectId(@CheckForNull String projectId) {
        parameters().projectId = Util.fixEmptyAndTrim(projectId);
    }

    @CheckForNull
    public String getEnterpriseProjectId() {
        return parameters().enterpriseProjectId;
    }

    @DataBoundSetter
    public void setEnterpriseProjectId(@CheckForNull String enterpriseProjectId) {
        parameters().enterpriseProjectId = Util.fixEmptyAndTrim(enterpriseProjectId);
    }

    @CheckForNull
    public String getCredentialsId() {
        return parameters().credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(@CheckForNull String credentialsId) {
        parameters().credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }
}
