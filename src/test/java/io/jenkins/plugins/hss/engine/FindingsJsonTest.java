package io.jenkins.plugins.hss.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.hss.client.Generated;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class FindingsJsonTest {
    private static final String DOCUMENT = """
            {"version":1,"later":{"a":[1]},
             "image":{"name":"shop/web","tag":"42","level":"High","scannedAt":"2026-01-01T00:00:00Z","byTagOnly":true},
             "verdict":"failed",
             "gates":[{"type":"vulnerability","severity":"high","threshold":1,"count":3,"verdict":"failed"}],
             "notes":["a note"],
             "findings":[{"type":"risk-config","counts":{"high":1,"medium":0,"low":0,"none":2},"ignored":1,"handled":0,
               "total":5,"whole":false,"findings":[
                 {"type":"risk-config","id":"hw_standard/SSH/1.1","severity":"none","severityWord":"Security","later":1}
             ]}]}
            """;

    private static byte[] write(ScanResult result) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FindingsJson.write(result, out);
        return out.toByteArray();
    }

    private static StoredFindings read(byte[] document) throws IOException {
        return FindingsJson.read(new ByteArrayInputStream(document));
    }

    @Test
    void whateverWasWrittenIsRead() {
        Generated.forAny(300, random -> {
            ScanResult result = SampleScan.any(random);
            StoredFindings stored = read(write(result));
            assertEquals(StoredFindings.of(result), stored);
            assertEquals(result.findings(), stored.findings());
        });
    }

    @Test
    void hostileTextsStayWhatTheyAre() throws Exception {
        ScanResult result = SampleScan.hostile();
        assertEquals(result.findings(), read(write(result)).findings());
    }

    @Test
    void whatCannotBeSeenIsWrittenAsEscapes() throws Exception {
        String written = new String(write(SampleScan.hostile()), UTF_8);
        assertTrue(written.chars().noneMatch(VisibleText::isHidden), "hidden characters");
        assertTrue(written.contains("\\u202E"), "escape");
        assertTrue(written.contains("漏洞"), "other languages stay readable");
    }

    @Test
    void documentOfThisVersionIsReadWhateverElseItHolds() throws Exception {
        StoredFindings stored = read(DOCUMENT.getBytes(UTF_8));

        assertEquals("shop/web", stored.image().name());
        assertTrue(stored.image().byTagOnly());
        assertEquals(
                List.of(new StoredFindings.Gate(FindingType.VULNERABILITY, Severity.HIGH, 1, 3, Verdict.FAILED)),
                stored.gates());
        TypeFindings settings = stored.findings().get(0);
        assertEquals(FindingType.RISK_CONFIG, settings.type());
        assertEquals(3, settings.count());
        assertEquals(2, settings.count(Severity.NONE));
        assertFalse(settings.whole());
        assertEquals("hw_standard/SSH/1.1", settings.findings().get(0).id());
    }

    @Test
    void namesOfTheDocumentAreThoseOfTheReference() throws Exception {
        JsonNode written = new ObjectMapper().readTree(write(SampleScan.with(SampleScan.vulnerability())));

        assertEquals(1, written.path("version").asInt());
        assertEquals("shop/web", written.at("/image/name").asText());
        assertEquals("2026-01-01T00:00:00Z", written.at("/image/scannedAt").asText());
        assertEquals("passed", written.path("verdict").asText());
        assertEquals("vulnerability", written.at("/findings/0/type").asText());
        assertEquals(1, written.at("/findings/0/counts/medium").asInt());
        assertEquals("xz-libs", written.at("/findings/0/findings/0/packageName").asText());
        assertFalse(written.at("/findings/0/findings/0").has("path"), "what HSS leaves out");
    }

    @Test
    void documentThatIsCutAnywhereIsRefused() throws Exception {
        byte[] whole = write(SampleScan.with(SampleScan.vulnerability()));
        for (int length = 0; length < whole.length; length++) {
            assertUnusable(Arrays.copyOf(whole, length));
        }
    }

    @Test
    void foreignDocumentIsRefused() {
        List.of(
                        "null",
                        "[]",
                        "{}",
                        "<html>secret</html>",
                        "{\"total_num\":0,\"data_list\":[]}",
                        DOCUMENT.replace("\"version\":1", "\"version\":2"),
                        DOCUMENT.replace("\"version\":1,", ""),
                        DOCUMENT.replace("\"total\":5,", ""),
                        DOCUMENT.replace("\"id\":", "\"ID\":"),
                        DOCUMENT.replace("risk-config", "secret"),
                        DOCUMENT.replace("\"none\":2", "\"none\":null"),
                        DOCUMENT.replace("\"none\":2", "\"secret\":2"),
                        DOCUMENT + DOCUMENT)
                .forEach(document -> assertUnusable(document.getBytes(UTF_8)));
    }

    private static void assertUnusable(byte[] document) {
        IOException refusal = assertThrows(IOException.class, () -> read(document), () -> new String(document, UTF_8));
        assertEquals(Messages.FindingsJson_unusable(), refusal.getMessage());
        assertEquals(null, refusal.getCause());
    }

    @Test
    void cutCompressedFileIsRefusedInTheSameWords() throws Exception {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        GZIPOutputStream compressed = new GZIPOutputStream(file);
        FindingsJson.write(SampleScan.large(500), compressed);
        compressed.finish();
        byte[] half = Arrays.copyOf(file.toByteArray(), file.size() / 2);

        InputStream in = new GZIPInputStream(new ByteArrayInputStream(half));
        IOException refusal = assertThrows(IOException.class, () -> FindingsJson.read(in));

        assertEquals(Messages.FindingsJson_unusable(), refusal.getMessage());
    }
}
