package io.jenkins.plugins.hss.client;

import static io.jenkins.plugins.hss.client.Accounts.hssFailure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.FakeHss;
import io.jenkins.plugins.hss.fake.Reply;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IamClientTest {
    private static final String PASSWORD = "p\"ä\\ss wörd";
    private static final String PROJECT_JSON = "\"project\":{\"id\":\"" + FakeHss.PROJECT + "\"}";
    private static final String EXPIRY_JSON = "\"expires_at\":\"2026-11-25T08:00:00.701000Z\"";

    private final SettableClock clock = new SettableClock();
    private final Pauses pauses = new Pauses(clock);
    private final CallContext context = TestContexts.with(pauses, Duration.ofHours(1));
    private final FakeHss hss = new FakeHss().clock(clock).token("given").iamUser("acme", "jenkins", PASSWORD);
    private final IamClient iam = new IamClient(TestTransport.of(clock), hss.url());
    private final IamUser user = new IamUser("acme", "jenkins", PASSWORD);

    @AfterEach
    void stopTheService() {
        hss.close();
    }

    private IamToken token() throws IOException, InterruptedException {
        return iam.token(user, IamProject.ofRegion(FakeHss.REGION), context);
    }

    private String projectId() throws IOException, InterruptedException {
        return projectId(FakeHss.REGION);
    }

    private String projectId(String region) throws IOException, InterruptedException {
        return iam.projectId(region, new TokenAuthentication("given"), context);
    }

    @Test
    void logsIn() throws Exception {
        hss.tokensLast(Duration.ofHours(24));

        IamToken token = token();

        assertEquals(hss.issuedTokens(), List.of(token.value()));
        assertEquals(clock.instant(), token.obtainedAt());
        assertEquals(clock.instant().plus(Duration.ofHours(24)), token.expiresAt());
        assertEquals(FakeHss.PROJECT, token.projectId());
        assertEquals(List.of(), hss.violations());
    }

    @Test
    void scopesALoginByTheNameOrTheIdOfAProject() throws Exception {
        token();
        iam.token(user, IamProject.withId(FakeHss.PROJECT), context);

        JsonNode byName = hss.calls(Api.TOKEN).get(0).json().at("/auth/scope/project");
        JsonNode byId = hss.calls(Api.TOKEN).get(1).json().at("/auth/scope/project");
        assertEquals("{\"name\":\"" + FakeHss.REGION + "\"}", byName.toString());
        assertEquals("{\"id\":\"" + FakeHss.PROJECT + "\"}", byId.toString());
    }

    @Test
    void readsTheExpiryAsDocumented() throws Exception {
        hss.next(Api.TOKEN, issued("{\"token\":{" + EXPIRY_JSON + "," + PROJECT_JSON + ",\"unknown\":[1]}}"));

        assertEquals(Instant.parse("2026-11-25T08:00:00.701Z"), token().expiresAt());
    }

    private static Reply issued(String json) {
        return Answers.status(201, json).withHeader("X-Subject-Token", "MIIfake");
    }

    static Stream<Arguments> brokenAnswers() {
        String good = "{\"token\":{" + EXPIRY_JSON + "," + PROJECT_JSON + "}}";
        return Stream.of(
                arguments("X-Subject-Token", Answers.status(201, good)),
                arguments("X-Subject-Token", Answers.status(201, good).withHeader("X-Subject-Token", "")),
                arguments("X-Subject-Token", Answers.status(201, good).withHeader("X-Subject-Token", "MII fake")),
                arguments("token.expires_at", issued("")),
                arguments("token.expires_at", issued("<html>")),
                arguments("token.expires_at", issued("[]")),
                arguments("token.expires_at", issued("{\"token\":{" + PROJECT_JSON + "}}")),
                arguments("token.expires_at", issued("{\"token\":{\"expires_at\":\"tomorrow\"," + PROJECT_JSON + "}}")),
                arguments("token.expires_at", issued("{\"token\":{\"expires_at\":1," + PROJECT_JSON + "}}")),
                arguments("token.project.id", issued("{\"token\":{" + EXPIRY_JSON + "}}")),
                arguments(
                        "token.project.id",
                        issued("{\"token\":{" + EXPIRY_JSON + ",\"project\":{\"id\":\"../../evil\"}}}")));
    }

    @ParameterizedTest
    @MethodSource("brokenAnswers")
    void namesWhatAnAnswerLacks(String missing, Reply answer) {
        hss.next(Api.TOKEN, answer);

        HssException failure = hssFailure(this::token);

        assertEquals(Operation.TOKEN, failure.operation());
        assertEquals(201, failure.status());
        assertTrue(failure.getMessage().contains("no usable " + missing), failure.getMessage());
        assertFalse(failure.getMessage().contains("fake"), failure.getMessage());
        assertEquals(1, hss.calls(Api.TOKEN).size());
    }

    @Test
    void takesNoOtherStatusForALogin() {
        hss.next(
                Api.TOKEN,
                issued("{\"token\":{" + EXPIRY_JSON + "," + PROJECT_JSON + "}}").withStatus(200));

        assertEquals(200, hssFailure(this::token).status());
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 501})
    void whatIamRefusesIsNotRepeated(int status) {
        hss.always(Api.TOKEN, Answers.iam(status, "no"));

        HssException failure = hssFailure(this::token);

        assertEquals(status, failure.status());
        assertEquals("no", failure.serviceMessage());
        assertFalse(failure.requestId().isEmpty());
        assertEquals(status < 500 ? Messages.Hint_iamUser() : Messages.Hint_unavailable(), failure.hint());
        assertEquals(1, hss.calls(Api.TOKEN).size());
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503})
    void whatIamCannotDoJustNowIsTriedThreeTimes(int status) {
        hss.always(Api.TOKEN, Answers.iam(status, "later").withHeader("Retry-After", "0"));

        assertEquals(status, hssFailure(this::token).status());

        assertEquals(3, hss.calls(Api.TOKEN).size());
    }

    @Test
    void thePausesGrowAsTheyDoElsewhere() {
        hss.always(Api.TOKEN, Answers.iam(500, "later"));

        hssFailure(this::token);

        assertEquals(2, pauses.taken().size());
        assertTrue(pauses.taken().get(0).compareTo(Duration.ofSeconds(1)) <= 0);
        assertTrue(pauses.taken().get(1).compareTo(Duration.ofSeconds(1)) >= 0);
    }

    @Test
    void theDeadlineComesBeforeTheNextTry() {
        hss.always(Api.TOKEN, Answers.iam(503, "later").withHeader("Retry-After", "30"));
        CallContext impatient = TestContexts.with(pauses, Duration.ofSeconds(20));

        assertThrows(
                DeadlineExceededException.class, () -> iam.token(user, IamProject.ofRegion(FakeHss.REGION), impatient));

        assertEquals(1, hss.calls(Api.TOKEN).size());
        assertEquals(List.of(Duration.ofSeconds(20)), pauses.taken());
    }

    @Test
    void aLongPauseIsNotWaitedFor() {
        hss.always(Api.TOKEN, Answers.iam(503, "later").withHeader("Retry-After", "61"));

        assertEquals(503, hssFailure(this::token).status());

        assertEquals(1, hss.calls(Api.TOKEN).size());
    }

    @Test
    void aLostAnswerIsAskedForAgain() throws Exception {
        hss.next(Api.TOKEN, Answers.closeAfterReadingButAct());

        token();

        assertEquals(2, hss.calls(Api.TOKEN).size());
    }

    @Test
    void noConnectionIsReportedInTheEnd() {
        URI nowhere = hss.url();
        hss.close();

        HssException failure = hssFailure(() -> new IamClient(TestTransport.of(clock), nowhere)
                .token(user, IamProject.ofRegion(FakeHss.REGION), context));

        assertEquals(HssException.Delivery.NOT_SENT, failure.delivery());
        assertEquals(2, pauses.taken().size());
        assertEquals(Operation.TOKEN, failure.operation());
    }

    @Test
    void thePasswordIsNotShownInWhateverFormItIsEchoed() {
        hss.next(
                Api.TOKEN,
                exchange -> exchange.send(
                        Answers.iam(400, PASSWORD + " in " + exchange.call().body())));

        HssException failure = hssFailure(this::token);

        assertFalse(failure.getMessage().contains("wörd"), failure.getMessage());
        assertFalse(failure.getMessage().contains("ss w"), failure.getMessage());
    }

    @Test
    void aLoginCanBeCancelled() throws Exception {
        CountDownLatch left = new CountDownLatch(1);
        hss.next(Api.TOKEN, Accounts.counting(left, Answers.stall()));
        Background<IamToken> login = Background.start(this::token);
        hss.await(Api.TOKEN, 1, TestContexts.LONG_ENOUGH);

        context.cancel();

        assertInstanceOf(InterruptedException.class, login.failure());
        Accounts.await(left);
        assertEquals(1, hss.calls(Api.TOKEN).size());
    }

    @Test
    void findsTheProjectOfARegion() throws Exception {
        assertEquals(FakeHss.PROJECT, projectId());
        assertEquals(FakeHss.REGION, hss.calls(Api.PROJECTS).get(0).parameter("name"));
        assertEquals(List.of(), hss.violations());
    }

    @Test
    void ignoresProjectsOfOtherNames() throws Exception {
        hss.next(Api.PROJECTS, Answers.status(200, """
                        {"projects":[{"id":"a","name":"cn-north-4_shop"},
                         {"id":"b","name":"cn-north-4"},{"id":"c"}]}"""));

        assertEquals("b", projectId());
    }

    @Test
    void saysThatThereIsNoProject() {
        HssException failure = hssFailure(() -> projectId("cn-east-3"));

        assertEquals(Operation.PROJECT, failure.operation());
        assertTrue(failure.getMessage().contains("0 projects named cn-east-3"), failure.getMessage());
        assertEquals(Messages.Hint_projectNeeded(), failure.hint());
    }

    @Test
    void saysThatThereAreSeveralProjects() {
        hss.project(FakeHss.REGION, "0123456789abcdef0123456789abcdef");

        HssException failure = hssFailure(this::projectId);

        assertTrue(failure.getMessage().contains("2 projects named cn-north-4"), failure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "{}",
                "{\"projects\":{}}",
                "{\"projects\":[{\"name\":\"cn-north-4\"}]}",
                "{\"projects\":[{\"name\":\"cn-north-4\",\"id\":\"..\"}]}"
            })
    void namesWhatAListOfProjectsLacks(String body) {
        hss.next(Api.PROJECTS, Answers.status(200, body));

        HssException failure = hssFailure(this::projectId);

        assertTrue(failure.getMessage().contains("no usable projects"), failure.getMessage());
        assertEquals(1, hss.calls(Api.PROJECTS).size());
    }
}
