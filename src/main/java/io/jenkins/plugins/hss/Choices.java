package io.jenkins.plugins.hss;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.hss.client.ExportField;
import org.jvnet.localizer.ResourceBundleHolder;

/** The drop-down lists of the forms: the words of the API with labels for people. */
final class Choices {
    private static final ResourceBundleHolder LABELS = ResourceBundleHolder.get(Messages.class);

    private Choices() {}

    /** Returns the known values of a field, and the current one if it isn't among them. */
    static ListBoxModel required(@CheckForNull Item item, ExportField field, @CheckForNull String current) {
        ListBoxModel choices = new ListBoxModel();
        if (Checks.mayConfigure(item)) {
            field.knownValues().forEach(value -> choices.add(label(field, value), value));
        }
        if (current != null
                && !current.isEmpty()
                && choices.stream().noneMatch(choice -> choice.value.equals(current))) {
            choices.add(label(field, current), current);
        }
        return choices;
    }

    /** Returns the known values of a field after an empty one for "not asked". */
    static ListBoxModel optional(@CheckForNull Item item, ExportField field, @CheckForNull String current) {
        ListBoxModel choices = required(item, field, current);
        choices.add(0, new ListBoxModel.Option(Messages.Choices_any(), ""));
        return choices;
    }

    /** Returns the words of the person's language for a value of the API, the value itself where there are none. */
    static String label(ExportField field, String value) {
        return field.isUnknown(value) ? value : LABELS.format("Choices." + field.jsonName() + "." + value);
    }
}
