package io.jenkins.plugins.hss.fake;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** A page of a list, and what a filter of it lets through. */
final class Page {
    private Page() {}

    /** The rows from {@code offset} on, at most {@code limit}. */
    static Map<String, Object> of(Call call, Stream<Map<String, Object>> rows) {
        List<Map<String, Object>> all = rows.toList();
        int offset = Integer.parseInt(Objects.requireNonNullElse(call.parameter("offset"), "0"));
        int limit = Integer.parseInt(Objects.requireNonNullElse(call.parameter("limit"), "10"));
        return Json.object(
                "total_num",
                all.size(),
                "data_list",
                all.stream().skip(offset).limit(limit).toList());
    }

    /** Whether a value is the one that is asked for; null asks for any. */
    static boolean matches(String wanted, Object value) {
        return wanted == null || value != null && wanted.equals(value.toString());
    }
}
