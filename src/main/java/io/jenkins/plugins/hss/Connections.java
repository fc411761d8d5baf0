package io.jenkins.plugins.hss;

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

/** What a job's form offers and checks about where, and as whom, its builds call HSS. */
final class Connections {
    private Connections() {}

    static ListBoxModel choices(@CheckForNull Item item, @CheckForNull String current) {
        ListBoxModel choices = new ListBoxModel();
        List<HssConnection> connections = HssGlobalConfiguration.get().getConnections();
        if (Checks.mayConfigure(item)) {
            choices.add(
                    connections.isEmpty()
                            ? Messages.Connections_none()
                            : Messages.Connections_first(connections.get(0).getName()),
                    "");
            connections.forEach(connection -> choices.add(connection.getName()));
        }
        if (current != null
                && !current.isEmpty()
                && choices.stream().noneMatch(choice -> choice.value.equals(current))) {
            choices.add(current);
        }
        return choices;
    }

    static FormValidation check(@CheckForNull Item item, String connection, String region, String credentialsId) {
        if (!Checks.mayConfigure(item)) {
            return FormValidation.ok();
        }
        HssGlobalConfiguration configuration = HssGlobalConfiguration.get();
        if (!region.isBlank()) {
            return connection.isBlank()
                    ? FormValidation.ok()
                    : FormValidation.error(Messages.Connections_connectionOrRegion());
        }
        if (configuration.getConnections().isEmpty()) {
            return FormValidation.error(Messages.Connections_noneYet());
        }
        if (connection.contains("$")
                || connection.isBlank()
                || configuration.connection(connection).isPresent()) {
            return FormValidation.ok();
        }
        return FormValidation.error(Messages.Connections_unknown(connection));
    }

    static FormValidation checkRegion(@CheckForNull Item item, String region) {
        return Checks.check(item, region, name -> {
            new Region(name.trim());
            return Region.KNOWN.contains(name.trim())
                    ? FormValidation.ok()
                    : FormValidation.warning(Messages.Connections_unknownRegion(name));
        });
    }

    static ListBoxModel credentials(@CheckForNull Item item, @CheckForNull String current) {
        StandardListBoxModel choices = new StandardListBoxModel();
        if (mayList(item)) {
            choices.includeEmptyValue();
            if (item == null) {
                choices.includeMatchingAs(
                        ACL.SYSTEM2, Jenkins.get(), StandardCredentials.class, List.of(), HssCredentials.USABLE);
            } else {
                choices.includeMatchingAs(
                        HssCredentials.authenticationOf(item),
                        item,
                        StandardCredentials.class,
                        List.of(),
                        HssCredentials.USABLE);
            }
        }
        return choices.includeCurrentValue(current == null ? "" : current);
    }

    static FormValidation checkCredentials(@CheckForNull Item item, String credentialsId) {
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
                : FormValidation.error(Messages.Connections_credentialsNotVisible(credentialsId));
    }

    private static boolean mayList(@CheckForNull Item item) {
        return item == null
                ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                : item.hasPermission(Item.EXTENDED_READ) || item.hasPermission(CredentialsProvider.USE_ITEM);
    }
}
