package io.jenkins.plugins.hss.engine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes the findings of a scan as SARIF 2.1.0, for tools that show and collect findings.
 *
 * @see <a href="https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html">SARIF 2.1.0</a>
 */
public final class Sarif {
    private static final JsonFactory JSON = JsonFactory.builder()
            // Half a log must not look like a whole one, and the stream is the caller's.
            .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();
    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
    private static final String IMAGE = "IMAGE";
    private static final String FINGERPRINT = "hssFinding/v1";

    private final JsonGenerator json;
    private final ScanResult result;
    private final Map<String, Integer> rules = new HashMap<>();

    private Sarif(JsonGenerator json, ScanResult result) {
        this.json = json;
        this.result = result;
    }

    /** Writes a log, finding by finding, and leaves the stream open. */
    public static void write(ScanResult result, OutputStream out) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            new Sarif(json, result).writeLog();
        }
    }

    private void writeLog() throws IOException {
        json.writeStartObject();
        json.writeStringField("$schema", SCHEMA);
        json.writeStringField("version", "2.1.0");
        json.writeArrayFieldStart("runs");
        json.writeStartObject();
        writeTool();
        writeInvocation();
        writeBaseId();
        writeImage();
        json.writeArrayFieldStart("results");
        for (TypeFindings findings : result.findings()) {
            for (Finding finding : findings.findings()) {
                writeResult(finding);
            }
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writeTool() throws IOException {
        json.writeObjectFieldStart("tool");
        json.writeObjectFieldStart("driver");
        json.writeStringField("name", "Huawei Cloud HSS");
        json.writeStringField("informationUri", "https://www.huaweicloud.com/intl/en-us/product/hss.html");
        json.writeArrayFieldStart("rules");
        for (TypeFindings findings : result.findings()) {
            for (Finding finding : findings.findings()) {
                if (rules.putIfAbsent(ruleId(finding), rules.size()) == null) {
                    writeRule(finding);
                }
            }
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
    }

    private void writeRule(Finding finding) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", ruleId(finding));
        writeMessage("shortDescription", finding.title() == null ? finding.id() : finding.title());
        writeMessage("fullDescription", finding.description());
        writeMessage("help", finding.solution());
        String link = WebLink.of(finding.url());
        if (link != null) {
            json.writeStringField("helpUri", link);
        }
        json.writeObjectFieldStart("defaultConfiguration");
        json.writeStringField("level", level(finding.severity()));
        json.writeEndObject();
        json.writeObjectFieldStart("properties");
        json.writeStringField("type", finding.type().word());
        json.writeEndObject();
        json.writeEndObject();
    }

    /** Two types may use the same ID. */
    private static String ruleId(Finding finding) {
        return finding.type().word() + "/" + VisibleText.of(finding.id());
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case HIGH -> "error";
            case MEDIUM -> "warning";
            case LOW -> "note";
            case NONE -> "none";
        };
    }

    private void writeInvocation() throws IOException {
        json.writeArrayFieldStart("invocations");
        json.writeStartObject();
        json.writeBooleanField("executionSuccessful", true);
        json.writeArrayFieldStart("toolExecutionNotifications");
        for (TypeFindings findings : result.findings()) {
            int listed = findings.findings().size();
            if (!findings.whole() || listed < findings.total()) {
                writeNotification(
                        "warning",
                        "Only " + listed + " of " + findings.total() + " findings of the type "
                                + findings.type().word() + " are listed.");
            }
        }
        for (String note : result.notes()) {
            writeNotification("note", note);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
    }

    private void writeNotification(String level, String text) throws IOException {
        json.writeStartObject();
        json.writeStringField("level", level);
        writeMessage("message", text);
        json.writeEndObject();
    }

    /** Where the image's files lie isn't known, so the base has no URI. */
    private void writeBaseId() throws IOException {
        json.writeObjectFieldStart("originalUriBaseIds");
        json.writeObjectFieldStart(IMAGE);
        writeMessage("description", "The root folder of the image");
        json.writeEndObject();
        json.writeEndObject();
    }

    private void writeImage() throws IOException {
        ScannedImage image = ScannedImage.of(result);
        json.writeObjectFieldStart("properties");
        writeText("imageName", image.name());
        writeText("imageTag", image.tag());
        writeText("imageDigest", image.digest());
        writeText("scannedAt", image.scannedAt());
        writeText("hssLevel", image.level());
        json.writeEndObject();
    }

    private void writeResult(Finding finding) throws IOException {
        String rule = ruleId(finding);
        json.writeStartObject();
        json.writeStringField("ruleId", rule);
        json.writeNumberField("ruleIndex", rules.get(rule));
        if (finding.severity() == Severity.NONE) {
            // The standard wants it beside the level "none".
            json.writeStringField("kind", "informational");
        }
        json.writeStringField("level", level(finding.severity()));
        writeMessage("message", message(finding));
        writeLocation(finding);
        json.writeObjectFieldStart("partialFingerprints");
        json.writeStringField(FINGERPRINT, Fingerprint.of(finding));
        json.writeEndObject();
        writeSuppressions(finding.ignored());
        writeProperties(finding);
        json.writeEndObject();
    }

    private static String message(Finding finding) {
        StringBuilder text = new StringBuilder(finding.id());
        String packageName = finding.packageName();
        if (packageName != null && !packageName.equals(finding.id())) {
            text.append(" in ").append(packageName);
        }
        if (finding.version() != null) {
            text.append(' ').append(finding.version());
        }
        if (finding.title() != null) {
            text.append(": ").append(finding.title());
        }
        if (finding.solution() != null) {
            text.append(": ").append(finding.solution());
        }
        return text.toString();
    }

    /** Every result has a place in the image, if only its root: there are readers that stumble without one. */
    private void writeLocation(Finding finding) throws IOException {
        json.writeArrayFieldStart("locations");
        json.writeStartObject();
        json.writeObjectFieldStart("physicalLocation");
        json.writeObjectFieldStart("artifactLocation");
        json.writeStringField("uri", ImagePath.uri(finding.path()));
        json.writeStringField("uriBaseId", IMAGE);
        json.writeEndObject();
        json.writeEndObject();
        if (finding.packageName() != null) {
            json.writeArrayFieldStart("logicalLocations");
            json.writeStartObject();
            writeText("name", finding.packageName());
            json.writeStringField("kind", "module");
            json.writeEndObject();
            json.writeEndArray();
        }
        json.writeEndObject();
        json.writeEndArray();
    }

    /** All results of a run have the list, or none: an empty one says that the finding counts. */
    private void writeSuppressions(@CheckForNull String reason) throws IOException {
        json.writeArrayFieldStart("suppressions");
        if (reason != null) {
            json.writeStartObject();
            json.writeStringField("kind", "external");
            writeText("justification", reason);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeProperties(Finding finding) throws IOException {
        json.writeObjectFieldStart("properties");
        json.writeStringField("type", finding.type().word());
        json.writeStringField("severity", finding.severity().word());
        writeText("hssSeverity", finding.severityWord());
        writeText("package", finding.packageName());
        writeText("version", finding.version());
        writeText("path", finding.path());
        writeText("layer", finding.layer());
        Boolean handled = finding.handled();
        if (handled != null) {
            json.writeBooleanField("handled", handled);
        }
        json.writeEndObject();
    }

    private void writeText(String name, @CheckForNull String text) throws IOException {
        if (text != null) {
            json.writeStringField(name, VisibleText.of(text));
        }
    }

    /** Writes plain text that readers take neither for placeholders nor for a link. */
    private void writeMessage(String name, @CheckForNull String text) throws IOException {
        if (text != null) {
            json.writeObjectFieldStart(name);
            writeText("text", text.replace("{", "{{").replace("}", "}}").replace("](", "] ("));
            json.writeEndObject();
        }
    }
}
