package io.jenkins.plugins.hss.client;

import static io.jenkins.plugins.hss.client.Accounts.held;
import static io.jenkins.plugins.hss.client.Accounts.hssFailure;
import static io.jenkins.plugins.hss.client.Accounts.together;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.hss.fake.Answer;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.FakeHss;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IamUserAuthenticationTest {
    private static final String PASSWORD = "correct horse \"battery\" staple";

    private final SettableClock clock = new SettableClock();
    private final FakeHss hss = new FakeHss().clock(clock).iamUser("acme", "jenkins", PASSWORD);
    private final IamUserAuthentication user = user(PASSWORD, IamProject.ofRegion(FakeHss.REGION));
    private final HssClient client = Accounts.client(hss, user, clock);

    @AfterEach
    void stopTheService() {
        hss.close();
    }

    private IamUserAuthentication user(String password, IamProject project) {
        IamClient iam = new IamClient(TestTransport.of(clock), hss.url());
        return new IamUserAuthentication(iam, new IamUser("acme", "jenkins", password), project, clock);
    }

    /** Makes a call in a build of its own. */
    private Background<CicdAccesses> build(CallContext context) {
        return Background.start(() -> Accounts.client(hss, user, clock, context).cicdAccesses());
    }

    private List<Background<CicdAccesses>> twentyBuilds() {
        return Stream.generate(() -> build(TestContexts.lasting())).limit(20).toList();
    }

    @Test
    void oneTokenServesAllCallsAndNamesTheProject() throws Exception {
        Accounts.submit(client);
        client.cicdAccesses();

        assertEquals(1, hss.calls(Api.TOKEN).size());
        assertEquals(0, hss.calls(Api.PROJECTS).size());
        assertEquals(FakeHss.PROJECT, user.projectId(TestContexts.lasting()));
        assertEquals(List.of(), hss.violations());
    }

    @Test
    void aTokenCanBeForAProjectNamedByItsId() throws Exception {
        hss.project(FakeHss.REGION + "_shop", "0123456789abcdef0123456789abcdef");
        IamProject shop = IamProject.withId("0123456789abcdef0123456789abcdef");

        assertEquals(shop.value(), user(PASSWORD, shop).projectId(TestContexts.lasting()));
    }

    @Test
    void twentyCallersAtOnceMakeOneTokenRequest() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        hss.next(Api.TOKEN, held(answer));

        List<Background<CicdAccesses>> builds = twentyBuilds();
        answer.countDown();

        for (Background<CicdAccesses> build : builds) {
            build.result();
        }
        assertEquals(1, hss.calls(Api.TOKEN).size());
        assertEquals(20, hss.calls(Api.CICD).size());
    }

    @Test
    void aCancelledCallerDisturbsNobody() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        hss.next(Api.TOKEN, held(answer));
        Background<CicdAccesses> first = build(TestContexts.lasting());
        hss.await(Api.TOKEN, 1, TestContexts.LONG_ENOUGH);
        CallContext context = TestContexts.lasting();
        Background<CicdAccesses> aborted = build(context).whenWaiting();

        context.cancel();
        assertInstanceOf(InterruptedException.class, aborted.failure());
        Background<CicdAccesses> late = build(TestContexts.lasting());
        answer.countDown();

        first.result();
        late.result();
        assertEquals(1, hss.calls(Api.TOKEN).size());
        assertEquals(2, hss.calls(Api.CICD).size());
    }

    @Test
    void aCancelledLoginIsMadeAnewByTheNextCaller() throws Exception {
        hss.next(Api.TOKEN, Answers.stall());
        CallContext context = TestContexts.lasting();
        Background<CicdAccesses> aborted = build(context);
        hss.await(Api.TOKEN, 1, TestContexts.LONG_ENOUGH);
        Background<CicdAccesses> patient = build(TestContexts.lasting()).whenWaiting();

        context.cancel();

        assertInstanceOf(InterruptedException.class, aborted.failure());
        patient.result();
        assertEquals(2, hss.calls(Api.TOKEN).size());
        assertEquals(1, hss.calls(Api.CICD).size());
    }

    @Test
    void renewsADayLongTokenAnHourBeforeItsEnd() throws Exception {
        assertRenewedAfter(Duration.ofDays(1), Duration.ofHours(23));
    }

    @Test
    void renewsAShortTokenWhenATenthIsLeft() throws Exception {
        assertRenewedAfter(Duration.ofMinutes(10), Duration.ofMinutes(9));
    }

    private void assertRenewedAfter(Duration lifetime, Duration age) throws Exception {
        hss.tokensLast(lifetime);
        client.cicdAccesses();
        clock.advance(age.minusMillis(1));
        client.cicdAccesses();
        assertEquals(1, hss.calls(Api.TOKEN).size());

        clock.advance(Duration.ofMillis(1));
        client.cicdAccesses();
        client.cicdAccesses();

        assertEquals(2, hss.calls(Api.TOKEN).size());
        List<String> sent = hss.calls(Api.CICD).stream()
                .map(call -> call.header("X-Auth-Token"))
                .toList();
        assertEquals(sent.get(0), sent.get(1));
        assertNotEquals(sent.get(1), sent.get(2));
        assertEquals(sent.get(2), sent.get(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"APIGW.0301", "APIGW.0307"})
    void aSubmitRefusedForItsTokenIsRepeatedOnceWithANewOne(String code) throws Exception {
        hss.next(Api.SUBMIT, Answers.gateway(401, code, "token expires"));

        Accounts.submit(client);

        assertEquals(2, hss.calls(Api.TOKEN).size());
        assertEquals(2, hss.calls(Api.SUBMIT).size());
        assertNotEquals(
                hss.calls(Api.SUBMIT).get(0).header("X-Auth-Token"),
                hss.calls(Api.SUBMIT).get(1).header("X-Auth-Token"));
        assertEquals(1, hss.tasks());
    }

    @Test
    void twentyBuildsWithTheSameRefusedTokenMakeOneTokenRequest() throws Exception {
        client.cicdAccesses();
        hss.revokeIssuedTokens();
        CountDownLatch allAreRefused = new CountDownLatch(20);
        hss.next(Api.CICD, Collections.nCopies(20, together(allAreRefused)).toArray(Answer[]::new));

        for (Background<CicdAccesses> build : twentyBuilds()) {
            build.result();
        }

        assertEquals(2, hss.calls(Api.TOKEN).size());
        assertEquals(1 + 20 + 20, hss.calls(Api.CICD).size());
    }

    @Test
    void aTokenRefusedLateDoesNotCostTheNewOne() throws Exception {
        Map<String, String> first = headers();
        user.renew(first);
        Map<String, String> second = headers();

        assertTrue(user.renew(first), "a new token is there already");

        assertEquals(second, headers());
        assertEquals(2, hss.calls(Api.TOKEN).size());
    }

    private Map<String, String> headers() throws IOException, InterruptedException {
        return user.headers(ApiRequest.get(Operation.CICD, hss.url(), "/"), TestContexts.lasting());
    }

    @Test
    void aSecondRefusalIsReported() {
        hss.always(Api.CICD, Answers.gateway(401, "APIGW.0301", "not this time"));

        HssException failure = hssFailure(client::cicdAccesses);

        assertEquals(Operation.CICD, failure.operation());
        assertEquals(401, failure.status());
        assertEquals("APIGW.0301", failure.code());
        assertEquals(Messages.Hint_iamToken(), failure.hint());
        assertEquals(2, hss.calls(Api.CICD).size());
        assertEquals(2, hss.calls(Api.TOKEN).size());
    }

    @Test
    void aWrongPasswordIsReportedAtOnceAndNotKept() throws Exception {
        hss.iamUser("acme", "jenkins", "changed meanwhile");

        HssException failure = hssFailure(() -> Accounts.submit(client));

        assertEquals(Operation.TOKEN, failure.operation());
        assertEquals(401, failure.status());
        assertEquals("The username or password is wrong.", failure.serviceMessage());
        assertTrue(failure.getMessage().endsWith(Messages.Hint_iamUser()), failure.getMessage());
        assertFalse(failure.getMessage().contains(PASSWORD));
        assertEquals(1, hss.calls(Api.TOKEN).size());
        assertEquals(0, hss.calls(Api.SUBMIT).size());

        hss.iamUser("acme", "jenkins", PASSWORD);
        Accounts.submit(client);
    }

    @Test
    void aPasswordChangedUnderARunningBuildIsReportedAsSuch() throws Exception {
        client.cicdAccesses();
        hss.iamUser("acme", "jenkins", "changed meanwhile");
        hss.revokeIssuedTokens();

        HssException failure = hssFailure(() -> Accounts.submit(client));

        assertEquals(Operation.TOKEN, failure.operation());
        assertEquals(1, hss.calls(Api.SUBMIT).size());
        assertEquals(2, hss.calls(Api.TOKEN).size());
    }

    @Test
    void aSubmitAddsNoTriesToThoseForItsToken() throws Exception {
        HssClient named = Accounts.client(hss, user, TestTransport.of(clock));
        hss.always(Api.TOKEN, Answers.gateway(503, "APIGW.0613", "unavailable").withHeader("Retry-After", "0"));

        HssException failure = hssFailure(() -> Accounts.submit(named));

        assertEquals(Operation.TOKEN, failure.operation());
        assertEquals(3, hss.calls(Api.TOKEN).size());
        assertEquals(0, hss.calls(Api.SUBMIT).size());
    }

    @Test
    void anIncompleteUserIsRefused() {
        for (List<String> parts : List.of(List.of(" ", "u", "p"), List.of("a", "", "p"), List.of("a", "u", ""))) {
            IllegalArgumentException refusal = assertThrows(
                    IllegalArgumentException.class, () -> new IamUser(parts.get(0), parts.get(1), parts.get(2)));
            assertEquals(Messages.IamUser_incomplete(), refusal.getMessage());
        }
    }
}
