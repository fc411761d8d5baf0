package io.jenkins.plugins.hss.client;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The body of the export call: each property with its name, its type, its range and the values known today, in the
 * order of the API.
 *
 * @see <a href="https://support.huaweicloud.com/intl/en-us/api-hss2.0/CreateImageSecurityReportExportTask.html">HSS API:
 *     creating an image security report export task</a>
 */
public enum ExportField {
    EXPORT_SIZE("exportSize", Rule.number(1, 200_000)),
    SECURITY_REPORT_TYPE(
            "reportType",
            Rule.text(1, Rule.LONG_TEXT),
            "malwares",
            "apps",
            "files",
            "sensitive-info",
            "non-compliant-app",
            "build-command-risks"),
    IMAGE_ID_LIST("imageIds", Rule.texts(200, 256)),
    OPERATE_ALL("operateAll", Rule.flag()),
    IMAGE_TYPE(
            "imageType",
            Rule.text(1, Rule.LONG_TEXT),
            "cicd",
            "private_image",
            "shared_image",
            "local_image",
            "instance_image",
            "harbor",
            "jfrog"),
    SCAN_STATUS(
            "scanStatus",
            Rule.text(1, Rule.LONG_TEXT),
            "unscan",
            "success",
            "scanning",
            "failed",
            "download_failed",
            "image_oversized"),
    NAMESPACE("namespace", Rule.text(1, Rule.LONG_TEXT)),
    IMAGE_NAME("imageName", Rule.text(1, Rule.LONG_TEXT)),
    IMAGE_VERSION("imageVersion", Rule.text(1, Rule.LONG_TEXT)),
    IMAGE_ID("imageId", Rule.text(1, 128)),
    LATEST_VERSION("latestVersion", Rule.flag()),
    IMAGE_SIZE("imageSize", Rule.number(0, 2_147_483_547)),
    START_LATEST_UPDATE_TIME("updatedAfter", Rule.time()),
    END_LATEST_UPDATE_TIME("updatedBefore", Rule.time()),
    START_LATEST_SCAN_TIME("scannedAfter", Rule.time()),
    END_LATEST_SCAN_TIME("scannedBefore", Rule.time()),
    HAS_MALICIOUS_FILE("hasMaliciousFile", Rule.flag()),
    HAS_VUL("hasVul", Rule.flag()),
    HAS_UNSAFE_SETTING("hasUnsafeSetting", Rule.flag()),
    RISKY("risky", Rule.flag()),
    SEVERITY_LEVEL("severityLevel", Rule.text(1, Rule.LONG_TEXT), "Security", "Low", "Medium", "High"),
    INSTANCE_NAME("instanceName", Rule.text(1, 128)),
    CICD_NAME("cicdName", Rule.text(1, 128)),
    BUILD_COMMAND_RISK_LEVEL(
            "buildCommandRiskLevel", Rule.text(1, Rule.LONG_TEXT), "critical", "high", "medium", "low"),
    BUILD_COMMAND_RISK_NAME("buildCommandRiskName", Rule.text(1, 128)),
    BUILD_COMMAND_RULE_ID_LIST("buildCommandRuleIds", Rule.texts(200, 64));

    private final String parameter;
    private final Rule rule;
    private final List<String> knownValues;

    ExportField(String parameter, Rule rule, String... knownValues) {
        this.parameter = parameter;
        this.rule = rule;
        this.knownValues = List.of(knownValues);
    }

    /** Returns the field that a person writes as {@code parameter}. */
    public static Optional<ExportField> ofParameter(String parameter) {
        return Arrays.stream(values())
                .filter(field -> field.parameter.equals(parameter))
                .findFirst();
    }

    /** Returns the name of the property on the wire. */
    public String jsonName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the name that a person writes in a Jenkinsfile. */
    public String parameter() {
        return parameter;
    }

    /** Returns the values that the API documents, empty where any text will do; the service decides about others. */
    public List<String> knownValues() {
        return knownValues;
    }

    /** Returns whether the API documents its values and {@code value} is none of them. */
    public boolean isUnknown(String value) {
        return !knownValues.isEmpty() && !knownValues.contains(value);
    }

    /**
     * Checks a value's type, range and length.
     *
     * @throws IllegalArgumentException with a message for people when the API would refuse the value
     */
    public void check(Object value) {
        String breach = rule.breach(parameter, value);
        if (breach != null) {
            throw new IllegalArgumentException(breach);
        }
    }
}
