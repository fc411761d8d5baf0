package io.jenkins.plugins.hss.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.FakeHss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ExportRequestTest {
    private static final List<String> PROPERTIES = List.of(
            "export_size",
            "security_report_type",
            "image_id_list",
            "operate_all",
            "image_type",
            "scan_status",
            "namespace",
            "image_name",
            "image_version",
            "image_id",
            "latest_version",
            "image_size",
            "start_latest_update_time",
            "end_latest_update_time",
            "start_latest_scan_time",
            "end_latest_scan_time",
            "has_malicious_file",
            "has_vul",
            "has_unsafe_setting",
            "risky",
            "severity_level",
            "instance_name",
            "cicd_name",
            "build_command_risk_level",
            "build_command_risk_name",
            "build_command_rule_id_list");

    private static ExportRequest.Builder smallest() {
        return ExportRequest.builder()
                .with(ExportField.EXPORT_SIZE, 100)
                .with(ExportField.SECURITY_REPORT_TYPE, "malwares");
    }

    private static String json(ExportRequest request) {
        return new String(request.toJson(), UTF_8);
    }

    private static JsonNode tree(ExportRequest request) throws Exception {
        return new ObjectMapper().readTree(request.toJson());
    }

    /** Every property with a value of its type, in an order of its own. */
    private static ExportRequest whole() {
        Map<ExportField, Object> values = new LinkedHashMap<>();
        for (ExportField field : ExportField.values()) {
            values.put(field, sample(field));
        }
        ExportRequest.Builder builder = ExportRequest.builder();
        List<ExportField> backwards = Arrays.asList(ExportField.values());
        Collections.reverse(backwards);
        backwards.forEach(field -> builder.with(field, values.get(field)));
        return builder.build();
    }

    private static Object sample(ExportField field) {
        return switch (field) {
            case EXPORT_SIZE -> 200_000;
            case IMAGE_SIZE -> 2_147_483_547L;
            case START_LATEST_UPDATE_TIME, START_LATEST_SCAN_TIME -> 0L;
            case END_LATEST_UPDATE_TIME, END_LATEST_SCAN_TIME -> 1_767_225_600_000L;
            case OPERATE_ALL, LATEST_VERSION, HAS_MALICIOUS_FILE, HAS_VUL, HAS_UNSAFE_SETTING, RISKY -> true;
            case IMAGE_ID_LIST, BUILD_COMMAND_RULE_ID_LIST -> List.of("a", "支付");
            default ->
                field.knownValues().isEmpty() ? "支付 \"ä\"" : field.knownValues().get(0);
        };
    }

    @Test
    void knowsTheTwentySixPropertiesInTheOrderOfTheApi() {
        assertEquals(
                PROPERTIES,
                Arrays.stream(ExportField.values()).map(ExportField::jsonName).toList());
    }

    @Test
    void writesEveryPropertyOnceWithItsTypeInTheOrderOfTheApi() throws Exception {
        JsonNode json = tree(whole());

        assertEquals(
                PROPERTIES, json.properties().stream().map(Map.Entry::getKey).toList());
        for (ExportField field : ExportField.values()) {
            JsonNode value = json.get(field.jsonName());
            Object sample = field == ExportField.OPERATE_ALL ? (Object) false : sample(field);
            assertEquals(new ObjectMapper().valueToTree(sample).toString(), value.toString(), field.jsonName());
        }
    }

    @Test
    void theServiceTakesTheWholeRequestAndItsFilters() throws Exception {
        try (FakeHss hss = new FakeHss().token("given")) {
            HssClient client = new HssClient(
                    Accounts.transport(new SettableClock()),
                    Accounts.scope(hss),
                    new TokenAuthentication("given"),
                    Gate.OPEN);

            Accounts.await(client.submit(whole()));
            Accounts.await(client.count(whole()));

            assertEquals(List.of(), hss.violations());
            assertEquals(26, hss.calls(Api.SUBMIT).get(0).json().size());
            assertEquals(24, hss.calls(Api.STATISTIC).get(0).json().size());
        }
    }

    @Test
    void theExampleOfTheDocumentationNeedsNothingElse() {
        assertEquals(
                "{\"export_size\":100,\"security_report_type\":\"malwares\",\"operate_all\":true}",
                json(smallest().build()));
    }

    @Test
    void whatIsNotAskedForIsAbsent() {
        ExportRequest.Builder builder = smallest();
        for (ExportField field : ExportField.values()) {
            builder.with(field, null);
        }

        assertEquals(json(smallest().build()), json(builder.build()));
    }

    @Test
    void falseAndZeroAreAskedFor() throws Exception {
        JsonNode json = tree(smallest()
                .with(ExportField.RISKY, false)
                .with(ExportField.IMAGE_SIZE, 0)
                .with(ExportField.START_LATEST_SCAN_TIME, 0L)
                .build());

        assertEquals("false", json.get("risky").toString());
        assertEquals("0", json.get("image_size").toString());
        assertEquals("0", json.get("start_latest_scan_time").toString());
    }

    @Test
    void imageIdsMeanThatNotAllImagesAreMeant() throws Exception {
        assertEquals("true", tree(smallest().build()).get("operate_all").toString());

        JsonNode some = tree(smallest()
                .with(ExportField.OPERATE_ALL, true)
                .with(ExportField.IMAGE_ID_LIST, List.of("a"))
                .build());

        assertEquals("false", some.get("operate_all").toString());
        assertEquals("[\"a\"]", some.get("image_id_list").toString());
    }

    @Test
    void isWrittenAsUtf8() throws Exception {
        String name = "支付 é \uD83D\uDC33 \"\\\u0001\u2028";

        ExportRequest request = smallest().with(ExportField.CICD_NAME, name).build();

        assertTrue(json(request).contains("支付 é "), json(request));
        assertEquals(name, tree(request).get("cicd_name").textValue());
    }

    @Test
    void theFiltersGoWithoutSizeAndType() {
        ExportRequest request = smallest().with(ExportField.CICD_NAME, "shop").build();

        assertEquals("{\"operate_all\":true,\"cicd_name\":\"shop\"}", new String(request.filtersToJson(), UTF_8));
        assertEquals("malwares", request.reportType());
    }

    @ParameterizedTest
    @EnumSource(
            value = ExportField.class,
            names = {"EXPORT_SIZE", "SECURITY_REPORT_TYPE"})
    void whatIsRequiredIsNamed(ExportField missing) {
        ExportRequest.Builder builder = ExportRequest.builder();
        if (missing != ExportField.EXPORT_SIZE) {
            builder.with(ExportField.EXPORT_SIZE, 1);
        } else {
            builder.with(ExportField.SECURITY_REPORT_TYPE, "apps");
        }

        assertEquals(
                missing.parameter() + " is required",
                assertThrows(IllegalArgumentException.class, builder::build).getMessage());
    }

    private static String refusal(ExportField field, Object value) {
        return assertThrows(IllegalArgumentException.class, () -> smallest().with(field, value))
                .getMessage();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "EXPORT_SIZE | 0          | exportSize must be 1 to 200000, is 0",
                "EXPORT_SIZE | -1         | exportSize must be 1 to 200000, is -1",
                "EXPORT_SIZE | 200001     | exportSize must be 1 to 200000, is 200001",
                "IMAGE_SIZE  | -1         | imageSize must be 0 to 2147483547, is -1",
                "IMAGE_SIZE  | 2147483548 | imageSize must be 0 to 2147483547, is 2147483548",
                "IMAGE_SIZE  | 9223372036854775807 | imageSize must be 0 to 2147483547, is 9223372036854775807",
                "START_LATEST_UPDATE_TIME | -1 | updatedAfter must be a time after 1970, is -1",
                "END_LATEST_UPDATE_TIME   | -1 | updatedBefore must be a time after 1970, is -1",
                "START_LATEST_SCAN_TIME   | -1 | scannedAfter must be a time after 1970, is -1",
                "END_LATEST_SCAN_TIME     | -1 | scannedBefore must be a time after 1970, is -1",
            })
    void aNumberOutOfItsRangeIsNamed(ExportField field, long value, String message) {
        assertEquals(message, refusal(field, value));
    }

    @ParameterizedTest
    @CsvSource({"EXPORT_SIZE, 1", "EXPORT_SIZE, 200000", "IMAGE_SIZE, 0", "IMAGE_SIZE, 2147483547"})
    void theEndsOfARangeBelongToIt(ExportField field, long value) {
        smallest().with(field, value);
    }

    @ParameterizedTest
    @CsvSource({
        "SECURITY_REPORT_TYPE, 65535",
        "IMAGE_TYPE, 65535",
        "SCAN_STATUS, 65535",
        "NAMESPACE, 65535",
        "IMAGE_NAME, 65535",
        "IMAGE_VERSION, 65535",
        "IMAGE_ID, 128",
        "SEVERITY_LEVEL, 65535",
        "INSTANCE_NAME, 128",
        "CICD_NAME, 128",
        "BUILD_COMMAND_RISK_LEVEL, 65535",
        "BUILD_COMMAND_RISK_NAME, 128"
    })
    void aTextHasACharacterAtLeastAndNoMoreThanTheApiAllows(ExportField field, int longest) {
        String name = field.parameter();
        smallest().with(field, "\uD83D\uDC33".repeat(longest));

        assertEquals(
                name + " must have 1 to " + longest + " characters, has " + (longest + 1),
                refusal(field, "\uD83D\uDC33".repeat(longest + 1)));
        assertEquals(name + " must have 1 to " + longest + " characters, has 0", refusal(field, ""));
        assertEquals(name + " contains half a character (a lone surrogate)", refusal(field, "a\uD83D"));
    }

    @ParameterizedTest
    @CsvSource({"IMAGE_ID_LIST, 256", "BUILD_COMMAND_RULE_ID_LIST, 64"})
    void aListHasAnItemAtLeastAndNoMoreThanTheApiAllows(ExportField field, int longest) {
        String name = field.parameter();
        smallest().with(field, Collections.nCopies(200, "a".repeat(longest)));

        assertEquals(name + " must have 1 to 200 items, has 0", refusal(field, List.of()));
        assertEquals(name + " must have 1 to 200 items, has 201", refusal(field, Collections.nCopies(201, "a")));
        assertEquals(name + "[1] must have 1 to " + longest + " characters, has 0", refusal(field, List.of("a", "")));
        assertEquals(
                name + "[0] must have 1 to " + longest + " characters, has " + (longest + 1),
                refusal(field, List.of("a".repeat(longest + 1))));
    }

    static Stream<Arguments> wrongTypes() {
        return Stream.of(
                arguments(ExportField.EXPORT_SIZE, "10", "exportSize must be a whole number, is 10"),
                arguments(ExportField.EXPORT_SIZE, 1.5, "exportSize must be a whole number, is 1.5"),
                arguments(ExportField.IMAGE_SIZE, true, "imageSize must be a whole number, is true"),
                arguments(ExportField.END_LATEST_SCAN_TIME, "now", "scannedBefore must be a time after 1970, is now"),
                arguments(ExportField.RISKY, "true", "risky must be true or false, is true"),
                arguments(ExportField.HAS_VUL, 0, "hasVul must be true or false, is 0"),
                arguments(ExportField.CICD_NAME, 7, "cicdName must be a text, is 7"),
                arguments(ExportField.SEVERITY_LEVEL, List.of(), "severityLevel must be a text, is []"),
                arguments(ExportField.IMAGE_ID_LIST, "a", "imageIds must be a list of texts, is a"),
                arguments(ExportField.IMAGE_ID_LIST, List.of(1), "imageIds[0] must be a text, is 1"),
                arguments(ExportField.IMAGE_ID_LIST, Arrays.asList("a", null), "imageIds[1] must be a text, is null"));
    }

    @ParameterizedTest
    @MethodSource("wrongTypes")
    void aValueOfAnotherTypeIsNamed(ExportField field, Object value, String message) {
        assertEquals(message, refusal(field, value));
    }

    @Test
    void aValueUnknownTodayIsSentAndReported() throws Exception {
        ExportRequest request = smallest()
                .with(ExportField.SECURITY_REPORT_TYPE, "secrets")
                .with(ExportField.SEVERITY_LEVEL, "high")
                .with(ExportField.IMAGE_TYPE, "cicd")
                .build();

        assertEquals("secrets", tree(request).get("security_report_type").textValue());
        assertEquals(
                Map.of(ExportField.SECURITY_REPORT_TYPE, "secrets", ExportField.SEVERITY_LEVEL, "high"),
                request.unknownWords());
    }

    @Test
    void whatIsAddedLaterDoesNotChangeARequest() {
        List<String> ids = new ArrayList<>(List.of("a"));
        ExportRequest.Builder builder = smallest().with(ExportField.IMAGE_ID_LIST, ids);
        ExportRequest request = builder.build();
        String before = json(request);

        builder.with(ExportField.RISKY, true);
        ids.add("b");

        assertEquals(before, json(request));
    }
}
