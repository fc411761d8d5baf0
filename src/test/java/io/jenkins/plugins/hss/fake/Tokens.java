package io.jenkins.plugins.hss.fake;

import io.jenkins.plugins.hss.fake.Projects.Project;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tokens that are accepted, and the IAM users who get new ones. */
final class Tokens {
    private record User(String domain, String name) {}

    private record Issue(User user, Instant expiresAt, boolean revoked) {}

    private static final DateTimeFormatter EXPIRY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Map<String, String> given = new HashMap<>();
    private final Map<User, String> passwords = new HashMap<>();
    private final Map<String, Issue> issued = new LinkedHashMap<>();
    private Duration lifetime = Duration.ofDays(1);

    synchronized void add(String token) {
        given.put(token, "token " + token);
    }

    synchronized void addUser(String domain, String name, String password) {
        passwords.put(new User(domain, name), password);
    }

    synchronized void last(Duration duration) {
        lifetime = duration;
    }

    synchronized void revokeIssued() {
        issued.replaceAll((token, issue) -> new Issue(issue.user(), issue.expiresAt(), true));
    }

    synchronized List<String> issued() {
        return List.copyOf(issued.keySet());
    }

    /** The account behind a token. */
    synchronized String account(String token, Instant now) {
        if (given.containsKey(token)) {
            return given.get(token);
        }
        Issue issue = issued.get(token);
        if (issue == null) {
            throw refusal("APIGW.0301", "Incorrect IAM authentication information: decrypt token fail");
        }
        if (issue.revoked()) {
            throw refusal("APIGW.0307", "The token must be updated.");
        }
        if (!now.isBefore(issue.expiresAt())) {
            throw refusal("APIGW.0301", "Incorrect IAM authentication information: token expires");
        }
        return "user " + issue.user();
    }

    private static Refusal refusal(String code, String message) {
        return new Refusal(Answers.gateway(401, code, message));
    }

    /** The answer to a login. */
    synchronized Reply issue(String domain, String name, String password, Project project, Instant now) {
        User user = new User(domain, name);
        if (!password.equals(passwords.get(user))) {
            return Answers.iam(401, "The username or password is wrong.");
        }
        byte[] bytes = new byte[1200];
        RANDOM.nextBytes(bytes);
        String token = "MII" + Base64.getEncoder().encodeToString(bytes).replace('/', '-');
        Instant expiresAt = now.plus(lifetime);
        issued.put(token, new Issue(user, expiresAt, false));
        Map<String, Object> body = Json.object(
                "expires_at", EXPIRY.format(expiresAt), "methods", List.of("password"), "project", project.json());
        return Reply.json(201, Map.of("token", body)).withHeader("X-Subject-Token", token);
    }
}
