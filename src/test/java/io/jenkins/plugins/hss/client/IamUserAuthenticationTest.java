package io.jenkins.plugins.hss.client;

import static io.jenkins.plugins.hss.client.Accounts.await;
import static io.jenkins.plugins.hss.client.Accounts.held;
import static io.jenkins.plugins.hss.client.Accounts.hssFailure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.hss.fake.Answer;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.FakeHss;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
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
        IamClient iam = new IamClient(Accounts.transport(clock), hss.url());
        return new IamUserAuthentication(iam, new IamUser("acme", "jenkins", password), project, clock);
    }

    @Test
    void oneTokenServesAllCallsAndNamesTheProject() throws Exception {
        await(client.submit(Accounts.export()));
        await(client.cicdAccesses());

        assertEquals(1, hss.calls(Api.TOKEN).size());
        assertEquals(0, hss.calls(Api.PROJECTS).size());
        assertEquals(FakeHss.PROJECT, await(user.projectId()));
        assertEquals(List.of(), hss.violations());
    }

    @Test
    void aTokenCanBeForAProjectNamedByItsId() throws Exception {
        hss.project(FakeHss.REGION + "_shop", "0123456789abcdef0123456789abcdef");
        IamProject shop = IamProject.withId("0123456789abcdef0123456789abcdef");

        assertEquals(shop.value(), await(user(PASSWORD, shop).projectId()));
    }

    @Test
    void twentyCallersAtOnceMakeOneTokenRequest() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        hss.next(Api.TOKEN, held(answer));

        List<CompletableFuture<CicdAccesses>> builds = IntStream.range(0, 20)
                .parallel()
                .mapToObj(i -> client.cicdAccesses())
                .toList();
        answer.countDown();

        for (CompletableFuture<CicdAccesses> build : builds) {
            await(build);
        }
        assertEquals(1, hss.calls(Api.TOKEN).size());
        assertEquals(20, hss.calls(Api.CICD).size());
    }

    @Test
    void aCancelledCallerDisturbsNobody() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        hss.next(Api.TOKEN, held(answer));
        CompletableFuture<CicdAccesses> aborted = client.cicdAccesses();
        CompletableFuture<CicdAccesses> patient = client.cicdAccesses();
        hss.await(Api.TOKEN, 1, Accounts.LONG_ENOUGH);

        aborted.cancel(true);
        CompletableFuture<CicdAccesses> late = client.cicdAccesses();
        answer.countDown();

        await(patient);
        await(late);
        assertTrue(aborted.isCancelled());
        assertEquals(1, hss.calls(Api.TOKEN).size());
        assertEquals(2, hss.calls(Api.CICD).size());
    }

    @Test
    void aRequestGoesOnWithoutItsOnlyCaller() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        hss.next(Api.TOKEN, held(answer));
        CompletableFuture<String> aborted = user.projectId();
        hss.await(Api.TOKEN, 1, Accounts.LONG_ENOUGH);
        aborted.cancel(true);
        answer.countDown();

        await(client.cicdAccesses());

        assertTrue(aborted.isCancelled());
        assertEquals(1, hss.calls(Api.TOKEN).size());
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
        await(client.cicdAccesses());
        clock.advance(age.minusMillis(1));
        await(client.cicdAccesses());
        assertEquals(1, hss.calls(Api.TOKEN).size());

        clock.advance(Duration.ofMillis(1));
        await(client.cicdAccesses());
        await(client.cicdAccesses());

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

        await(client.submit(Accounts.export()));

        assertEquals(2, hss.calls(Api.TOKEN).size());
        assertEquals(2, hss.calls(Api.SUBMIT).size());
        assertNotEquals(
                hss.calls(Api.SUBMIT).get(0).header("X-Auth-Token"),
                hss.calls(Api.SUBMIT).get(1).header("X-Auth-Token"));
        assertEquals(1, hss.tasks());
    }

    @Test
    void twentyBuildsWithTheSameRefusedTokenMakeOneTokenRequest() throws Exception {
        await(client.cicdAccesses());
        hss.revokeIssuedTokens();
        CountDownLatch allAreRefused = new CountDownLatch(20);
        hss.next(
                Api.CICD,
                Collections.nCopies(20, Accounts.together(allAreRefused)).toArray(Answer[]::new));

        List<CompletableFuture<CicdAccesses>> builds =
                IntStream.range(0, 20).mapToObj(i -> client.cicdAccesses()).toList();
        for (CompletableFuture<CicdAccesses> build : builds) {
            await(build);
        }

        assertEquals(2, hss.calls(Api.TOKEN).size());
        assertEquals(1 + 20 + 20, hss.calls(Api.CICD).size());
    }

    @Test
    void aTokenRefusedLateDoesNotCostTheNewOne() throws Exception {
        var first = await(user.headers(anyCall()));
        user.renew(first);
        var second = await(user.headers(anyCall()));

        assertTrue(user.renew(first), "a new proof is there already");

        assertEquals(second, await(user.headers(anyCall())));
        assertEquals(2, hss.calls(Api.TOKEN).size());
    }

    private Call anyCall() {
        return Call.get(Operation.CICD, hss.url(), "/");
    }

    @Test
    void aSecondRefusalIsReported() {
        hss.always(Api.CICD, Answers.gateway(401, "APIGW.0301", "not this time"));

        HssException failure = hssFailure(client.cicdAccesses());

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

        HssException failure = hssFailure(client.submit(Accounts.export()));

        assertEquals(Operation.TOKEN, failure.operation());
        assertEquals(401, failure.status());
        assertEquals("The username or password is wrong.", failure.serviceMessage());
        assertTrue(failure.getMessage().endsWith(Messages.Hint_iamUser()), failure.getMessage());
        assertFalse(failure.getMessage().contains(PASSWORD));
        assertEquals(1, hss.calls(Api.TOKEN).size());
        assertEquals(0, hss.calls(Api.SUBMIT).size());

        hss.iamUser("acme", "jenkins", PASSWORD);
        await(client.submit(Accounts.export()));
    }

    @Test
    void aPasswordChangedUnderARunningBuildIsReportedAsSuch() throws Exception {
        await(client.cicdAccesses());
        hss.iamUser("acme", "jenkins", "changed meanwhile");
        hss.revokeIssuedTokens();

        HssException failure = hssFailure(client.submit(Accounts.export()));

        assertEquals(Operation.TOKEN, failure.operation());
        assertEquals(1, hss.calls(Api.SUBMIT).size());
        assertEquals(2, hss.calls(Api.TOKEN).size());
    }

    @Test
    void aSubmitAddsNoTriesToThoseForItsToken() throws Exception {
        HssClient.Scope scope = new HssClient.Scope(hss.url(), FakeHss.REGION, FakeHss.PROJECT, null);
        HssClient named = new HssClient(Accounts.transport(clock), scope, user, Gate.OPEN);
        hss.always(Api.TOKEN, Answers.gateway(503, "APIGW.0613", "unavailable").withHeader("Retry-After", "0"));

        HssException failure = hssFailure(named.submit(Accounts.export()));

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
