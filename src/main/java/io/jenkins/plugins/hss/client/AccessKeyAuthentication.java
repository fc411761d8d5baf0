package io.jenkins.plugins.hss.client;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Signs each request with an access key. */
public final class AccessKeyAuthentication implements Authentication {
    // The key stands in a header before a comma.
    private static final Predicate<String> ACCESS_KEY =
            Pattern.compile("[\\x21-\\x7e&&[^,]]{1,256}").asMatchPredicate();
    private static final Predicate<String> SECRET_KEY =
            Pattern.compile("[\\x21-\\x7e]{1,256}").asMatchPredicate();

    private final String secretKey;
    private final Signer signer;
    private final Clock clock;
    private final SingleFlight<String> projectId = new SingleFlight<>(id -> true);
    private final IamClient iam;
    private final String region;

    /**
     * Takes a permanent access key for requests whose project is known.
     *
     * @param accessKey 1 to 256 visible ASCII characters, no comma
     * @param secretKey 1 to 256 visible ASCII characters
     * @param clock may be off by 15 minutes at most
     * @throws IllegalArgumentException with a message for people where a key is malformed
     */
    public AccessKeyAuthentication(String accessKey, String secretKey, Clock clock) {
        this(accessKey, secretKey, clock, null, null);
    }

    /** Takes a permanent access key, and looks the ID of the region's own project up in IAM. */
    public AccessKeyAuthentication(
            String accessKey, String secretKey, Clock clock, @CheckForNull IamClient iam, @CheckForNull String region) {
        if (!ACCESS_KEY.test(accessKey)) {
            throw new IllegalArgumentException(Messages.AccessKeyAuthentication_accessKey());
        }
        if (!SECRET_KEY.test(secretKey)) {
            throw new IllegalArgumentException(Messages.AccessKeyAuthentication_secretKey());
        }
        this.secretKey = secretKey;
        this.signer = new Signer(accessKey, secretKey);
        this.clock = clock;
        this.iam = iam;
        this.region = region;
    }

    @Override
    public Map<String, String> headers(ApiRequest request, CallContext context) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (request.projectId() != null) {
            headers.put("X-Project-Id", request.projectId());
        }
        Map<String, String> signed = new LinkedHashMap<>(request.headers());
        signed.putAll(headers);
        signed.put("Host", request.host());
        headers.putAll(signer.sign(
                request.method(), request.path(), request.encodedQuery(), signed, request.body(), clock.instant()));
        return headers;
    }

    @Override
    public String projectId(CallContext context) throws IOException, InterruptedException {
        if (iam == null || region == null) {
            HssException.Builder failure = new HssException.Builder(Operation.PROJECT);
            failure.cause = Messages.AccessKeyAuthentication_projectNeeded();
            throw failure.build();
        }
        return projectId.get(() -> iam.projectId(region, this, context), context);
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
