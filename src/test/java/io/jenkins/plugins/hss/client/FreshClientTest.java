package io.jenkins.plugins.hss.client;

import static io.jenkins.plugins.hss.client.Accounts.await;
import static io.jenkins.plugins.hss.client.Accounts.hssFailure;

import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.FakeHss;
import java.time.Clock;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The HTTP clients that post are gone after their one call. */
class FreshClientTest {
    private final FakeHss hss = new FakeHss().token("given");

    @AfterEach
    void stopTheService() {
        hss.close();
    }

    @Test
    void noThreadIsLeftHoweverThePostEnds() throws Exception {
        HssClient client = new HssClient(
                Accounts.transport(Clock.systemUTC()),
                Accounts.scope(hss),
                new TokenAuthentication("given"),
                Gate.OPEN);
        Set<Thread> before = selectors();
        hss.next(Api.SUBMIT, Answers.behave(), Answers.cut(), Answers.closeAfterReading(), Answers.stall());

        await(client.submit(Accounts.export()));
        hssFailure(client.submit(Accounts.export()));
        hssFailure(client.submit(Accounts.export()));
        var stalled = client.submit(Accounts.export());
        hss.await(Api.SUBMIT, 4, Accounts.LONG_ENOUGH);
        stalled.cancel(true);

        Awaitility.await().until(() -> before.containsAll(selectors()));
    }

    private static Set<Thread> selectors() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().endsWith("SelectorManager"))
                .collect(Collectors.toSet());
    }
}
