package io.jenkins.plugins.hss;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.util.XStream2;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.yaml.YamlSource;
import io.jenkins.plugins.hss.client.ExportField;
import io.jenkins.plugins.hss.client.Generated;
import io.jenkins.plugins.hss.client.Region;
import io.jenkins.plugins.hss.config.HssConnection;
import io.jenkins.plugins.hss.config.HssGlobalConfiguration;
import io.jenkins.plugins.hss.fake.Api;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jenkinsci.plugins.workflow.cps.Snippetizer;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever people ask for, HSS is asked for just that, in whichever way it was written and saved. */
class AnyParametersTest extends SharedJenkins {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<ExportField> OF_THE_STEP = List.of(
            ExportField.EXPORT_SIZE,
            ExportField.SECURITY_REPORT_TYPE,
            ExportField.IMAGE_ID_LIST,
            ExportField.IMAGE_TYPE,
            ExportField.CICD_NAME);

    @TempDir
    private Path folder;

    @Test
    void exportIsTheSameFromPipelineFormAndFile() {
        Generated.forAny(3, random -> {
            Map<ExportField, Object> values = values(random);
            HssImageReportExportStep step =
                    HssJenkins.step(HssImageReportExportStep.class, JSON.writeValueAsString(parameters(values)));
            HssImageReportExportBuilder builder = HssJenkins.builder(
                    JSON.writeValueAsString(parameters(values)).replace("$", "$$"));
            String script = Snippetizer.object2Groovy(step);
            FreeStyleProject job = hss.freestyle(builder);
            int before = hss.service().calls(Api.SUBMIT).size();

            hss.runs(Result.SUCCESS, script);
            assertEquals(script, Snippetizer.object2Groovy(new StepConfigTester(j).configRoundTrip(step)));
            hss.runs(Result.SUCCESS, job);
            j.configRoundtrip(job);
            hss.runs(Result.SUCCESS, job);
            job.doReload();
            hss.runs(Result.SUCCESS, job);

            hss.assertKept();
            List<String> bodies = hss.service().calls(Api.SUBMIT).stream()
                    .skip(before)
                    .map(call -> call.body())
                    .toList();
            assertEquals(4, bodies.size());
            for (String body : bodies) {
                assertEquals(asked(values), JSON.readTree(body));
            }
        });
    }

