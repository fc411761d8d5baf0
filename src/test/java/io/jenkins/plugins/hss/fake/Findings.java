package io.jenkins.plugins.hss.fake;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The lists of what was found in an image: which rows a call asks for, and what it is told of them. */
final class Findings {
    private static final List<String> VALUES = List.of(
            "repair_necessity", "handle_status", "severity", "risk_level", "risk_name", "app_name", "file_path");
    private static final List<String> IN_PART = List.of("vul_id", "file_name");
    private static final List<String> UNTOLD = List.of("handle_status", "type");

    private Findings() {}

    static boolean isAsked(Call call, Map<String, Object> row) {
        return VALUES.stream().allMatch(field -> Page.matches(call.parameter(field), row.get(field)))
                && IN_PART.stream().allMatch(field -> contains(row.get(field), call.parameter(field)))
                && (call.api() != Api.VULNERABILITIES || Page.matches(call.parameter("type"), type(row)))
                && (call.api() != Api.CHECK_RULES || isResult(call.parameter("scan_result"), row));
    }

    private static boolean contains(Object text, String part) {
        return part == null || text != null && text.toString().contains(part);
    }

    private static Object type(Map<String, Object> vulnerability) {
        return vulnerability.getOrDefault("type", vulnerability.containsKey("app_path") ? "app_vul" : "linux_vul");
    }

    /** Whatever is not passed counts as failed, even a word that isn't documented. */
    private static boolean isResult(String wanted, Map<String, Object> setting) {
        return wanted == null || wanted.equals("pass") == isPassed(setting);
    }

    private static boolean isPassed(Map<String, Object> setting) {
        return Objects.equals(setting.get("scan_result"), "pass");
    }

    /** Whether the counts of an image have it: all but the settings that are as they should be. */
    static boolean counts(Api api, Map<String, Object> row) {
        return api != Api.CHECK_RULES || !isPassed(row);
    }

    /** The row as it is listed; vulnerabilities tell neither their state nor their type. */
    static Map<String, Object> shown(Api api, Map<String, Object> row) {
        Map<String, Object> shown = new LinkedHashMap<>(row);
        if (api == Api.VULNERABILITIES) {
            shown.keySet().removeAll(UNTOLD);
        }
        return shown;
    }
}
