package io.jenkins.plugins.hss.client;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jvnet.localizer.ResourceBundleHolder;

/**
 * The body of the export call: each property with its name, its type, its range and the values known today, in the
 * order of the API.
 *
 * @see <a href="https://support.huaweicloud.com/intl/en-us/api-hss2.0/CreateImageSecurityReportExportTask.html">HSS API:
 *     creating an image security report export task</a>
 */
public enum ExportField {
    EXPORT_SIZE("exportSize", Constraint.number(1, 200_000)),
    SECURITY_REPORT_TYPE(
            "reportType",
            Constraint.text(1, Constraint.MAX_TEXT),
            "malwares",
            "apps",
            "files",
            "sensitive-info",
            "non-compliant-app",
            "build-command-risks"),
    IMAGE_ID_LIST("imageIds", Constraint.texts(200, 256)),
    OPERATE_ALL("operateAll", Constraint.flag()),
    IMAGE_TYPE(
            "imageType",
            Constraint.text(1, Constraint.MAX_TEXT),
            "cicd",
            "private_image",
            "shared_image",
            "local_image",
            "instance_image",
            "harbor",
            "jfrog"),
    SCAN_STATUS(
            "scanStatus",
            Constraint.text(1, Constraint.MAX_TEXT),
            "unscan",
            "success",
            "scanning",
            "failed",
            "download_failed",
            "image_oversized"),
    NAMESPACE("namespace", Constraint.text(1, Constraint.MAX_TEXT)),
    IMAGE_NAME("imageName", Constraint.text(1, Constraint.MAX_TEXT)),
    IMAGE_VERSION("imageVersion", Constraint.text(1, Constraint.MAX_TEXT)),
    IMAGE_ID("imageId", Constraint.text(1, 128)),
    LATEST_VERSION("latestVersion", Constraint.flag()),
    IMAGE_SIZE("imageSize", Constraint.number(0, 2_147_483_547)),
    START_LATEST_UPDATE_TIME("updatedAfter", Constraint.time()),
    END_LATEST_UPDATE_TIME("updatedBefore", Constraint.time()),
    START_LATEST_SCAN_TIME("scannedAfter", Constraint.time()),
    END_LATEST_SCAN_TIME("scannedBefore", Constraint.time()),
    HAS_MALICIOUS_FILE("hasMaliciousFile", Constraint.flag()),
    HAS_VUL("hasVul", Constraint.flag()),
    HAS_UNSAFE_SETTING("hasUnsafeSetting", Constraint.flag()),
    RISKY("risky", Constraint.flag()),
    SEVERITY_LEVEL("severityLevel", Constraint.text(1, Constraint.MAX_TEXT), "Security", "Low", "Medium", "High"),
    INSTANCE_NAME("instanceName", Constraint.text(1, 128)),
    CICD_NAME("cicdName", Constraint.text(1, 128)),
    BUILD_COMMAND_RISK_LEVEL(
            "buildCommandRiskLevel", Constraint.text(1, Constraint.MAX_TEXT), "critical", "high", "medium", "low"),
    BUILD_COMMAND_RISK_NAME("buildCommandRiskName", Constraint.text(1, 128)),
    BUILD_COMMAND_RULE_ID_LIST("buildCommandRuleIds", Constraint.texts(200, 64));

    private static final ResourceBundleHolder LABELS = ResourceBundleHolder.get(Messages.class);

    private final String parameter;
    private final Constraint constraint;
    private final List<String> knownValues;

    ExportField(String parameter, Constraint constraint, String... knownValues) {
        this.parameter = parameter;
        this.constraint = constraint;
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

    /** Returns the label of a value in the language of the reader, the value itself where it is unknown. */
    public String label(String value) {
        return isUnknown(value) ? value : LABELS.format("ExportField." + jsonName() + "." + value);
    }

    /**
     * Checks a value's type, range and length.
     *
     * @throws IllegalArgumentException with a message for people when the API would refuse the value
     */
    public void check(Object value) {
        String violation = constraint.violation(parameter, value);
        if (violation != null) {
            throw new IllegalArgumentException(violation);
        }
    }
}
