package io.jenkins.plugins.hss.client;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Map;

/**
 * A row of a list: the fields that were asked for, each cut at 4,000 characters.
 *
 * @param fields names and values; one that HSS leaves out, or gives as null or as an object, is missing
 * @param hash the same for rows that were alike in every field of the response
 */
public record Row(Map<String, String> fields, String hash) {
    /** Returns the value of a field, null where HSS gave none or a blank one. */
    @CheckForNull
    public String text(String field) {
        String value = fields.get(field);
        return value == null || value.isBlank() ? null : value;
    }

    /** Returns the whole number, 0 or more, in a field, null where there is none. */
    @CheckForNull
    public Long number(String field) {
        String value = fields.get(field);
        return value != null && value.matches("\\d{1,18}") ? Long.valueOf(value) : null;
    }

    /** Leaves the values out: whoever built the image wrote them. */
    @Override
    public String toString() {
        return hash;
    }
}
