package io.jenkins.plugins.hss.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.hss.client.FindingList;
import io.jenkins.plugins.hss.client.Row;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns the rows of HSS's lists into findings. */
final class FindingRows {
    private static final String UNKNOWN = "-";

    private FindingRows() {}

    /** Returns the list that has the findings of a type. */
    static FindingList list(FindingType type) {
        return switch (type) {
            case VULNERABILITY -> FindingList.VULNERABILITIES;
            case RISK_CONFIG -> FindingList.CHECK_RULES;
            case MALWARES -> FindingList.MALWARES;
            case SENSITIVE_INFO -> FindingList.SENSITIVE_INFO;
            case NON_COMPLIANT_APP -> FindingList.NON_COMPLIANT_APPS;
            case BUILD_COMMAND_RISKS -> FindingList.BUILD_COMMANDS;
        };
    }

    /** Returns the parameter that asks for one level, null where the list has none. */
    @CheckForNull
    static String levelParameter(FindingType type) {
        return switch (type) {
            case VULNERABILITY -> "repair_necessity";
            case SENSITIVE_INFO -> "severity";
            case BUILD_COMMAND_RISKS -> "risk_level";
            case RISK_CONFIG, MALWARES, NON_COMPLIANT_APP -> null;
        };
    }

    /**
     * Returns what a row says.
     *
     * @param handled whether it is from the list of handled ones; null where the list isn't apart
     */
    static Finding finding(FindingType type, Row row, @CheckForNull Boolean handled) {
        return switch (type) {
            case VULNERABILITY ->
                new Finding(
                        type,
                        id(row.text("vul_id")),
                        type.severity(row.text("repair_necessity")),
                        row.text("repair_necessity"),
                        null,
                        row.text("app_name"),
                        row.text("version"),
                        row.text("app_path"),
                        row.text("position"),
                        row.text("description"),
                        row.text("solution"),
                        row.text("url"),
                        handled,
                        null);
            case RISK_CONFIG ->
                plain(
                        type,
                        Stream.of("standard", "check_name", "check_rule_id")
                                .map(row::text)
                                .map(FindingRows::id)
                                .collect(Collectors.joining("/")),
                        row.text("severity"),
                        row.text("check_rule_name"),
                        null,
                        null);
            case MALWARES ->
                plain(
                        type,
                        id(row.text("file_path") == null ? row.text("file_name") : row.text("file_path")),
                        null,
                        row.text("file_name"),
                        row.text("file_path"),
                        row.text("description"));
            case SENSITIVE_INFO ->
                new Finding(
                        type,
                        id(row.text("name")),
                        type.severity(row.text("severity")),
                        row.text("severity"),
                        null,
                        null,
                        null,
                        row.text("file_path"),
                        row.text("position"),
                        null,
                        null,
                        null,
                        handledBy(row.text("handle_status")),
                        null);
            case NON_COMPLIANT_APP ->
                new Finding(
                        type,
                        id(row.text("app_name")),
                        type.severity(null),
                        null,
                        null,
                        row.text("app_name"),
                        row.text("app_version"),
                        row.text("app_path"),
                        row.text("layer_digest"),
                        null,
                        null,
                        null,
                        null,
                        null);
            case BUILD_COMMAND_RISKS ->
                plain(
                        type,
                        id(row.text("rule_id")),
                        row.text("risk_level"),
                        row.text("risk_name"),
                        null,
                        row.text("description"));
        };
    }

    private static Finding plain(
            FindingType type,
            String id,
            @CheckForNull String word,
            @CheckForNull String title,
            @CheckForNull String path,
            @CheckForNull String description) {
        return new Finding(
                type,
                id,
                type.severity(word),
                word,
                title,
                null,
                null,
                path,
                null,
                description,
                null,
                null,
                null,
                null);
    }

    private static String id(@CheckForNull String text) {
        return Objects.requireNonNullElse(text, UNKNOWN);
    }

    @CheckForNull
    private static Boolean handledBy(@CheckForNull String status) {
        return status == null ? null : status.equals("handled");
    }

    /** Returns whether a row is a finding: of baseline checks, whatever was not passed. */
    static boolean isFinding(FindingType type, Row row) {
        return type != FindingType.RISK_CONFIG || !"pass".equals(row.text("scan_result"));
    }
}
