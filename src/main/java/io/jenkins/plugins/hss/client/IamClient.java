package io.jenkins.plugins.hss.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;

/**
 * The operations of IAM that the plugin uses; no rate limit is known for them. What may well succeed a little later is
 * tried three times, what IAM refuses once.
 *
 * @see <a href="https://support.huaweicloud.com/intl/en-us/api-iam/iam_30_0001.html">IAM API reference</a>
 */
public final class IamClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_ATTEMPTS = 3;
    private static final Duration MAX_PAUSE = Duration.ofMinutes(1);

    private final Transport transport;
    private final URI endpoint;

    /** Takes scheme, host and port of IAM, such as {@code https://iam.cn-north-4.myhuaweicloud.com}. */
    public IamClient(Transport transport, URI endpoint) {
        this.transport = transport;
        this.endpoint = endpoint;
    }

    /** Logs a user in and returns a token for the project. */
    IamToken token(IamUser user, IamProject project, CallContext context) throws IOException, InterruptedException {
        ApiRequest request = ApiRequest.post(Operation.TOKEN, endpoint, "/v3/auth/tokens", login(user, project))
                .withQuery("nocatalog", "true");
        return send(request, new Login(user), context, this::readToken);
    }

    /** Returns the ID of the one project that has the region's name. */
    String projectId(String region, Authentication caller, CallContext context)
            throws IOException, InterruptedException {
        ApiRequest request =
                ApiRequest.get(Operation.PROJECT, endpoint, "/v3/projects").withQuery("name", region);
        return send(request, caller, context, response -> readProjectId(response, region));
    }

    private <T> T send(
            ApiRequest request, Authentication caller, CallContext context, ApiCaller.ResponseReader<T> reader)
            throws IOException, InterruptedException {
        ApiCaller api = new ApiCaller(transport, caller, RateLimiter.UNLIMITED, context);
        for (int attempt = 1; ; attempt++) {
            try {
                return api.call(request, reader);
            } catch (HssException e) {
                Duration pause = Backoff.pause(e, attempt);
                if (attempt == MAX_ATTEMPTS || !e.isTemporary() || pause.compareTo(MAX_PAUSE) > 0) {
                    throw e;
                }
                context.sleep(pause);
            }
        }
    }

    private static byte[] login(IamUser user, IamProject project) {
        Map<String, Object> who =
                Map.of("name", user.name(), "password", user.password(), "domain", Map.of("name", user.account()));
        Map<String, Object> identity = Map.of("methods", List.of("password"), "password", Map.of("user", who));
        Map<String, Object> scope = Map.of("project", Map.of(project.property(), project.value()));
        try {
            return JSON.writeValueAsBytes(Map.of("auth", Map.of("identity", identity, "scope", scope)));
        } catch (JsonProcessingException e) {
            // Without its cause, which might quote the password.
            throw new IllegalStateException("maps, lists and texts always make JSON");
        }
    }

    private IamToken readToken(ApiResponse response) throws HssException {
        String header = "X-Subject-Token";
        String value = response.header(header);
        if (!TokenAuthentication.isToken(value)) {
            throw response.unusable(header);
        }
        Clock clock = transport.clock();
        return new IamToken(value, clock.instant(), readExpiry(response), response.id("token.project.id"));
    }

    private static Instant readExpiry(ApiResponse response) throws HssException {
        String property = "token.expires_at";
        try {
            return Instant.parse(response.text(property));
        } catch (DateTimeParseException e) {
            throw response.unusable(property);
        }
    }

    private static String readProjectId(ApiResponse response, String region) throws HssException {
        JsonNode projects = response.json().path("projects");
        if (!projects.isArray()) {
            throw response.unusable("projects");
        }
        int found = 0;
        int place = 0;
        for (int i = 0; i < projects.size(); i++) {
            if (projects.get(i).path("name").asText("").equals(region)) {
                found++;
                place = i;
            }
        }
        if (found != 1) {
            HssException.Builder failure = new HssException.Builder(Operation.PROJECT);
            failure.cause = Messages.IamClient_projects(Integer.toString(found), region);
            failure.status = response.status();
            failure.hint = Messages.Hint_projectNeeded();
            throw failure.build();
        }
        return response.id("projects." + place + ".id");
    }

    /** No authentication headers; the credentials are in the request body. */
    private record Login(IamUser user) implements Authentication {
        @Override
        public Map<String, String> headers(ApiRequest request, CallContext context) {
            return Map.of();
        }

        @Override
        public String projectId(CallContext context) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String refusedHint() {
            return Messages.Hint_iamUser();
        }

        @Override
        public List<String> secrets() {
            return user.secrets();
        }
    }
}
