package io.jenkins.plugins.hss.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Named.named;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is printed, on purpose or by mistake, shows no secret. */
class PrintedSecretsTest {
    private static final String SECRET = "MIIsecretOfMine";
    private static final URI ENDPOINT = URI.create("https://hss.example.com");
    private static final Transport TRANSPORT = new Transport(
            HttpClient.newHttpClient(),
            HttpClient::newHttpClient,
            HttpClient.newHttpClient(),
            Clock.systemUTC(),
            Duration.ofSeconds(1),
            Map.of("Proxy-Authorization", SECRET),
            TestTransport.USER_AGENT);
    private static final IamUser USER = new IamUser("acme", "jenkins", SECRET);

    static Stream<Named<Object>> holders() {
        IamClient iam = new IamClient(TRANSPORT, ENDPOINT);
        Authentication token = new TokenAuthentication(SECRET);
        ApiRequest login = ApiRequest.post(Operation.TOKEN, ENDPOINT, "/", SECRET.getBytes(StandardCharsets.UTF_8));
        HttpHeaders headers = HttpHeaders.of(Map.of("X-Subject-Token", List.of(SECRET)), (name, value) -> true);
        CallContext context = TestContexts.lasting();
        return Stream.of(
                named("transport", TRANSPORT),
                named("IAM user", USER),
                named("IAM token", new IamToken(SECRET, Instant.now(), Instant.now(), "project")),
                named("token", token),
                named("access key", new AccessKeyAuthentication("AK", SECRET, Clock.systemUTC())),
                named("signer", new Signer("AK", SECRET)),
                named(
                        "IAM user's calls",
                        new IamUserAuthentication(iam, USER, IamProject.withId("p"), Clock.systemUTC())),
                named("IAM client", iam),
                named("request", login),
                named("response", new ApiResponse(login, 201, headers, SECRET.getBytes(StandardCharsets.UTF_8))),
                named("exchange", new Exchange(login)),
                named("HTTP request", new Exchange(login).build(Map.of("X-Auth-Token", SECRET), TRANSPORT)),
                named("calls", new ApiCaller(TRANSPORT, token, RateLimiter.UNLIMITED, context)),
                named(
                        "client",
                        new HssClient(
                                TRANSPORT,
                                new HssClient.Scope(ENDPOINT, null, "p", null),
                                token,
                                RateLimiter.UNLIMITED,
                                context)));
    }

    @ParameterizedTest
    @MethodSource("holders")
    void nothingPrintsItsSecret(Object holder) {
        assertFalse(holder.toString().contains(SECRET), holder::toString);
    }

    @Test
    void aUserIsPrintedByItsNames() {
        assertEquals("acme/jenkins", USER.toString());
    }
}
