package io.jenkins.plugins.hss.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The body of one export call: only what was asked for, in the order of the API, every value checked. */
public final class ExportRequest {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** What the call that counts records takes in its query or not at all. */
    private static final Set<ExportField> NO_FILTERS =
            Set.of(ExportField.EXPORT_SIZE, ExportField.SECURITY_REPORT_TYPE);

    private final Map<ExportField, Object> values;

    private ExportRequest(Map<ExportField, Object> values) {
        this.values = values;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Returns the kind of findings asked for, such as {@code malwares}. */
    public String reportType() {
        return (String) values.get(ExportField.SECURITY_REPORT_TYPE);
    }

    /** Returns the values that the API doesn't document, by their fields: perhaps misspelt, perhaps newer. */
    public Map<ExportField, String> unknownWords() {
        Map<ExportField, String> unknown = new EnumMap<>(ExportField.class);
        values.forEach((field, value) -> {
            if (value instanceof String word && field.isUnknown(word)) {
                unknown.put(field, word);
            }
        });
        return unknown;
    }

    /** Returns the body of the export call as UTF-8. */
    byte[] toJson() {
        return toJson(Set.of());
    }

    /** Returns the body of the call that counts the matching records as UTF-8. */
    byte[] filtersToJson() {
        return toJson(NO_FILTERS);
    }

    private byte[] toJson(Set<ExportField> without) {
        Map<String, Object> body = new LinkedHashMap<>();
        values.forEach((field, value) -> {
            if (!without.contains(field)) {
                body.put(field.jsonName(), value);
            }
        });
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts, numbers, booleans and lists always make JSON", e);
        }
    }

    /** Collects the fields of a request. */
    public static final class Builder {
        private final Map<ExportField, Object> values = new EnumMap<>(ExportField.class);

        private Builder() {}

        /**
         * Asks for {@code value}; null asks for nothing.
         *
         * @throws IllegalArgumentException with a message for people when the API would refuse the value
         */
        public Builder with(ExportField field, @CheckForNull Object value) {
            if (value != null) {
                field.check(value);
                values.put(field, value instanceof List<?> items ? List.copyOf(items) : value);
            }
            return this;
        }

        /**
         * Returns the request; {@code operate_all} is true exactly when no image IDs are given.
         *
         * @throws IllegalArgumentException with a message for people when a required field is missing, or a
         *     range can hold nothing
         */
        public ExportRequest build() {
            values.put(ExportField.OPERATE_ALL, !values.containsKey(ExportField.IMAGE_ID_LIST));
            for (ExportField required : NO_FILTERS) {
                if (!values.containsKey(required)) {
                    throw new IllegalArgumentException(Messages.Constraint_required(required.parameter()));
                }
            }
            checkRange(ExportField.START_LATEST_UPDATE_TIME, ExportField.END_LATEST_UPDATE_TIME);
            checkRange(ExportField.START_LATEST_SCAN_TIME, ExportField.END_LATEST_SCAN_TIME);
            return new ExportRequest(new EnumMap<>(values));
        }

        private void checkRange(ExportField start, ExportField end) {
            if (values.get(start) instanceof Long from && values.get(end) instanceof Long to && from > to) {
                throw new IllegalArgumentException(
                        Messages.ExportRequest_emptyRange(start.parameter(), end.parameter()));
            }
        }
    }
}
