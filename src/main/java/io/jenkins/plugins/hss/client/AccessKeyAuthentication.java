package io.jenkins.plugins.hss.client;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A caller who signs each call with an access key. */
public final class AccessKeyAuthentication implements Authentication {
    // The key stands in a header before a comma.
    private static final Predicate<String> ACCESS_KEY =
            Pattern.compile("[\\x21-\\x7e&&[^,]]{1,256}").asMatchPredicate();
    private static final Predicate<String> SECRET_KEY =
            Pattern.compile("[\\x21-\\x7e]{1,256}").asMatchPredicate();

    private final String secretKey;
    private final Signer signer;
    private final Clock clock;
    private final Shared<String> projectId;

    /**
     * Takes a permanent access key for calls of projects named elsewhere.
     *
     * @param accessKey 1 to 256 visible ASCII characters, no comma
     * @param secretKey 1 to 256 visible ASCII characters
     * @param clock may be off by 15 minutes at the most
     * @throws IllegalArgumentException with a message for people where a key is malformed
     */
    public AccessKeyAuthentication(String accessKey, String secretKey, Clock clock) {
        this(
                accessKey,
                secretKey,
                clock,
                caller -> CompletableFuture.failedFuture(
                        new IllegalArgumentException(Messages.AccessKeyAuthentication_projectNeeded())));
    }

    /** Takes a permanent access key that also lets IAM tell the ID of a region's own project. */
    public AccessKeyAuthentication(String accessKey, String secretKey, Clock clock, IamClient iam, String region) {
        this(accessKey, secretKey, clock, caller -> iam.projectId(region, caller));
    }

    private AccessKeyAuthentication(String accessKey, String secretKey, Clock clock, ProjectLookup lookup) {
        if (!ACCESS_KEY.test(accessKey)) {
            throw new IllegalArgumentException(Messages.AccessKeyAuthentication_accessKey());
        }
        if (!SECRET_KEY.test(secretKey)) {
            throw new IllegalArgumentException(Messages.AccessKeyAuthentication_secretKey());
        }
        this.secretKey = secretKey;
        this.signer = new Signer(accessKey, secretKey);
        this.clock = clock;
        this.projectId = new Shared<>(() -> lookup.projectId(this), id -> true);
    }

    private interface ProjectLookup {
        CompletableFuture<String> projectId(Authentication caller);
    }

    @Override
    public CompletableFuture<Map<String, String>> headers(Call call) {
        Map<String, String> proof = new LinkedHashMap<>();
        if (call.projectId() != null) {
            proof.put("X-Project-Id", call.projectId());
        }
        Map<String, String> signed = new LinkedHashMap<>(call.headers());
        signed.putAll(proof);
        signed.put("Host", call.host());
        proof.putAll(
                signer.sign(call.method(), call.path(), call.encodedQuery(), signed, call.body(), clock.instant()));
        return CompletableFuture.completedFuture(proof);
    }

    @Override
    public CompletableFuture<String> projectId() {
        return projectId.get();
    }

    @Override
    public String refusedHint() {
        return Messages.Hint_accessKey();
    }

    @Override
    public List<String> secrets() {
        return List.of(secretKey);
    }
}
