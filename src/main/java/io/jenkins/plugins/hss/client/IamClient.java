package io.jenkins.plugins.hss.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The operations of IAM that the plugin uses; they are outside the budget of calls.
 *
 * <p>Every future ends with a result or with an {@link HssException}; cancelling it ends the exchange under way. What
 * may well succeed a little later is tried three times, what IAM refuses is tried once.
 *
 * @see <a href="https://support.huaweicloud.com/intl/en-us/api-iam/iam_30_0001.html">IAM API reference</a>
 */
public final class IamClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_TRIES = 3;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final Transport transport;
    private final URI endpoint;

    /**
     * Takes the way to IAM.
     *
     * @param endpoint scheme, host and port of IAM, such as {@code https://iam.cn-north-4.myhuaweicloud.com}
     */
    public IamClient(Transport transport, URI endpoint) {
        this.transport = transport;
        this.endpoint = endpoint;
    }

    /** Logs a user in and returns a token for the project. */
    CompletableFuture<IamToken> token(IamUser user, IamProject project) {
        Call call = Call.post(Operation.TOKEN, endpoint, "/v3/auth/tokens", login(user, project))
                .withQuery("nocatalog", "true");
        return send(call, new Login(user), this::readToken);
    }

    /** Returns the ID of the one project that has the region's name. */
    CompletableFuture<String> projectId(String region, Authentication caller) {
        Call call = Call.get(Operation.PROJECT, endpoint, "/v3/projects").withQuery("name", region);
        return send(call, caller, answer -> readProjectId(answer, region));
    }

    private <T> CompletableFuture<T> send(Call call, Authentication caller, Exchange.AnswerReader<T> reader) {
        Exchange exchange = new Exchange(transport, caller, Gate.OPEN);
        return Retry.repeat(
                () -> exchange.send(call, reader),
                (failure, attempt, pause) ->
                        attempt < MOST_TRIES && failure.isTemporary() && pause.compareTo(LONGEST_PAUSE) <= 0,
                transport.later());
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

    private IamToken readToken(Answer answer) throws HssException {
        String header = "X-Subject-Token";
        String value = answer.header(header);
        if (!TokenAuthentication.isToken(value)) {
            throw answer.broken(header);
        }
        Clock clock = transport.clock();
        return new IamToken(value, clock.instant(), readExpiry(answer), answer.id("token.project.id"));
    }

    private static Instant readExpiry(Answer answer) throws HssException {
        String property = "token.expires_at";
        try {
            return Instant.parse(answer.text(property));
        } catch (DateTimeParseException e) {
            throw answer.broken(property);
        }
    }

    private static String readProjectId(Answer answer, String region) throws HssException {
        JsonNode projects = answer.json().path("projects");
        if (!projects.isArray()) {
            throw answer.broken("projects");
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
            Failure failure = new Failure(Operation.PROJECT)
                    .because(Messages.IamClient_projects(Integer.toString(found), region));
            failure.status = answer.status();
            failure.hint = Messages.Hint_projectNeeded();
            throw failure.toException();
        }
        return answer.id("projects." + place + ".id");
    }

    /** Nobody yet: a login proves itself by its body. */
    private record Login(IamUser user) implements Authentication {
        @Override
        public CompletableFuture<Map<String, String>> headers(Call call) {
            return CompletableFuture.completedFuture(Map.of());
        }

        @Override
        public CompletableFuture<String> projectId() {
            return CompletableFuture.failedFuture(new UnsupportedOperationException());
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
