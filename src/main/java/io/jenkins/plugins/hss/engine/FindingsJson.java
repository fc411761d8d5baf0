package io.jenkins.plugins.hss.engine;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Writes what is known of a scan as JSON, and reads it back: our own model, never what HSS answered. */
public final class FindingsJson {
    private static final ObjectMapper JSON = JsonMapper.builder(
                    new JsonFactoryBuilder().characterEscapes(new Escapes()).build())
            .addMixIn(FindingType.class, Word.class)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // Half a document must not look like a whole one, and the stream is the caller's.
            .disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT, JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .disable(JsonParser.Feature.AUTO_CLOSE_SOURCE)
            .build();

    private FindingsJson() {}

    /** Writes a document, and leaves the stream open. */
    public static void write(ScanResult result, OutputStream out) throws IOException {
        JSON.writeValue(out, StoredFindings.of(result));
    }

    /**
     * Reads a document to its end.
     *
     * @throws IOException with a message for people when it is cut, or no such document
     */
    public static StoredFindings read(InputStream in) throws IOException {
        StoredFindings stored;
        try {
            stored = JSON.readValue(in, StoredFindings.class);
        } catch (JsonProcessingException e) {
            // Its message would quote the document.
            throw new IOException(Messages.FindingsJson_unusable());
        } catch (IOException e) {
            throw new IOException(Messages.FindingsJson_unusable(), e);
        }
        if (stored == null || stored.version() != StoredFindings.VERSION) {
            throw new IOException(Messages.FindingsJson_unusable());
        }
        return stored;
    }

    /** Types are written by HSS's words. */
    private interface Word {
        @JsonValue
        String word();
    }

    /** What can't be seen is written as escapes, which say the same. */
    private static final class Escapes extends CharacterEscapes {
        private static final long serialVersionUID = 1;

        @Override
        public int[] getEscapeCodesForAscii() {
            int[] escapes = standardAsciiEscapesForJSON();
            escapes[0x7f] = ESCAPE_STANDARD;
            return escapes;
        }

        @Override
        @CheckForNull
        public SerializableString getEscapeSequence(int unit) {
            return VisibleText.isHidden(unit) ? new SerializedString(VisibleText.escape(unit)) : null;
        }
    }
}
