package io.jenkins.plugins.hss.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs requests with an access key as {@code SDK-HMAC-SHA256}. */
final class Signer {
    private static final String ALGORITHM = "SDK-HMAC-SHA256";
    private static final String HMAC = "HmacSHA256";
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final String accessKey;
    private final String secretKey;

    Signer(String accessKey, String secretKey) {
        this.accessKey = accessKey;
        this.secretKey = secretKey;
    }

    /**
     * Returns the headers {@code X-Sdk-Date} and {@code Authorization} to be sent along.
     *
     * @param path encoded as {@link Call#encode} does
     * @param query encoded alike and sorted, empty where there is none
     * @param headers what will be sent and is to be signed, by names in any case
     * @param body empty where there is none
     */
    Map<String, String> sign(
            String method, String path, String query, Map<String, String> headers, byte[] body, Instant at) {
        String date = DATE.format(at);
        SortedMap<String, String> signed = new TreeMap<>(Map.of("x-sdk-date", date));
        headers.forEach((name, value) -> signed.put(name.toLowerCase(Locale.ROOT), value.trim()));
        String names = String.join(";", signed.keySet());
        String canonicalRequest = String.join(
                "\n",
                method,
                path.endsWith("/") ? path : path + "/",
                query,
                signed.entrySet().stream()
                        .map(header -> header.getKey() + ":" + header.getValue() + "\n")
                        .collect(Collectors.joining()),
                names,
                sha256(body));
        String signature = hmac(String.join("\n", ALGORITHM, date, sha256(canonicalRequest.getBytes(UTF_8))));
        return Map.of(
                "X-Sdk-Date",
                date,
                "Authorization",
                ALGORITHM + " Access=" + accessKey + ", SignedHeaders=" + names + ", Signature=" + signature);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String hmac(String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secretKey.getBytes(UTF_8), HMAC));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
