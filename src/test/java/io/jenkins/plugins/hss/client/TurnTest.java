package io.jenkins.plugins.hss.client;

import static io.jenkins.plugins.hss.client.Accounts.await;
import static io.jenkins.plugins.hss.client.Accounts.failure;
import static io.jenkins.plugins.hss.client.Accounts.hssFailure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.FakeHss;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every turn that a call is granted is given back exactly once, whatever becomes of the call. */
class TurnTest extends CountedTurns {
    @Test
    void anAnsweredCallIsMade() throws Exception {
        await(submit());

        assertTurns("made");
    }

    @Test
    void aRefusedCallIsMade() {
        hss.next(Api.SUBMIT, Answers.hss(400, "HSS.0001", "no"));

        hssFailure(submit());

        assertTurns("made");
    }

    @Test
    void aLostAnswerLeavesTheCallMade() {
        hss.next(Api.SUBMIT, Answers.closeAfterReading());

        hssFailure(submit());

        assertTurns("made");
    }

    @Test
    void aThrottledCallClosesTheGateForAWhile() throws Exception {
        hss.next(Api.SUBMIT, Answers.gateway(429, "APIGW.0308", "slow").withHeader("Retry-After", "9"));

        await(submit());

        assertTurns("throttled for 9", "made");
    }

    @Test
    void aCallThatReachesNobodyIsUnused() {
        hss.close();

        hssFailure(client(TOKEN, transport).task("a"));

        assertTurns("unused");
    }

    @Test
    void aRequestThatCannotBeBuiltIsUnusedAndNamesTheOperation() {
        GivenProof odd = new GivenProof(() -> CompletableFuture.completedFuture(Map.of("X-Auth-Token", "a\nb")));

        HssException failure = hssFailure(client(odd, transport).submit(Accounts.export()));

        assertEquals(HssException.Fate.NOT_SENT, failure.fate());
        assertEquals(Operation.SUBMIT, failure.operation());
        assertFalse(failure.isTemporary());
        assertTrue(
                failure.getMessage().startsWith("Submitting the export to HSS failed: the request could not be built"),
                failure.getMessage());
        assertTurns("unused");
        assertEquals(List.of(), pauses.taken());
    }

    @ParameterizedTest
    @ValueSource(strings = {"https:///", "mailto:a@example.com", "hss.example.com", "ftp://example.com"})
    void anEndpointThatIsNoneEndsInAnHssException(String endpoint) {
        HssClient.Scope scope = new HssClient.Scope(URI.create(endpoint), FakeHss.REGION, FakeHss.PROJECT, null);

        HssException failure = hssFailure(new HssClient(transport, scope, TOKEN, gate).submit(Accounts.export()));

        assertEquals(HssException.Fate.NOT_SENT, failure.fate());
        assertTurns("unused");
    }

    @Test
    void aRegionThatCannotStandInAHeaderEndsInAnHssException() {
        HssClient.Scope scope = new HssClient.Scope(hss.url(), "cn\r\nX-Evil: 1", FakeHss.PROJECT, null);

        HssException failure = hssFailure(new HssClient(transport, scope, TOKEN, gate).task("a"));

        assertEquals(HssException.Fate.NOT_SENT, failure.fate());
        assertEquals(Operation.STATUS, failure.operation());
        assertFalse(failure.getMessage().contains("\n"), failure.getMessage());
        assertTurns("unused");
    }

    @Test
    void aTaskIdThatCannotStandInAUriEndsInAnHssException() {
        HssException failure = hssFailure(client(TOKEN, transport).task("a b"));

        assertEquals(HssException.Fate.NOT_SENT, failure.fate());
        assertTurns("unused");
    }

    @Test
    void aProofThatCannotBeHadIsUnused() {
        GivenProof nobody = new GivenProof(() -> CompletableFuture.failedFuture(new IllegalStateException("no proof")));

        HssException failure = hssFailure(client(nobody, transport).submit(Accounts.export()));

        assertTrue(failure.getMessage().contains("no proof"), failure.getMessage());
        assertTurns("unused");
    }

    @Test
    void aProofThatThrowsIsUnused() {
        GivenProof broken = new GivenProof(() -> {
            throw new LinkageError("broken");
        });

        hssFailure(client(broken, transport).submit(Accounts.export()));

        assertTurns("unused");
    }

    @Test
    void aLoginThatIamRefusesIsUnusedAndReportedAsItIs() {
        IamClient iam = new IamClient(transport, hss.url());
        IamUser user = new IamUser("acme", "jenkins", "wrong");
        IamUserAuthentication stranger =
                new IamUserAuthentication(iam, user, IamProject.withId(FakeHss.PROJECT), clock);

        HssException failure = hssFailure(client(stranger, transport).submit(Accounts.export()));

        assertEquals(Operation.TOKEN, failure.operation());
        assertTurns("unused");
    }

    @Test
    void aMissingHttpClientIsUnused() {
        Transport broken = Accounts.posting(
                () -> {
                    throw new IllegalStateException("no client");
                },
                transport);

        hssFailure(client(TOKEN, broken).submit(Accounts.export()));

        assertTurns("unused");
    }

    @Test
    void anExecutorThatTakesNothingIsUnused() {
        Transport stopped = Accounts.on(
                task -> {
                    throw new RejectedExecutionException();
                },
                transport);

        hssFailure(client(TOKEN, stopped).submit(Accounts.export()));

        assertTurns("unused");
    }

    @Test
    void aReaderThatThrowsLeavesTheCallMade() {
        Exchange exchange = new Exchange(transport, TOKEN, gate);
        Call call = Call.get(Operation.CICD, hss.url(), "/image/cicd/configurations")
                .inProject(FakeHss.PROJECT);

        hssFailure(exchange.send(call, answer -> {
            throw new IllegalStateException("can't read");
        }));

        assertTurns("made");
    }

    @Test
    void aRenewalThatThrowsLeavesTheCallMade() {
        GivenProof caller = new GivenProof(() -> CompletableFuture.completedFuture(Map.of("X-Auth-Token", "unknown")));

        failure(client(caller, transport).cicdAccesses());

        assertTurns("made");
    }

    @Test
    void aCallRepeatedWithANewTokenHasATurnOfItsOwn() throws Exception {
        hss.iamUser("acme", "jenkins", "secret");
        IamUserAuthentication user = new IamUserAuthentication(
                new IamClient(transport, hss.url()),
                new IamUser("acme", "jenkins", "secret"),
                IamProject.withId(FakeHss.PROJECT),
                clock);
        hss.next(Api.SUBMIT, Answers.gateway(401, "APIGW.0307", "The token must be updated."));

        await(client(user, transport).submit(Accounts.export()));

        assertTurns("made", "made");
    }

    @Test
    void aGateThatThrowsEndsTheCall() {
        Gate broken = operation -> {
            throw new IllegalStateException("no budget");
        };

        Throwable failure =
                failure(new HssClient(transport, Accounts.scope(hss), TOKEN, broken).submit(Accounts.export()));

        assertEquals("no budget", failure.getMessage());
        assertEquals(List.of(), hss.calls());
    }

    @Test
    void aTimeOutLeavesTheCallMade() {
        hss.next(Api.SUBMIT, Answers.stall());

        hssFailure(client(TOKEN, Accounts.within(Duration.ofMillis(700), transport))
                .submit(Accounts.export()));

        assertTurns("made");
    }
}
