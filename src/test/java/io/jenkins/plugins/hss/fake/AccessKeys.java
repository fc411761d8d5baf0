package io.jenkins.plugins.hss.fake;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The access keys that may sign, and the locks on them. */
final class AccessKeys {
    private static final DateTimeFormatter SDK_DATE = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'");
    private static final Duration TOLERANCE = Duration.ofMinutes(15);
    private static final Duration LOCK = Duration.ofMinutes(5);
    private static final int FAILURES_FORGIVEN = 5;

    private static final class Key {
        private final String secretKey;
        private int failures;
        private Instant lockedUntil = Instant.MIN;

        private Key(String secretKey) {
            this.secretKey = secretKey;
        }
    }

    private final Journal journal;
    private final Map<String, Key> keys = new HashMap<>();

    AccessKeys(Journal journal) {
        this.journal = journal;
    }

    synchronized void add(String accessKey, String secretKey) {
        keys.put(accessKey, new Key(secretKey));
    }

    /** The access key that signed the call; a wrong signature is refused and counted. */
    synchronized String signer(Call call, byte[] body) {
        Signature signature = Signature.parse(call.header("authorization"));
        if (signature == null) {
            journal.violation(call.api() + ": Authorization is no SDK-HMAC-SHA256 signature");
            throw refusal("authorization format is incorrect");
        }
        Key key = keys.get(signature.accessKey());
        if (key == null) {
            throw refusal("AK " + signature.accessKey() + " not exist");
        }
        if (call.at().isBefore(key.lockedUntil)) {
            throw refusal("the AK is locked after too many failures");
        }
        String fault = fault(signature, key, call, body);
        if (fault == null) {
            key.failures = 0;
            return signature.accessKey();
        }
        if (++key.failures > FAILURES_FORGIVEN) {
            key.failures = 0;
            key.lockedUntil = call.at().plus(LOCK);
            throw refusal(fault + "; the AK is locked now");
        }
        throw refusal(fault);
    }

    private String fault(Signature signature, Key key, Call call, byte[] body) {
        List<String> breaches = signature.breaches(call);
        if (!breaches.isEmpty()) {
            breaches.forEach(breach -> journal.violation(call.api() + ": " + breach));
            return String.join("; ", breaches);
        }
        try {
            Instant signed =
                    LocalDateTime.parse(call.header("x-sdk-date"), SDK_DATE).toInstant(ZoneOffset.UTC);
            if (Duration.between(signed, call.at()).abs().compareTo(TOLERANCE) > 0) {
                return "x-sdk-date is more than 15 minutes off";
            }
        } catch (DateTimeParseException e) {
            journal.violation(call.api() + ": x-sdk-date is no yyyyMMdd'T'HHmmss'Z'");
            return "x-sdk-date is malformed";
        }
        return signature.isOf(call, body, key.secretKey) ? null : "verify aksk signature fail";
    }

    private static Refusal refusal(String fault) {
        return new Refusal(Answers.gateway(401, "APIGW.0301", "Incorrect IAM authentication information: " + fault));
    }
}
