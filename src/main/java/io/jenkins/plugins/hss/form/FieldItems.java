package io.jenkins.plugins.hss.form;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.hss.client.ExportField;

/** The items of drop-down lists: the values of the API with their labels. */
public final class FieldItems {
    private FieldItems() {}

    /** Returns the known values of a field, and the current one if it isn't among them. */
    public static ListBoxModel required(@CheckForNull Item item, ExportField field, @CheckForNull String current) {
        ListBoxModel items = new ListBoxModel();
        if (FieldChecks.mayConfigure(item)) {
            field.knownValues().forEach(value -> items.add(field.label(value), value));
        }
        if (current != null && !current.isEmpty() && items.stream().noneMatch(option -> option.value.equals(current))) {
            items.add(field.label(current), current);
        }
        return items;
    }

    /** Returns the known values of a field after an empty one for "not asked". */
    public static ListBoxModel optional(@CheckForNull Item item, ExportField field, @CheckForNull String current) {
        ListBoxModel items = required(item, field, current);
        items.add(0, new ListBoxModel.Option(Messages.FieldItems_any(), ""));
        return items;
    }
}
