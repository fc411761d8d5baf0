package io.jenkins.plugins.hss.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.hss.client.AccessKeyAuthentication;
import io.jenkins.plugins.hss.client.Authentication;
import io.jenkins.plugins.hss.client.HssException;
import io.jenkins.plugins.hss.client.IamClient;
import io.jenkins.plugins.hss.client.IamProject;
import io.jenkins.plugins.hss.client.IamUser;
import io.jenkins.plugins.hss.client.IamUserAuthentication;
import io.jenkins.plugins.hss.client.Operation;
import io.jenkins.plugins.hss.client.TestContexts;
import io.jenkins.plugins.hss.client.TestTransport;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.FakeHss;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What IAM is asked before and between the calls of an export. */
class LoginTest extends ExportFixture {
    private static final String PASSWORD = "password-that-nobody-may-see";
    private static final String SECRET_KEY = "secret-key-that-nobody-may-see";

    /** Whose calls need IAM, and what they ask it. */
    enum Caller {
        IAM_USER(Api.TOKEN, Operation.TOKEN),
        ACCESS_KEY(Api.PROJECTS, Operation.PROJECT);

        private final Api api;
        private final Operation operation;

        Caller(Api api, Operation operation) {
            this.api = api;
            this.operation = operation;
        }
    }

    @BeforeEach
    void open() {
        hss.clock(clock).iamUser("acme", "ci", PASSWORD).accessKey("AK", SECRET_KEY);
    }

    private Export by(Caller caller) {
        IamClient iam = new IamClient(TestTransport.of(clock), hss.url());
        Authentication authentication =
                switch (caller) {
                    case IAM_USER ->
                        new IamUserAuthentication(
                                iam, new IamUser("acme", "ci", PASSWORD), IamProject.ofRegion(FakeHss.REGION), clock);
                    case ACCESS_KEY -> new AccessKeyAuthentication("AK", SECRET_KEY, clock, iam, FakeHss.REGION);
                };
        return exportWithoutPauses().as(authentication).inOwnProject();
    }

    @ParameterizedTest
    @EnumSource
    void iamIsAskedBeforeTheSubmitIsMarkedAndOnlyOnce(Caller caller) throws Exception {
        recorder.at(
                Recorder.Moment.SENDING,
                () -> assertEquals(1, hss.calls(caller.api).size()));

        by(caller).result();

        assertEquals(List.of("sending", "submitted " + task()), recorder.told().subList(0, 2));
        assertEquals(1, hss.calls(caller.api).size());
    }

    @ParameterizedTest
    @EnumSource
    void failureThatPassesIsMetByThreeTriesInAll(Caller caller) throws Exception {
        hss.next(caller.api, Answers.iam(500, "busy"), Answers.iam(503, "busy"));

        by(caller).with(Export.SUBMIT).result();

        assertEquals(3, hss.calls(caller.api).size());
        assertEquals(2, pauses.taken().size());
        assertEquals(0, recorder.count("retrying"));
    }

    @ParameterizedTest
    @EnumSource
    void failureOfIamIsNotRepeatedByTheSubmit(Caller caller) {
        hss.always(caller.api, Answers.iam(503, "busy"));

        HssException failure = by(caller).failure(HssException.class);

        assertEquals(caller.operation, failure.operation());
        assertEquals(3, hss.calls(caller.api).size());
        assertEquals(List.of(), recorder.told());
        assertEquals(0, hss.calls(Api.SUBMIT).size());
    }

    @ParameterizedTest
    @EnumSource
    void throttlingOfIamIsNotRepeatedByTheSubmit(Caller caller) {
        hss.always(caller.api, Answers.gateway(429, "APIGW.0308", "throttled"));

        HssException failure = by(caller).failure(HssException.class);

        assertEquals(caller.operation, failure.operation());
        assertEquals(3, hss.calls(caller.api).size());
        assertEquals(List.of(), recorder.told());
    }

    @ParameterizedTest
    @EnumSource
    void refusalOfIamEndsAtOnceWithoutAMark(Caller caller) {
        hss.always(caller.api, Answers.iam(403, "no " + PASSWORD + SECRET_KEY));

        HssException failure = by(caller).failure(HssException.class);

        assertEquals(403, failure.status());
        assertEquals(1, hss.calls(caller.api).size());
        assertEquals(List.of(), recorder.told());
        assertFalse(failure.getMessage().contains(caller == Caller.IAM_USER ? PASSWORD : SECRET_KEY));
    }

    @Test
    void submitWithATokenThatHasEndedIsRepeatedOnceWithANewOne() throws Exception {
        Export first = by(Caller.IAM_USER).with(Export.SUBMIT);
        first.result();
        hss.revokeIssuedTokens();

        first.result();

        assertEquals(2, hss.tasks());
        assertEquals(2, hss.calls(Api.TOKEN).size());
        assertEquals(
                List.of(
                        "sending",
                        "created nothing",
                        "sending",
                        "submitted " + hss.taskIds().get(1)),
                recorder.told().subList(2, 6));
        assertEquals(List.of(), pauses.taken());
    }

    @Test
    void submitThatIsRefusedWithANewTokenTooIsNotRepeated() {
        hss.always(Api.SUBMIT, Answers.gateway(401, "APIGW.0301", "decrypt token fail"));

        assertEquals(401, by(Caller.IAM_USER).failure(HssException.class).status());

        assertEquals(2, hss.calls(Api.SUBMIT).size());
        assertEquals("created nothing", recorder.last());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void tokenThatEndsWhileTheTaskRunsIsRenewed(int days) throws Exception {
        hss.tokensLast(Duration.ofHours(12)).exportsTake(Duration.ofDays(days));

        by(Caller.IAM_USER)
                .within(TestContexts.with(pauses, Duration.ofDays(7)))
                .every(new PollInterval(Duration.ofHours(1), Duration.ofHours(1)))
                .result();

        assertEquals("downloaded [报告.csv]", recorder.last());
        assertEquals(1, hss.tasks());
        int logins = hss.calls(Api.TOKEN).size();
        assertTrue(logins >= 2 * days && logins <= 2 * days + 2, logins + " logins");
    }
}
