package io.jenkins.plugins.hss.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.jenkins.plugins.hss.client.HssException;
import io.jenkins.plugins.hss.client.IamClient;
import io.jenkins.plugins.hss.client.IamProject;
import io.jenkins.plugins.hss.client.IamUser;
import io.jenkins.plugins.hss.client.IamUserAuthentication;
import io.jenkins.plugins.hss.client.Operation;
import io.jenkins.plugins.hss.client.TestTransport;
import io.jenkins.plugins.hss.client.TokenAuthentication;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.FakeHss;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody stores new credentials while an export waits. */
class CredentialsRenewalTest extends ExportFixture {
    private final AtomicInteger renewals = new AtomicInteger();
    private String taskId;

    @BeforeEach
    void submit() throws Exception {
        taskId = export().with(Export.SUBMIT).result().taskId();
    }

    /** An export that goes on with a token that is refused. */
    private Export refused() {
        return export().as(new TokenAuthentication("old")).after(taskId);
    }

    private Renewal by(Export renewed) {
        return () -> {
            renewals.incrementAndGet();
            return renewed == null ? null : renewed.client();
        };
    }

    /** Returns the tokens of the calls of an API. */
    private List<String> tokens(Api api) {
        return hss.calls(api).stream().map(call -> call.header("X-Auth-Token")).toList();
    }

    @Test
    void renewedCredentialsAreUsedFromThenOn() throws Exception {
        ExportResult result = refused().renewedBy(by(export())).result();

        assertEquals(new ExportResult(taskId, 42L, Verdict.PASSED), result);
        assertEquals(List.of("old", Export.TOKEN), tokens(Api.STATISTIC));
        assertEquals(List.of(Export.TOKEN), tokens(Api.STATUS));
        assertEquals(List.of(Export.TOKEN), tokens(Api.DOWNLOAD));
        assertEquals(1, renewals.get());
    }

    @ParameterizedTest
    @EnumSource(names = {"STATISTIC", "STATUS", "DOWNLOAD"})
    void everyReadIsRepeatedWithRenewedCredentials(Api api) throws Exception {
        hss.next(api, Answers.gateway(401, "APIGW.0307", "The token must be updated."))
                .token("new");

        ExportResult result = export().after(taskId)
                .renewedBy(by(export().as(new TokenAuthentication("new"))))
                .result();

        assertEquals(taskId, result.taskId());
        assertEquals(List.of(Export.TOKEN, "new"), tokens(api));
        assertEquals(1, renewals.get());
    }

    @ParameterizedTest
    @EnumSource(names = {"STATISTIC", "STATUS", "DOWNLOAD"})
    void withoutNewCredentialsTheRefusalStands(Api api) {
        hss.always(api, Answers.gateway(401, "APIGW.0301", "token expires"));

        HssException failure = export().after(taskId).renewedBy(by(null)).failure(HssException.class);

        assertEquals(401, failure.status());
        assertEquals(1, hss.calls(api).size());
        assertEquals(1, renewals.get());
    }

    @Test
    void newCredentialsThatAreRefusedTooAreNotAskedForForEver() {
        Renewal once = () -> renewals.incrementAndGet() == 1
                ? export().as(new TokenAuthentication("wrong")).client()
                : null;

        HssException failure = refused().renewedBy(once).failure(HssException.class);

        assertEquals(401, failure.status());
        assertEquals(List.of("old", "wrong"), tokens(Api.STATISTIC));
        assertEquals(2, renewals.get());
    }

    @ParameterizedTest
    @CsvSource({"400, HSS.0001", "403, HSS.0013", "404, HSS.0011"})
    void otherRefusalsAskForNoCredentials(int status, String code) {
        hss.always(Api.STATUS, Answers.hss(status, code, "no"));

        HssException failure = export().after(taskId).renewedBy(by(export())).failure(HssException.class);

        assertEquals(status, failure.status());
        assertEquals(0, renewals.get());
    }

    @Test
    void refusedSubmitAsksForNoCredentials() {
        HssException failure = export().as(new TokenAuthentication("old"))
                .renewedBy(by(export()))
                .failure(HssException.class);

        assertEquals(401, failure.status());
        assertEquals(Operation.SUBMIT, failure.operation());
        assertEquals(List.of(Export.TOKEN, "old"), tokens(Api.SUBMIT));
        assertEquals(0, renewals.get());
    }

    @Test
    void loginThatIsRefusedBetweenReadsAsksForCredentials() throws Exception {
        hss.iamUser("acme", "ci", "new password");
        IamUserAuthentication changed = new IamUserAuthentication(
                new IamClient(TestTransport.of(clock), hss.url()),
                new IamUser("acme", "ci", "old password"),
                IamProject.ofRegion(FakeHss.REGION),
                clock);

        export().as(changed).after(taskId).renewedBy(by(export())).result();

        assertEquals(1, hss.calls(Api.TOKEN).size());
        assertEquals(List.of(Export.TOKEN), tokens(Api.STATISTIC));
        assertEquals(1, renewals.get());
    }

    @Test
    void whatGoesWrongWithTheLookUpEndsTheExport() {
        IOException gone = new IOException("no credentials with ID hss");

        assertSame(
                gone,
                refused()
                        .renewedBy(() -> {
                            throw gone;
                        })
                        .failure());

        assertEquals(List.of("old"), tokens(Api.STATISTIC));
    }

    @Test
    void interruptDuringTheLookUpEndsTheExport() {
        refused()
                .renewedBy(() -> {
                    throw new InterruptedException();
                })
                .failure(InterruptedException.class);

        assertEquals(List.of("old"), tokens(Api.STATISTIC));
    }
}
