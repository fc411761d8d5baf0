package io.jenkins.plugins.hss.client;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;

/** What the API demands of the value of a field. */
@FunctionalInterface
interface Rule {
    int LONG_TEXT = 65_535;

    /** Returns what is wrong with the value, or null when nothing is. */
    @CheckForNull
    String breach(String name, Object value);

    static Rule number(long min, long max) {
        return (name, value) -> {
            if (!(value instanceof Integer || value instanceof Long)) {
                return Messages.Rule_number(name, value.toString());
            }
            long number = ((Number) value).longValue();
            return number < min || number > max
                    ? Messages.Rule_range(name, Long.toString(min), Long.toString(max), Long.toString(number))
                    : null;
        };
    }

    static Rule time() {
        return (name, value) ->
                value instanceof Long time && time >= 0 ? null : Messages.Rule_time(name, value.toString());
    }

    static Rule flag() {
        return (name, value) -> value instanceof Boolean ? null : Messages.Rule_flag(name, value);
    }

    /** A text of {@code min} to {@code max} characters (Unicode code points). */
    static Rule text(int min, int max) {
        return (name, value) -> {
            if (!(value instanceof String text)) {
                return Messages.Rule_text(name, value);
            }
            int length = text.codePointCount(0, text.length());
            if (length < min || length > max) {
                return Messages.Rule_length(
                        name, Integer.toString(min), Integer.toString(max), Integer.toString(length));
            }
            return text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
                    ? Messages.Rule_unicode(name)
                    : null;
        };
    }

    /** A list of 1 to {@code maxItems} texts of 1 to {@code maxLength} characters each. */
    static Rule texts(int maxItems, int maxLength) {
        Rule item = text(1, maxLength);
        return (name, value) -> {
            if (!(value instanceof List<?> items)) {
                return Messages.Rule_list(name, value);
            }
            if (items.isEmpty() || items.size() > maxItems) {
                return Messages.Rule_items(name, Integer.toString(maxItems), Integer.toString(items.size()));
            }
            for (int i = 0; i < items.size(); i++) {
                String breach = item.breach(name + "[" + i + "]", items.get(i));
                if (breach != null) {
                    return breach;
                }
            }
            return null;
        };
    }
}
