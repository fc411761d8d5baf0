package io.jenkins.plugins.hss.client;

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
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
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
        IamClient iam = new IamClient(TestTransport.of(time), hss.url());
        return new AccessKeyAuthentication(ACCESS_KEY, secretKey, time, iam, FakeHss.REGION);
    }

    private String projectId() throws IOException, InterruptedException {
        return key.projectId(TestContexts.lasting());
    }

    @Test
    void everyCallIsSignedAndTheProjectLookedUpOnce() throws Exception {
        String task = Accounts.submit(client);
        client.task(task);
        client.count(Accounts.export());
        client.cicdAccesses();

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
        client.count(Accounts.export());

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
                TestTransport.of(clock),
                scope,
                new AccessKeyAuthentication(ACCESS_KEY, SECRET_KEY, clock),
                RateLimiter.UNLIMITED,
                TestContexts.lasting());

        Accounts.submit(odd);

        assertEquals(List.of(), hss.violations());
        assertEquals("finance & shop+支付", hss.calls(Api.SUBMIT).get(0).parameter("enterprise_project_id"));
    }

    @Test
    void signsWhatNeedsEncodingInAPath() {
        HssException failure = hssFailure(() -> client.task("支付 a/b?c*~"));

        assertEquals("HSS.0011", failure.code());
        assertTrue(hss.calls(Api.STATUS).get(0).path().endsWith("/%E6%94%AF%E4%BB%98%20a%2Fb%3Fc%2A~"));
    }

    @Test
    void twentyCallersAtOnceLookTheProjectUpOnce() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        hss.next(Api.PROJECTS, held(answer));
        CallContext aborted = TestContexts.lasting();

        Background<String> first = Background.start(this::projectId);
        hss.await(Api.PROJECTS, 1, TestContexts.LONG_ENOUGH);
        List<Background<String>> callers = Stream.generate(() -> Background.start(this::projectId))
                .limit(19)
                .toList();
        Background<String> cancelled =
                Background.start(() -> key.projectId(aborted)).whenWaiting();
        aborted.cancel();
        assertInstanceOf(InterruptedException.class, cancelled.failure());
        answer.countDown();

        assertEquals(FakeHss.PROJECT, first.result());
        for (Background<String> caller : callers) {
            assertEquals(FakeHss.PROJECT, caller.result());
        }
        assertEquals(1, hss.calls(Api.PROJECTS).size());
    }

    @Test
    void aFailedLookUpIsNotKept() throws Exception {
        hss.next(Api.PROJECTS, Answers.iam(403, "Policy doesn't allow iam:projects:listProjects"));

        HssException failure = hssFailure(this::projectId);

        assertEquals(Operation.PROJECT, failure.operation());
        assertEquals(Messages.Hint_projectNeeded(), failure.hint());
        assertEquals(FakeHss.PROJECT, projectId());
        assertEquals(2, hss.calls(Api.PROJECTS).size());
    }

    @Test
    void aRefusedSignatureIsNeverRepeated() {
        AccessKeyAuthentication wrong = key("anotherSecret", clock);

        HssException failure = hssFailure(() -> Accounts.submit(Accounts.client(hss, wrong, clock)));

        assertEquals(401, failure.status());
        assertEquals("APIGW.0301", failure.code());
        assertEquals(Messages.Hint_accessKey(), failure.hint());
        assertEquals(1, hss.calls().size());
        assertFalse(wrong.renew(Map.of()));
    }

    @Test
    void aSubmitRefusedForItsSignatureIsNeverRepeated() throws Exception {
        hss.next(Api.SUBMIT, Answers.gateway(401, "APIGW.0301", "verify aksk signature fail"));

        HssException failure = hssFailure(() -> Accounts.submit(client));

        assertEquals(Messages.Hint_accessKey(), failure.hint());
        assertEquals(1, hss.calls(Api.SUBMIT).size());
        assertEquals(0, hss.tasks());
    }

    @Test
    void aClockThatIsOffIsNamedAsACause() {
        AccessKeyAuthentication late = key(SECRET_KEY, Clock.offset(clock, Duration.ofMinutes(-16)));

        HssException failure = hssFailure(() -> late.projectId(TestContexts.lasting()));

        assertTrue(failure.getMessage().contains("clock"), failure.getMessage());
        assertEquals(1, hss.calls().size());
    }

    @Test
    void aClockThatIsABitOffDoesNoHarm() throws Exception {
        String project =
                key(SECRET_KEY, Clock.offset(clock, Duration.ofMinutes(14))).projectId(TestContexts.lasting());

        assertEquals(FakeHss.PROJECT, project);
    }

    @Test
    void theSecretIsNotShownWhenTheServiceEchoesIt() {
        hss.next(Api.PROJECTS, Answers.iam(400, "the secret " + SECRET_KEY + " is odd"));

        HssException failure = hssFailure(this::projectId);

        assertFalse(failure.getMessage().contains(SECRET_KEY), failure.getMessage());
        assertTrue(failure.getMessage().contains("the secret **** is odd"), failure.getMessage());
        assertFalse(key.toString().contains(SECRET_KEY));
    }

    @Test
    void withoutARegionTheProjectMustBeNamed() {
        AccessKeyAuthentication anywhere = new AccessKeyAuthentication(ACCESS_KEY, SECRET_KEY, clock);

        HssException failure = hssFailure(() -> anywhere.projectId(TestContexts.lasting()));

        assertEquals(Operation.PROJECT, failure.operation());
        assertTrue(
                failure.getMessage().contains(Messages.AccessKeyAuthentication_projectNeeded()), failure.getMessage());
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
