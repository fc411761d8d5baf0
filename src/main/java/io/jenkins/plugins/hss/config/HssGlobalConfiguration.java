package io.jenkins.plugins.hss.config;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
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

/** The connections to HSS that an administrator sets once for all jobs. */
@Extension
@Symbol("huaweiCloudHss")
public final class HssGlobalConfiguration extends GlobalConfiguration {
    private List<HssConnection> connections = new ArrayList<>();

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

    /** Returns the connections; the first one serves the builds that name none. */
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
        Authentications.forget();
        save();
    }

    /** Returns the connection of that name. */
    public Optional<HssConnection> connection(String name) {
        return connections.stream()
                .filter(connection -> connection.getName().equals(name))
                .findFirst();
    }

    @Override
    public boolean configure(StaplerRequest2 req, JSONObject json) throws FormException {
        try {
            // A form whose last connection was deleted doesn't mention connections at all.
            setConnections(req.bindJSONToList(HssConnection.class, json.get("connections")));
        } catch (IllegalArgumentException e) {
            throw new FormException(e.getMessage(), e, "connections");
        }
        return true;
    }
}