    /** What the body of the call must be. */
    private static JsonNode asked(Map<ExportField, Object> values) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("export_size", 10_000);
        body.put("image_type", "cicd");
        body.put("operate_all", !values.containsKey(ExportField.IMAGE_ID_LIST));
        values.forEach((field, value) ->
                body.put(field.jsonName(), value instanceof Instant time ? Long.valueOf(time.toEpochMilli()) : value));
        return JSON.convertValue(body, JsonNode.class);
    }

    /** The same as a person writes it. */
    private static Map<String, Object> parameters(Map<ExportField, Object> values) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        Map<String, Object> filter = new LinkedHashMap<>();
        values.forEach((field, value) -> (OF_THE_STEP.contains(field) ? parameters : filter)
                .put(field.parameter(), value instanceof Boolean || value instanceof List ? value : value.toString()));
        if (!filter.isEmpty()) {
            parameters.put("filter", filter);
        }
        return parameters;
    }

    private static Map<ExportField, Object> values(RandomGenerator random) {
        Map<ExportField, Object> values = new LinkedHashMap<>();
        for (ExportField field : ExportField.values()) {
            boolean asked = field == ExportField.SECURITY_REPORT_TYPE || random.nextInt(3) == 0;
            if (asked && field != ExportField.OPERATE_ALL) {
                values.put(field, value(field, random));
            }
        }
        order(values, ExportField.START_LATEST_UPDATE_TIME, ExportField.END_LATEST_UPDATE_TIME);
        order(values, ExportField.START_LATEST_SCAN_TIME, ExportField.END_LATEST_SCAN_TIME);
        return values;
    }

    /** A range that can hold nothing is refused. */
    private static void order(Map<ExportField, Object> values, ExportField start, ExportField end) {
        if (values.get(start) instanceof Instant from && values.get(end) instanceof Instant to && from.isAfter(to)) {
            values.put(start, to);
            values.put(end, from);
        }
    }

    private static Object value(ExportField field, RandomGenerator random) {
        return switch (field) {
            case EXPORT_SIZE -> random.nextInt(1, 200_001);
            case IMAGE_SIZE -> random.nextInt(0, 2_147_483_548);
            case IMAGE_ID_LIST, BUILD_COMMAND_RULE_ID_LIST ->
                IntStream.range(0, random.nextInt(1, 6))
                        .mapToObj(i -> text(random, 64).strip())
                        .toList();
            case LATEST_VERSION, HAS_MALICIOUS_FILE, HAS_VUL, HAS_UNSAFE_SETTING, RISKY -> random.nextBoolean();
            case START_LATEST_UPDATE_TIME, END_LATEST_UPDATE_TIME, START_LATEST_SCAN_TIME, END_LATEST_SCAN_TIME ->
                Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L));
            default -> {
                List<String> known = field.knownValues();
                yield known.isEmpty() || random.nextInt(8) == 0
                        ? text(random, 128)
                        : known.get(random.nextInt(known.size()));
            }
        };
    }

    /**
     * A line of letters, of what means something to Groovy, XML, HTML or variables, and of whatever people write; what
     * looks like a variable has an end, since configuration as code doesn't read back what it writes for one without.
     */
    private static String text(RandomGenerator random, int longest) {
        StringBuilder text = new StringBuilder("x");
        String special = "$${}\\'\"<>&;%#/*-_ ~\u00a0支付é";
        int length = random.nextInt(1, longest);
        while (text.codePointCount(0, text.length()) < length) {
            switch (random.nextInt(4)) {
                case 0 -> text.append(special.charAt(random.nextInt(special.length())));
                case 1 -> text.appendCodePoint(random.nextInt(0x1F300, 0x1F600));
                default -> text.append((char) random.nextInt(' ', 0x7f));
            }
        }
        return text.lastIndexOf("${") > text.lastIndexOf("}") ? text + "}" : text.toString();
    }

    @Test
    void connectionIsTheSameFromFormFileAndCode() {
        Generated.forAny(2, random -> {
            List<HssConnection> connections = new ArrayList<>();
            for (int i = random.nextInt(1, 5); i > 0; i--) {
                connections.add(connection(i + text(random, 60).stripTrailing(), random));
            }
            List<Map<String, String>> fields =
                    connections.stream().map(WebForms::fields).toList();
            HssGlobalConfiguration configuration = HssGlobalConfiguration.get();
            configuration.setConnections(connections);

            j.configRoundtrip();
            assertEquals(fields, fields());

            XStream2 xml = new XStream2();
            configuration.setConnections(
                    ((HssGlobalConfiguration) xml.fromXML(xml.toXML(configuration))).getConnections());
            assertEquals(fields, fields());

            Path code = folder.resolve("jenkins.yaml");
            Files.writeString(
                    code,
                    "unclassified:\n  huaweiCloudHss:\n"
                            + ConfigurationAsCodeTest.exported().indent(4));
            configuration.setConnections(List.of());
            ConfigurationAsCode.get().configureWith(YamlSource.of(code));
            assertEquals(fields, fields());
        });
    }

    private static List<Map<String, String>> fields() {
        return HssGlobalConfiguration.get().getConnections().stream()
                .map(WebForms::fields)
                .toList();
    }

    private static HssConnection connection(String name, RandomGenerator random) {
        HssConnection connection = new HssConnection(name);
        connection.setRegion(Region.KNOWN.get(random.nextInt(Region.KNOWN.size())));
        if (random.nextBoolean()) {
            connection.setEndpoint("https://hss.example.com:" + random.nextInt(1, 65_536));
        }
        if (random.nextBoolean()) {
            connection.setIamEndpoint("http://localhost:" + random.nextInt(1, 65_536));
        }
        if (random.nextBoolean()) {
            connection.setProjectId(Long.toHexString(random.nextLong()));
        }
        if (random.nextBoolean()) {
            connection.setEnterpriseProjectId(random.nextBoolean() ? "all_granted_eps" : "0");
        }
        if (random.nextBoolean()) {
            connection.setCredentialsId(text(random, 40).stripTrailing());
        }
        if (random.nextBoolean()) {
            connection.setIamDomain(text(random, 40).stripTrailing());
        }
        if (random.nextBoolean()) {
            connection.setCallsPerMinute(random.nextInt(1, 601));
        }
        return connection;
    }
}
