package io.jenkins.plugins.hss.client;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;

/** Checks the value of a field. */
@FunctionalInterface
interface Constraint {
    int MAX_TEXT = 65_535;

    /** Returns the violation in words, null where there is none. */
    @CheckForNull
    String violation(String name, Object value);

    static Constraint number(long min, long max) {
        return (name, value) -> {
            if (!(value instanceof Integer || value instanceof Long)) {
                return Messages.Constraint_number(name, value.toString());
            }
            long number = ((Number) value).longValue();
            return number < min || number > max
                    ? Messages.Constraint_range(name, Long.toString(min), Long.toString(max), Long.toString(number))
                    : null;
        };
    }

    static Constraint time() {
        return (name, value) ->
                value instanceof Long time && time >= 0 ? null : Messages.Constraint_time(name, value.toString());
    }

    static Constraint flag() {
        return (name, value) -> value instanceof Boolean ? null : Messages.Constraint_flag(name, value);
    }

    /** A text of {@code min} to {@code max} characters (Unicode code points). */
    static Constraint text(int min, int max) {
        return (name, value) -> {
            if (!(value instanceof String text)) {
                return Messages.Constraint_text(name, value);
            }
            int length = text.codePointCount(0, text.length());
            if (length < min || length > max) {
                return Messages.Constraint_length(
                        name, Integer.toString(min), Integer.toString(max), Integer.toString(length));
            }
            return text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
                    ? Messages.Constraint_unicode(name)
                    : null;
        };
    }

    /** A list of 1 to {@code maxItems} texts of 1 to {@code maxLength} characters each. */
    static Constraint texts(int maxItems, int maxLength) {
        Constraint item = text(1, maxLength);
        return (name, value) -> {
            if (!(value instanceof List<?> items)) {
                return Messages.Constraint_list(name, value);
            }
            if (items.isEmpty() || items.size() > maxItems) {
                return Messages.Constraint_items(name, Integer.toString(maxItems), Integer.toString(items.size()));
            }
            for (int i = 0; i < items.size(); i++) {
                String violation = item.violation(name + "[" + i + "]", items.get(i));
                if (violation != null) {
                    return violation;
                }
            }
            return null;
        };
    }
}
