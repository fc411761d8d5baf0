package io.jenkins.plugins.hss.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jenkins.model.GlobalConfiguration;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** The connections to HSS for all jobs. */
@Extension
@Symbol("huaweiCloudHss")
public final class HssGlobalConfiguration extends GlobalConfiguration {
    private List<HssConnection> connections = new ArrayList<>();
    private String defaultConnection;

    public HssGlobalConfiguration() {
        load();
    }

    public static HssGlobalConfiguration get() {
        return ExtensionList.lookupSingleton(HssGlobalConfiguration.class);
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.HssGlobalConfiguration_displayName();
    }

    public List<HssConnection> getConnections() {
        return List.copyOf(connections);
    }

    /**
     * Replaces the connections and saves them.
     *
     * @throws IllegalArgumentException with a message for people when two have one name, or one is wrong in itself
     */
    @DataBoundSetter
    public void setConnections(List<HssConnection> connections) {
        Set<String> names = new HashSet<>();
        for (HssConnection connection : connections) {
            connection.check();
            if (!names.add(connection.getName())) {
                throw new IllegalArgumentException(Messages.HssConnection_duplicate(connection.getName()));
            }
        }
        // Not an unmodifiable one, whose inner life would stand in the file.
        this.connections = new ArrayList<>(connections);
        HssServices.get().authentications().clear();
        save();
        HssServices.prepare();
    }

    /** Returns the name of the connection for builds that name none; null where a single connection serves them. */
    @CheckForNull
    public String getDefaultConnection() {
        return defaultConnection;
    }

    @DataBoundSetter
    public void setDefaultConnection(@CheckForNull String defaultConnection) {
        this.defaultConnection = Util.fixEmptyAndTrim(defaultConnection);
        save();
    }

    /**
     * Returns the connection of a build.
     *
     * @param name null for the default connection
     * @throws AbortException when there is no such connection, or no default one
     */
    HssConnection connection(@CheckForNull String name) throws AbortException {
        if (connections.isEmpty()) {
            throw new AbortException(Messages.HssGlobalConfiguration_noConnection());
        }
        if (name == null && defaultConnection == null) {
            if (connections.size() > 1) {
                throw new AbortException(
                        Messages.HssGlobalConfiguration_connectionNeeded(HssConnection.names(connections)));
            }
            return connections.get(0);
        }
        String wanted = name == null ? defaultConnection : name;
        return findConnection(wanted)
                .orElseThrow(() -> new AbortException(
                        Messages.HssGlobalConfiguration_unknownConnection(wanted, HssConnection.names(connections))));
    }

    /** Returns the connection of that name. */
    public Optional<HssConnection> findConnection(String name) {
        return connections.stream()
                .filter(connection -> connection.getName().equals(name))
                .findFirst();
    }

    /** Returns the most calls a minute that a connection to an endpoint allows, 0 where there is no connection to it. */
    int callsPerMinute(URI endpoint) {
        return connections.stream()
                .filter(connection -> connection.hss().equals(endpoint))
                .mapToInt(HssConnection::getCallsPerMinute)
                .max()
                .orElse(0);
    }

    @Override
    public boolean configure(StaplerRequest2 req, JSONObject json) throws FormException {
        // A form whose last connection was deleted doesn't mention connections at all.
        List<HssConnection> submitted = req.bindJSONToList(HssConnection.class, json.get("connections"));
        String chosen = Util.fixEmptyAndTrim(json.optString("defaultConnection"));
        if (chosen != null
                && submitted.stream()
                        .noneMatch(connection -> connection.getName().equals(chosen))) {
            throw new FormException(
                    Messages.HssGlobalConfiguration_unknownConnection(chosen, HssConnection.names(submitted)),
                    "defaultConnection");
        }
        try {
            setConnections(submitted);
        } catch (IllegalArgumentException e) {
            throw new FormException(e.getMessage(), e, "connections");
        }
        setDefaultConnection(chosen);
        return true;
    }
}
