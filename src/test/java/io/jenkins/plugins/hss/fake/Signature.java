package io.jenkins.plugins.hss.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The SDK-HMAC-SHA256 signature that a request brings. */
record Signature(String accessKey, List<String> signedHeaders, String value) {
    private static final String ALGORITHM = "SDK-HMAC-SHA256";
    private static final Pattern AUTHORIZATION =
            Pattern.compile(ALGORITHM + " Access=([^, ]+), ?SignedHeaders=([^, ]+), ?Signature=([0-9a-f]{64})");

    /** The signature in an Authorization header, or null. */
    static Signature parse(String authorization) {
        Matcher matcher = AUTHORIZATION.matcher(authorization);
        return matcher.matches()
                ? new Signature(matcher.group(1), List.of(matcher.group(2).split(";")), matcher.group(3))
                : null;
    }

    /** What the signature leaves out or gets wrong, whatever the key. */
    List<String> breaches(Call call) {
        List<String> breaches = new ArrayList<>();
        for (String name : List.of("host", "x-sdk-date", "x-project-id", "x-security-token")) {
            boolean due = name.equals("x-sdk-date") || call.header(name) != null;
            if (due && !signedHeaders.contains(name)) {
                breaches.add(name + " must be signed");
            }
        }
        if (!signedHeaders.equals(signedHeaders.stream().sorted().distinct().toList())) {
            breaches.add("SignedHeaders must be sorted");
        }
        for (String name : signedHeaders) {
            if (!call.headers().containsKey(name)) {
                breaches.add("SignedHeaders names " + name + ", which isn't sent");
            }
        }
        return breaches;
    }

    boolean isOf(Call call, byte[] body, String secretKey) {
        String stringToSign = ALGORITHM + "\n" + call.header("x-sdk-date") + "\n"
                + sha256(canonicalRequest(call, body).getBytes(UTF_8));
        return value.equals(hmac(secretKey, stringToSign));
    }

    String canonicalRequest(Call call, byte[] body) {
        String uri = List.of(call.path().split("/")).stream()
                .map(segment -> Encoding.encode(Encoding.decodeSegment(segment)) + "/")
                .collect(Collectors.joining());
        String query = Encoding.query(call.query()).stream()
                .sorted(Comparator.comparing(Encoding.Parameter::name).thenComparing(Encoding.Parameter::value))
                .map(parameter -> Encoding.encode(parameter.name()) + "=" + Encoding.encode(parameter.value()))
                .collect(Collectors.joining("&"));
        String headers = signedHeaders.stream()
                .map(name -> name + ":" + call.headers().getOrDefault(name, "") + "\n")
                .collect(Collectors.joining());
        return String.join("\n", call.method(), uri, query, headers, String.join(";", signedHeaders), sha256(body));
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hmac(String secretKey, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secretKey.getBytes(UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
