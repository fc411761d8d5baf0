package io.jenkins.plugins.hss.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

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
            HssClient client =
                    Accounts.client(hss, new TokenAuthentication("given"), TestTransport.of(new SettableClock()));

            client.submit(whole(), SendListener.NONE);
            client.count(whole());

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

    @ParameterizedTest
    @CsvSource({
        "START_LATEST_SCAN_TIME, END_LATEST_SCAN_TIME, scannedAfter is later than scannedBefore: no image can match",
        "START_LATEST_UPDATE_TIME, END_LATEST_UPDATE_TIME, updatedAfter is later than updatedBefore: no image can match"
    })
    void aRangeThatCanHoldNothingIsRefused(ExportField start, ExportField end, String message) throws Exception {
        ExportRequest.Builder request = smallest().with(start, 2L).with(end, 1L);

        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, request::build).getMessage());
        assertEquals(5, tree(smallest().with(start, 1L).with(end, 1L).build()).size());
    }
}
