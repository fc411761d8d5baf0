package io.jenkins.plugins.hss.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowReaderTest {
    private static final Set<String> FIELDS = Set.of("name", "number", "other");
    private static final Instant SENT = Instant.parse("2026-11-24T10:00:00.750Z");

    @Test
    void onlyKnownFieldsAreKept() throws Exception {
        Row row = only("{\"name\":\"a\",\"number\":1767225600000,\"content\":\"secret\"}");

        assertEquals(Map.of("name", "a", "number", "1767225600000"), row.fields());
        assertEquals(1_767_225_600_000L, row.number("number"));
        assertFalse(row.toString().contains("a\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"name\":null}", "{\"name\":{\"a\":1}}", "{\"name\":[\"a\"]}", "{\"name\":\" \"}"})
    void whatIsNoTextIsMissing(String row) throws Exception {
        assertNull(only(row).text("name"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1.5", "\"many\"", "12345678901234567890", "true"})
    void whatIsNoCountIsMissing(String number) throws Exception {
        assertNull(only("{\"number\":" + number + "}").number("number"));
    }

    @Test
    void longTextsAreCutBetweenCharacters() throws Exception {
        String cut = only("{\"name\":\"" + "x".repeat(3999) + "😀y\"}").text("name");

        assertEquals("x".repeat(3999), cut);
    }

    @Test
    void aSecretThatIsEchoedIsNotKept() throws Exception {
        assertEquals("a ****!", only("{\"name\":\"a the-token!\"}").text("name"));
    }

    @Test
    void rowsAlikeInEveryFieldHaveOneHash() throws Exception {
        List<Row> rows = read("{\"total_num\":4,\"data_list\":["
                        + "{\"name\":\"a\",\"content\":{\"x\":1,\"y\":2}},"
                        + "{\"content\":{\"y\":2,\"x\":1},\"name\":\"a\"},"
                        + "{\"name\":\"a\",\"content\":{\"x\":1,\"y\":3}},"
                        + "{\"name\":\"a\"}]}")
                .rows();

        assertEquals(rows.get(0).hash(), rows.get(1).hash());
        assertNotEquals(rows.get(0).hash(), rows.get(2).hash());
        assertNotEquals(rows.get(0).hash(), rows.get(3).hash());
    }

    @Test
    void longTextsThatDifferAfterTheCutAreTwoRows() throws Exception {
        String text = "x".repeat(5000);

        assertNotEquals(
                only("{\"name\":\"" + text + "1\"}").hash(),
                only("{\"name\":\"" + text + "2\"}").hash());
    }

    @Test
    void anEmptyListMayBeMissing() throws Exception {
        assertEquals(List.of(), read("{\"total_num\":0}").rows());
        assertEquals(List.of(), read("{\"total_num\":0,\"data_list\":null}").rows());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "null",
                "{\"total_num\":null,\"data_list\":[]}",
                "{\"total_num\":\"0\",\"data_list\":[]}",
                "{\"total_num\":-1,\"data_list\":[]}",
                "{\"total_num\":99999999999999999999,\"data_list\":[]}",
                "{\"total_num\":1}",
                "{\"total_num\":1,\"data_list\":null}",
                "{\"total_num\":1,\"data_list\":{}}",
                "{\"total_num\":1,\"data_list\":[\"canary\"]}",
                "{\"total_num\":1,\"data_list\":[{\"name\":\"canary\"}",
                "{\"total_num\":1,\"data_list\":[{\"name\":\"canary",
                "{\"data_list\":[]}"
            })
    void whatIsNoPageIsRefusedWithoutAWordOfIt(String body) {
        HssException failure = assertThrows(HssException.class, () -> read(body));

        assertFalse(failure.getMessage().contains("canary"), failure.getMessage());
        assertNull(failure.getCause());
    }

    @Test
    void theClockOfTheServiceIsComparedWithTheTimeOfSending() throws Exception {
        assertEquals(
                Duration.ofMillis(4_250),
                read("{\"total_num\":0}", Map.of("Date", List.of("Tue, 24 Nov 2026 10:00:05 GMT")))
                        .clockOffset());
        assertNull(read("{\"total_num\":0}").clockOffset());
        assertNull(
                read("{\"total_num\":0}", Map.of("Date", List.of("yesterday"))).clockOffset());
    }

    private static Row only(String row) throws HssException {
        return read("{\"total_num\":1,\"data_list\":[" + row + "]}").rows().get(0);
    }

    private static Page<Row> read(String body) throws HssException {
        return read(body, Map.of());
    }

    private static Page<Row> read(String body, Map<String, List<String>> headers) throws HssException {
        ApiRequest request = ApiRequest.get(Operation.IMAGES, URI.create("http://localhost"), "/");
        return RowReader.read(
                new ApiResponse(
                        request,
                        200,
                        HttpHeaders.of(headers, (name, value) -> true),
                        body.getBytes(StandardCharsets.UTF_8)),
                FIELDS,
                List.of("the-token"),
                SENT);
    }
}
