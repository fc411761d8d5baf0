package io.jenkins.plugins.hss.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.hss.fake.FakeHss;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Calls of a fake HSS whose permits and marks are counted. */
abstract class CountedPermits {
    static final TokenAuthentication TOKEN = new TokenAuthentication("given");

    final SettableClock clock = new SettableClock();
    final Pauses pauses = new Pauses(clock);
    final FakeHss hss = new FakeHss().clock(clock).token("given");
    final Transport transport = TestTransport.of(clock);
    final CountingLimiter limiter = new CountingLimiter();
    final Marks marks = new Marks();
    final CallContext context = TestContexts.with(pauses, Duration.ofHours(1));

    @AfterEach
    void stopTheService() {
        hss.close();
    }

    HssClient client(Authentication caller, Transport by) {
        return new HssClient(by, Accounts.scope(hss), caller, limiter, context);
    }

    String submit() throws IOException, InterruptedException {
        return submit(TOKEN, transport);
    }

    String submit(Authentication caller, Transport by) throws IOException, InterruptedException {
        return client(caller, by).submit(Accounts.export(), marks);
    }

    IamUserAuthentication iamUser(String password) {
        return new IamUserAuthentication(
                new IamClient(transport, hss.url()),
                new IamUser("acme", "jenkins", password),
                IamProject.withId(FakeHss.PROJECT),
                clock);
    }

    void assertPermits(String... ends) {
        assertEquals(List.of(ends), limiter.ends());
    }

    void assertMarks(String... told) {
        assertEquals(List.of(told), marks.told());
    }

    /** Nothing was sent, and nothing counts. */
    void assertNothingSent() {
        assertPermits("unused");
        assertEquals(List.of(), hss.calls());
    }
}
