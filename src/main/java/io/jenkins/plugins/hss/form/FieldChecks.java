package io.jenkins.plugins.hss.form;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.hss.client.ExportField;
import java.time.Instant;
import java.util.function.Function;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;

/** Checks the fields of a form as one types; an empty field asks for nothing and is fine. */
public final class FieldChecks {
    /** A variable is replaced when the build runs; only then the value can be checked. */
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?\\w");

    private FieldChecks() {}

    public static FormValidation text(@CheckForNull Item item, ExportField field, String value) {
        return check(item, value, text -> {
            field.check(text);
            return field.isUnknown(text)
                    ? FormValidation.warning(Messages.FieldChecks_unknown(field.parameter(), text))
                    : FormValidation.ok();
        });
    }

    public static FormValidation texts(@CheckForNull Item item, ExportField field, String value) {
        return check(item, value, text -> {
            field.check(FormInput.items(text));
            return FormValidation.ok();
        });
    }

    public static FormValidation number(@CheckForNull Item item, ExportField field, String value) {
        return check(item, value, text -> {
            field.check(ParameterParser.number(field.parameter(), text));
            return FormValidation.ok();
        });
    }

    public static FormValidation number(@CheckForNull Item item, String name, String value, long min, long max) {
        return check(item, value, text -> {
            ParameterParser.number(name, text, min, max);
            return FormValidation.ok();
        });
    }

    public static FormValidation time(@CheckForNull Item item, ExportField field, String value) {
        return check(item, value, text -> {
            long millis = ParameterParser.time(field.parameter(), text, Instant.now());
            field.check(millis);
            return FormValidation.ok(Instant.ofEpochMilli(millis).toString());
        });
    }

    public static FormValidation check(
            @CheckForNull Item item, @CheckForNull String value, Function<String, FormValidation> check) {
        if (!mayConfigure(item)
                || value == null
                || value.isBlank()
                || VARIABLE.matcher(value).find()) {
            return FormValidation.ok();
        }
        try {
            return check.apply(value);
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    /** Returns whether the person may configure the job, or Jenkins where there is none. */
    static boolean mayConfigure(@CheckForNull Item item) {
        return item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.CONFIGURE);
    }
}
