package io.jenkins.plugins.hss.form;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.hss.client.ExportField;
import java.util.List;
import java.util.function.UnaryOperator;

/** The items of drop-down lists: the values of the API with their labels. */
public final class FieldItems {
    private FieldItems() {}

    /** Returns the known values of a field, and the current one if it isn't among them. */
    public static ListBoxModel required(@CheckForNull Item item, ExportField field, @CheckForNull String current) {
        return required(item, field.knownValues(), field::label, current);
    }

    /** Returns some words with their labels, and the current one if it isn't among them. */
    public static ListBoxModel required(
            @CheckForNull Item item, List<String> words, UnaryOperator<String> label, @CheckForNull String current) {
        ListBoxModel items = new ListBoxModel();
        if (FieldChecks.mayConfigure(item)) {
            words.forEach(word -> items.add(label.apply(word), word));
        }
        if (current != null && !current.isEmpty() && items.stream().noneMatch(option -> option.value.equals(current))) {
            items.add(label.apply(current), current);
        }
        return items;
    }

    /** Returns the known values of a field after an empty one for "not asked". */
    public static ListBoxModel optional(@CheckForNull Item item, ExportField field, @CheckForNull String current) {
        return withAny(required(item, field, current));
    }

    /** Returns the items after an empty one for "not asked". */
    public static ListBoxModel withAny(ListBoxModel items) {
        items.add(0, new ListBoxModel.Option(Messages.FieldItems_any(), ""));
        return items;
    }
}
