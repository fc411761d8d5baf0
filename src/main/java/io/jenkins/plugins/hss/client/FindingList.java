package io.jenkins.plugins.hss.client;

import java.util.Set;

/** The lists of what HSS has found in one image, and the fields of their rows that are kept. */
public enum FindingList {
    VULNERABILITIES(
            Operation.VULNERABILITIES,
            Set.of(
                    "vul_id",
                    "repair_necessity",
                    "app_name",
                    "version",
                    "app_path",
                    "position",
                    "description",
                    "solution",
                    "url")),
    CHECK_RULES(
            Operation.CHECK_RULES,
            Set.of("check_rule_id", "check_rule_name", "severity", "scan_result", "check_name", "standard")),
    MALWARES(Operation.MALWARES, Set.of("file_name", "file_path", "description")),
    /** Neither the content nor the description is kept: they may be the secret. */
    SENSITIVE_INFO(
            Operation.SENSITIVE_INFO,
            Set.of("sensitive_info_id", "severity", "name", "file_path", "position", "handle_status")),
    NON_COMPLIANT_APPS(
            Operation.NON_COMPLIANT_APPS, Set.of("id", "app_name", "app_path", "layer_digest", "app_version")),
    BUILD_COMMANDS(Operation.BUILD_COMMANDS, Set.of("risk_id", "rule_id", "risk_name", "risk_level", "description"));

    private final Operation operation;
    private final Set<String> fields;

    FindingList(Operation operation, Set<String> fields) {
        this.operation = operation;
        this.fields = fields;
    }

    Operation operation() {
        return operation;
    }

    Set<String> fields() {
        return fields;
    }
}
