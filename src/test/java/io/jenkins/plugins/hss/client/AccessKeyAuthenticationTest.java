package io.jenkins.plugins.hss.client;

import static io.jenkins.plugins.hss.client.Accounts.await;
import static io.jenkins.plugins.hss.client.Accounts.failure;
import static io.jenkins.plugins.hss.client.Accounts.held;
import static io.jenkins.plugins.hss.client.Accounts.hssFailure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.FakeHss;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessKeyAuthenticationTest {
    private static final String ACCESS_KEY = "HSSFAKEACCESSKEY0001";
    private static final String SECRET_KEY = "fakeSecretKey/0123456789+abcdefghijklmno";

    private final SettableClock clock = new SettableClock();
    private final FakeHss hss = new FakeHss().clock(clock).accessKey(ACCESS_KEY, SECRET_KEY);
    private final AccessKeyAuthentication key = key(SECRET_KEY, clock);
    private final HssClient client = Accounts.client(hss, key, clock);

    @AfterEach
    void stopTheService() {
        hss.close();
    }

    private AccessKeyAuthentication key(String secretKey, Clock time) {
        IamClient iam = new IamClient(Accounts.transport(time), hss.url());
        return new AccessKeyAuthentication(ACCESS_KEY, secretKey, time, iam, FakeHss.REGION);
    }

    @Test
    void everyCallIsSignedAndTheProjectLookedUpOnce() throws Exception {
        String task = await(client.submit(Accounts.export()));
        await(client.task(task));
        await(client.count(Accounts.export()));
        await(client.cicdAccesses());

        assertEquals(List.of(), hss.violations());
        assertEquals(1, hss.calls(Api.PROJECTS).size());
        assertEquals(0, hss.calls(Api.TOKEN).size());
        assertNull(hss.calls(Api.PROJECTS).get(0).header("X-Project-Id"));
        for (Api api : List.of(Api.SUBMIT, Api.STATUS, Api.STATISTIC, Api.CICD)) {
            assertEquals(FakeHss.PROJECT, hss.calls(api).get(0).header("X-Project-Id"));
            assertNull(hss.calls(api).get(0).header("X-Auth-Token"));
        }
    }

    @Test
    void signsAllThatIsSentForTheService() throws Exception {
        await(client.count(Accounts.export()));

        String authorization = hss.calls(Api.STATISTIC).get(0).header("Authorization");
        assertTrue(
                authorization.contains("SignedHeaders=content-type;host;region;x-project-id;x-sdk-date,"),
                authorization);
    }

    @Test
    void signsWhatNeedsEncoding() throws Exception {
        String project = "a.b_c~d-e";
        hss.project("elsewhere", project);
        HssClient.Scope scope = new HssClient.Scope(hss.url(), FakeHss.REGION, project, "finance & shop+支付");
        HssClient odd = new HssClient(
                Accounts.transport(clock),
                scope,
                new AccessKeyAuthentication(ACCESS_KEY, SECRET_KEY, clock),
                Gate.OPEN);

        await(odd.submit(Accounts.export()));

        assertEquals(List.of(), hss.violations());
        assertEquals("finance & shop+支付", hss.calls(Api.SUBMIT).get(0).parameter("enterprise_project_id"));
    }

    @Test
    void twentyCallersAtOnceLookTheProjectUpOnce() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        hss.next(Api.PROJECTS, held(answer));

        List<CompletableFuture<String>> callers =
                IntStream.range(0, 20).parallel().mapToObj(i -> key.projectId()).toList();
        callers.get(7).cancel(true);
        answer.countDown();

        for (CompletableFuture<String> caller : callers) {
            if (!caller.isCancelled()) {
                assertEquals(FakeHss.PROJECT, await(caller));
            }
        }
        assertEquals(1, hss.calls(Api.PROJECTS).size());
    }

    @Test
    void aFailedLookUpIsNotKept() throws Exception {
        hss.next(Api.PROJECTS, Answers.iam(403, "Policy doesn't allow iam:projects:listProjects"));

        HssException failure = hssFailure(key.projectId());

        assertEquals(Operation.PROJECT, failure.operation());
        assertEquals(Messages.Hint_projectNeeded(), failure.hint());
        assertEquals(FakeHss.PROJECT, await(key.projectId()));
        assertEquals(2, hss.calls(Api.PROJECTS).size());
    }

    @Test
    void aRefusedSignatureIsNeverRepeated() {
        AccessKeyAuthentication wrong = key("anotherSecret", clock);

        HssException failure = hssFailure(Accounts.client(hss, wrong, clock).submit(Accounts.export()));

        assertEquals(401, failure.status());
        assertEquals("APIGW.0301", failure.code());
        assertEquals(Messages.Hint_accessKey(), failure.hint());
        assertEquals(1, hss.calls().size());
        assertFalse(wrong.renew(Map.of()));
    }

    @Test
    void aSubmitRefusedForItsSignatureIsNeverRepeated() throws Exception {
        hss.next(Api.SUBMIT, Answers.gateway(401, "APIGW.0301", "verify aksk signature fail"));

        HssException failure = hssFailure(client.submit(Accounts.export()));

        assertEquals(Messages.Hint_accessKey(), failure.hint());
        assertEquals(1, hss.calls(Api.SUBMIT).size());
        assertEquals(0, hss.tasks());
    }

    @Test
    void aClockThatIsOffIsNamedAsACause() {
        AccessKeyAuthentication late = key(SECRET_KEY, Clock.offset(clock, Duration.ofMinutes(-16)));

        HssException failure = hssFailure(late.projectId());

        assertTrue(failure.getMessage().contains("clock"), failure.getMessage());
        assertEquals(1, hss.calls().size());
    }

    @Test
    void aClockThatIsABitOffDoesNoHarm() throws Exception {
        await(key(SECRET_KEY, Clock.offset(clock, Duration.ofMinutes(14))).projectId());
    }

    @Test
    void theSecretIsNotShownWhenTheServiceEchoesIt() {
        hss.next(Api.PROJECTS, Answers.iam(400, "the secret " + SECRET_KEY + " is odd"));

        HssException failure = hssFailure(key.projectId());

        assertFalse(failure.getMessage().contains(SECRET_KEY), failure.getMessage());
        assertTrue(failure.getMessage().contains("the secret **** is odd"), failure.getMessage());
        assertFalse(key.toString().contains(SECRET_KEY));
    }

    @Test
    void withoutARegionTheProjectMustBeNamed() {
        AccessKeyAuthentication anywhere = new AccessKeyAuthentication(ACCESS_KEY, SECRET_KEY, clock);

        Throwable failure = failure(anywhere.projectId());

        assertInstanceOf(IllegalArgumentException.class, failure);
        assertEquals(Messages.AccessKeyAuthentication_projectNeeded(), failure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "a b", "a\r\nX-Evil: 1", "项目"})
    void aProjectThatCannotStandInPathAndHeaderIsRefused(String project) {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> new HssClient.Scope(hss.url(), null, project, null));

        assertEquals(Messages.HssClient_projectId(), refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A B", "A,B", "A\nB", "Ä"})
    void aMalformedAccessKeyIsRefused(String malformed) {
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class, () -> new AccessKeyAuthentication(malformed, SECRET_KEY, clock));

        assertEquals(Messages.AccessKeyAuthentication_accessKey(), refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secret ", "sec\nret", "sécret"})
    void aMalformedSecretKeyIsRefused(String malformed) {
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class, () -> new AccessKeyAuthentication(ACCESS_KEY, malformed, clock));

        assertEquals(Messages.AccessKeyAuthentication_secretKey(), refusal.getMessage());
    }
}
