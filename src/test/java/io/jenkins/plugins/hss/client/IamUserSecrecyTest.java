package io.jenkins.plugins.hss.client;

import static io.jenkins.plugins.hss.client.Accounts.hssFailure;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.hss.fake.Answer;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.FakeHss;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The password and the tokens of an IAM user stand in no message. */
class IamUserSecrecyTest {
    private static final String PASSWORD = "correct horse \"battery\" staple";

    private final SettableClock clock = new SettableClock();
    private final FakeHss hss = new FakeHss().clock(clock).iamUser("acme", "jenkins", PASSWORD);
    private final IamUserAuthentication user = new IamUserAuthentication(
            new IamClient(TestTransport.of(clock), hss.url()),
            new IamUser("acme", "jenkins", PASSWORD),
            IamProject.ofRegion(FakeHss.REGION),
            clock);
    private final HssClient client = Accounts.client(hss, user, clock);

    @AfterEach
    void stopTheService() {
        hss.close();
    }

    @Test
    void neitherPasswordNorTokenIsShownWhenTheServiceEchoesThem() throws Exception {
        hss.next(
                Api.TOKEN,
                exchange -> exchange.send(
                        Answers.iam(400, "what is " + exchange.call().body() + " or " + PASSWORD + "?")));
        HssException login = hssFailure(client::cicdAccesses);
        assertFalse(login.getMessage().contains("battery"), login.getMessage());
        assertFalse(login.getMessage().contains("horse"), login.getMessage());

        Answer echo = exchange -> exchange.send(
                Answers.hss(400, "HSS.0001", PASSWORD + exchange.call().header("X-Auth-Token")));
        hss.next(Api.CICD, echo);
        HssException call = hssFailure(client::cicdAccesses);

        assertFalse(call.getMessage().contains("battery"), call.getMessage());
        assertFalse(call.getMessage().contains(hss.issuedTokens().get(0)), call.getMessage());
        assertTrue(call.getMessage().contains("****"), call.getMessage());
    }

    @Test
    void aTokenReplacedMeanwhileIsNotShownEither() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        hss.next(Api.CICD, exchange -> {
            Accounts.await(answer);
            exchange.send(Answers.hss(400, "HSS.0001", exchange.call().header("X-Auth-Token")));
        });
        Background<CicdAccesses> slow =
                Background.start(() -> Accounts.client(hss, user, clock).cicdAccesses());
        hss.await(Api.CICD, 1, TestContexts.LONG_ENOUGH);
        clock.advance(Duration.ofHours(23));
        client.cicdAccesses();
        answer.countDown();

        Throwable failure = slow.failure();

        assertInstanceOf(HssException.class, failure);
        assertFalse(failure.getMessage().contains(hss.issuedTokens().get(0).substring(0, 20)), failure.getMessage());
    }
}
