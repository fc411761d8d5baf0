package io.jenkins.plugins.hss.client;

import static io.jenkins.plugins.hss.client.Accounts.hssFailure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.FakeHss;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every permit that a call is granted is given back, whatever becomes of the call. */
class PermitTest extends CountedPermits {
    @Test
    void anAnsweredCallConsumesIt() throws Exception {
        submit();

        assertPermits("consumed");
    }

    @Test
    void aRefusedCallConsumesIt() {
        hss.next(Api.SUBMIT, Answers.hss(400, "HSS.0001", "no"));

        hssFailure(this::submit);

        assertPermits("consumed");
    }

    @Test
    void aLostResponseConsumesIt() {
        hss.next(Api.SUBMIT, Answers.closeAfterReading());

        hssFailure(this::submit);

        assertPermits("consumed");
    }

    @Test
    void aThrottledCallClosesTheAccountForAWhile() throws Exception {
        hss.next(Api.SUBMIT, Answers.gateway(429, "APIGW.0308", "slow").withHeader("Retry-After", "9"));

        hssFailure(this::submit);
        submit();

        assertPermits("throttled for 9", "consumed");
    }

    @Test
    void aCallThatReachesNobodyLeavesItUnused() {
        hss.close();

        hssFailure(() -> client(TOKEN, transport).task("a"));

        assertPermits("unused");
    }

    @Test
    void aRequestThatCannotBeBuiltLeavesItUnusedAndNamesTheOperation() {
        GivenHeaders odd = new GivenHeaders(same -> Map.of("X-Auth-Token", "a\nb"));

        HssException failure = hssFailure(() -> submit(odd, transport));

        assertEquals(HssException.Delivery.NOT_SENT, failure.delivery());
        assertEquals(Operation.SUBMIT, failure.operation());
        assertFalse(failure.isTemporary());
        assertTrue(
                failure.getMessage().startsWith("Submitting the export to HSS failed: the request could not be built"),
                failure.getMessage());
        assertNothingSent();
        assertMarks();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https:///", "mailto:a@example.com", "hss.example.com", "ftp://example.com"})
    void anEndpointThatIsNoneEndsInAnHssException(String endpoint) {
        HssClient.Scope scope = new HssClient.Scope(URI.create(endpoint), FakeHss.REGION, FakeHss.PROJECT, null);

        HssException failure = hssFailure(
                () -> new HssClient(transport, scope, TOKEN, limiter, context).submit(Accounts.export(), marks));

        assertEquals(HssException.Delivery.NOT_SENT, failure.delivery());
        assertNothingSent();
        assertMarks();
    }

    @Test
    void aRegionThatCannotStandInAHeaderEndsInAnHssException() {
        HssClient.Scope scope = new HssClient.Scope(hss.url(), "cn\r\nX-Evil: 1", FakeHss.PROJECT, null);

        HssException failure = hssFailure(() -> new HssClient(transport, scope, TOKEN, limiter, context).task("a"));

        assertEquals(HssException.Delivery.NOT_SENT, failure.delivery());
        assertEquals(Operation.STATUS, failure.operation());
        assertFalse(failure.getMessage().contains("\n"), failure.getMessage());
        assertNothingSent();
    }

    @Test
    void headersThatCannotBeHadLeaveItUnused() {
        IOException nothing = new IOException("no headers");
        GivenHeaders nobody = new GivenHeaders(same -> {
            throw nothing;
        });

        assertEquals(nothing, assertThrows(IOException.class, () -> submit(nobody, transport)));

        assertNothingSent();
        assertMarks();
    }

    @Test
    void anAuthenticationThatIsBrokenLeavesItUnused() {
        GivenHeaders broken = new GivenHeaders(same -> {
            throw new LinkageError("broken");
        });

        assertThrows(LinkageError.class, () -> submit(broken, transport));

        assertNothingSent();
        assertMarks();
    }

    @Test
    void aLoginThatIamRefusesLeavesItUnusedAndIsReportedAsItIs() {
        HssException failure = hssFailure(() -> submit(iamUser("wrong"), transport));

        assertEquals(Operation.TOKEN, failure.operation());
        assertPermits("unused");
        assertMarks();
    }

    @Test
    void aMissingHttpClientLeavesItUnused() {
        Transport broken = TestTransport.posting(
                () -> {
                    throw new IllegalStateException("no client");
                },
                transport);

        assertThrows(IllegalStateException.class, () -> submit(TOKEN, broken));

        assertNothingSent();
        assertMarks();
    }

    @Test
    void aReaderThatThrowsConsumesIt() {
        ApiCaller api = new ApiCaller(transport, TOKEN, limiter, context);
        ApiRequest request = ApiRequest.get(Operation.CICD, hss.url(), "/image/cicd/configurations")
                .inProject(FakeHss.PROJECT);

        assertThrows(
                IllegalStateException.class,
                () -> api.call(request, response -> {
                    throw new IllegalStateException("can't read");
                }));

        assertPermits("consumed");
    }

    @Test
    void aRenewalThatThrowsConsumesIt() {
        GivenHeaders caller = new GivenHeaders(same -> Map.of("X-Auth-Token", "unknown"));

        assertThrows(
                IllegalStateException.class, () -> client(caller, transport).cicdAccesses());

        assertPermits("consumed");
    }

    @Test
    void aCallRepeatedWithANewTokenHasAPermitOfItsOwn() throws Exception {
        hss.iamUser("acme", "jenkins", "secret");
        hss.next(Api.SUBMIT, Answers.gateway(401, "APIGW.0307", "The token must be updated."));

        submit(iamUser("secret"), transport);

        assertPermits("consumed", "consumed");
    }

    @Test
    void aLimiterThatThrowsEndsTheCall() {
        RateLimiter broken = (operation, same) -> {
            throw new IllegalStateException("no limit");
        };
        HssClient client = new HssClient(transport, Accounts.scope(hss), TOKEN, broken, context);

        assertThrows(IllegalStateException.class, () -> client.submit(Accounts.export(), marks));

        assertEquals(List.of(), hss.calls());
        assertMarks();
    }

    @Test
    void aTimeOutConsumesIt() {
        hss.next(Api.SUBMIT, Answers.stall());

        hssFailure(() -> submit(TOKEN, TestTransport.within(Duration.ofMillis(700), transport)));

        assertPermits("consumed");
    }

    @Test
    void theProjectIsLookedUpWithoutOne() throws Exception {
        hss.iamUser("acme", "jenkins", "secret");
        HssClient.Scope scope = new HssClient.Scope(hss.url(), FakeHss.REGION, null, null);

        assertEquals(FakeHss.PROJECT, new HssClient(transport, scope, iamUser("secret"), limiter, context).projectId());

        assertPermits();
    }
}
