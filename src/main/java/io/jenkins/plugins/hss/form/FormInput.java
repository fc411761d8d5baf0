package io.jenkins.plugins.hss.form;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;
import java.util.Set;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;

/** Drops the empty entries of a submitted form: data binding would make false of an empty choice and 0 of a number. */
public final class FormInput {
    private FormInput() {}

    /**
     * Returns the form without its empty entries.
     *
     * @param lists the fields that hold an item a line
     */
    public static JSONObject read(JSONObject form, String... lists) {
        return read(form, Set.of(lists), Set.of());
    }

    /** Returns the form without its empty entries but those of {@code emptyCounts}, where empty is an answer, too. */
    public static JSONObject read(JSONObject form, Set<String> lists, Set<String> emptyCounts) {
        JSONObject read = new JSONObject();
        for (Object key : form.keySet()) {
            String name = (String) key;
            Object value = form.get(name);
            if (lists.contains(name) && value instanceof String text) {
                List<String> items = items(text);
                if (!items.isEmpty()) {
                    JSONArray array = new JSONArray();
                    array.addAll(items);
                    read.put(name, array);
                }
            } else if (!"".equals(value) || emptyCounts.contains(name)) {
                read.put(name, value);
            }
        }
        return read;
    }

    /** Returns the lines of a text area as items. */
    public static List<String> items(String text) {
        return text.lines().map(String::trim).filter(line -> !line.isEmpty()).toList();
    }

    /** Returns the items as the lines of a text area. */
    public static String lines(@CheckForNull List<String> items) {
        return items == null ? "" : String.join("\n", items);
    }
}
