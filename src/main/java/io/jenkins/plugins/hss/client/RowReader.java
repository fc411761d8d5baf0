package io.jenkins.plugins.hss.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a page of a list row by row, and keeps only the fields that are known. */
final class RowReader {
    private static final int MAX_LENGTH = 4000;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private final Set<String> fields;
    private final List<String> secrets;
    private final List<Row> rows = new ArrayList<>();
    private long total = -1;

    private RowReader(Set<String> fields, List<String> secrets) {
        this.fields = fields;
        this.secrets = secrets;
    }

    /**
     * Reads a page.
     *
     * @param secrets what must not be kept, should the service echo it
     * @param sentAt when the request was sent, by our clock
     * @throws HssException when the response is no such page; the message tells nothing of the body
     */
    static Page<Row> read(ApiResponse response, Set<String> fields, List<String> secrets, Instant sentAt)
            throws HssException {
        RowReader reader = new RowReader(fields, secrets);
        boolean complete;
        try (JsonParser json = JSON.createParser(response.body())) {
            complete = reader.readPage(json);
        } catch (IOException e) {
            complete = false;
        }
        if (reader.total < 0) {
            throw response.unusable("total_num");
        }
        if (!complete) {
            throw response.unusable("data_list");
        }
        return new Page<>(reader.total, List.copyOf(reader.rows), clockOffset(response.header("Date"), sentAt));
    }

    /** Returns whether the page was whole. */
    private boolean readPage(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            return false;
        }
        boolean listed = false;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (name.equals("total_num") && value == JsonToken.VALUE_NUMBER_INT && total < 0) {
                total = json.getLongValue();
            } else if (name.equals("data_list") && value == JsonToken.START_ARRAY && !listed) {
                listed = true;
                readRows(json);
            } else {
                json.skipChildren();
            }
        }
        return json.currentToken() == JsonToken.END_OBJECT && (listed || total == 0);
    }

    private void readRows(JsonParser json) throws IOException {
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                throw new IOException("no row");
            }
            JsonNode row = JSON.readTree(json);
            rows.add(new Row(fields(row), hash(row)));
        }
    }

    private Map<String, String> fields(JsonNode row) {
        Map<String, String> kept = new HashMap<>();
        for (String field : fields) {
            JsonNode value = row.path(field);
            if (value.isValueNode() && !value.isNull()) {
                kept.put(field, cut(SafeText.masked(value.asText(), secrets)));
            }
        }
        return Map.copyOf(kept);
    }

    private static String cut(String text) {
        if (text.length() <= MAX_LENGTH) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
        return text.substring(0, end);
    }

    private static String hash(JsonNode row) throws IOException {
        try {
            byte[] sorted = JSON.writeValueAsBytes(JSON.treeToValue(row, Object.class));
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(sorted));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @CheckForNull
    private static Duration clockOffset(String date, Instant sentAt) {
        try {
            Instant theirs = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Duration.between(sentAt, theirs);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
