package io.jenkins.plugins.hss;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.hss.config.ConnectionOverrides;
import java.io.Serializable;
import java.util.function.UnaryOperator;
import org.kohsuke.stapler.DataBoundSetter;

/** Where and as whom a step calls HSS, as people write it. */
public abstract class ConnectionParameters implements Serializable {
    private static final long serialVersionUID = 1L;

    @DataBoundSetter
    String connection;

    @DataBoundSetter
    String region;

    @DataBoundSetter
    String projectId;

    @DataBoundSetter
    String enterpriseProjectId;

    @DataBoundSetter
    String credentialsId;

    @CheckForNull
    public String getConnection() {
        return connection;
    }

    @CheckForNull
    public String getRegion() {
        return region;
    }

    @CheckForNull
    public String getProjectId() {
        return projectId;
    }

    @CheckForNull
    public String getEnterpriseProjectId() {
        return enterpriseProjectId;
    }

    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    ConnectionOverrides toOverrides(UnaryOperator<String> expand) {
        return new ConnectionOverrides(
                expanded(expand, connection),
                expanded(expand, region),
                expanded(expand, projectId),
                expanded(expand, enterpriseProjectId),
                Util.fixEmptyAndTrim(credentialsId));
    }

    /** Returns the text with its variables replaced, null where nothing is left. */
    @CheckForNull
    static String expanded(UnaryOperator<String> expand, @CheckForNull String text) {
        return text == null ? null : Util.fixEmptyAndTrim(expand.apply(text));
    }
}
