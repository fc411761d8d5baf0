package io.jenkins.plugins.hss.form;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.hss.client.Region;
import io.jenkins.plugins.hss.config.HssConnection;
import io.jenkins.plugins.hss.config.HssCredentials;
import io.jenkins.plugins.hss.config.HssGlobalConfiguration;
import java.util.List;
import jenkins.model.Jenkins;

/** The connections and credentials in the form of a job. */
public final class ConnectionItems {
    private ConnectionItems() {}

    public static ListBoxModel items(@CheckForNull Item item, @CheckForNull String current) {
        ListBoxModel items = new ListBoxModel();
        HssGlobalConfiguration configuration = HssGlobalConfiguration.get();
        List<HssConnection> connections = configuration.getConnections();
        if (FieldChecks.mayConfigure(item)) {
            items.add(defaultLabel(configuration), "");
            connections.forEach(connection -> items.add(connection.getName()));
        }
        if (current != null && !current.isEmpty() && items.stream().noneMatch(option -> option.value.equals(current))) {
            items.add(current);
        }
        return items;
    }

    private static String defaultLabel(HssGlobalConfiguration configuration) {
        List<HssConnection> connections = configuration.getConnections();
        if (connections.isEmpty()) {
            return Messages.ConnectionItems_none();
        }
        String name = configuration.getDefaultConnection();
        if (name == null && connections.size() > 1) {
            return Messages.ConnectionItems_choose();
        }
        return Messages.ConnectionItems_default(
                name == null ? connections.get(0).getName() : name);
    }

    public static FormValidation check(
            @CheckForNull Item item, String connection, String region, String credentialsId) {
        if (!FieldChecks.mayConfigure(item)) {
            return FormValidation.ok();
        }
        HssGlobalConfiguration configuration = HssGlobalConfiguration.get();
        if (!region.isBlank()) {
            return connection.isBlank()
                    ? FormValidation.ok()
                    : FormValidation.error(Messages.ConnectionItems_connectionOrRegion());
        }
        if (configuration.getConnections().isEmpty()) {
            return FormValidation.error(Messages.ConnectionItems_noneYet());
        }
        if (connection.contains("$") || configuration.findConnection(connection).isPresent()) {
            return FormValidation.ok();
        }
        if (connection.isBlank()) {
            boolean ambiguous = configuration.getDefaultConnection() == null
                    && configuration.getConnections().size() > 1;
            return ambiguous ? FormValidation.error(Messages.ConnectionItems_needed()) : FormValidation.ok();
        }
        return FormValidation.error(Messages.ConnectionItems_unknown(connection));
    }

    public static FormValidation checkRegion(@CheckForNull Item item, String region) {
        return FieldChecks.check(item, region, name -> {
            new Region(name.trim());
            return Region.KNOWN.contains(name.trim())
                    ? FormValidation.ok()
                    : FormValidation.warning(Messages.ConnectionItems_unknownRegion(name));
        });
    }

    public static ListBoxModel credentials(@CheckForNull Item item, @CheckForNull String current) {
        StandardListBoxModel items = new StandardListBoxModel();
        if (mayList(item)) {
            items.includeEmptyValue();
            if (item == null) {
                items.includeMatchingAs(
                        ACL.SYSTEM2, Jenkins.get(), StandardCredentials.class, List.of(), HssCredentials.USABLE);
            } else {
                items.includeMatchingAs(
                        HssCredentials.authenticationOf(item),
                        item,
                        StandardCredentials.class,
                        List.of(),
                        HssCredentials.USABLE);
            }
        }
        return items.includeCurrentValue(current == null ? "" : current);
    }

    public static FormValidation checkCredentials(@CheckForNull Item item, String credentialsId) {
        // An expression such as ${CREDENTIALS} is looked up when the build runs.
        if (item == null || !mayList(item) || credentialsId.isBlank() || credentialsId.contains("$")) {
            return FormValidation.ok();
        }
        boolean visible = !CredentialsProvider.listCredentialsInItem(
                        StandardCredentials.class,
                        item,
                        HssCredentials.authenticationOf(item),
                        List.of(),
                        CredentialsMatchers.allOf(CredentialsMatchers.withId(credentialsId), HssCredentials.USABLE))
                .isEmpty();
        return visible
                ? FormValidation.ok()
                : FormValidation.error(Messages.ConnectionItems_credentialsNotVisible(credentialsId));
    }

    private static boolean mayList(@CheckForNull Item item) {
        return item == null
                ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                : item.hasPermission(Item.EXTENDED_READ) || item.hasPermission(CredentialsProvider.USE_ITEM);
    }
}
