package io.jenkins.plugins.hss.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.hss.fake.FakeHss;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;

/** Calls of a fake HSS whose turns are counted. */
abstract class CountedTurns {
    static final TokenAuthentication TOKEN = new TokenAuthentication("given");

    final SettableClock clock = new SettableClock();
    final Pauses pauses = new Pauses(clock);
    final FakeHss hss = new FakeHss().clock(clock).token("given");
    final Transport transport = Accounts.transport(pauses);
    final CountingGate gate = new CountingGate();

    @AfterEach
    void stopTheService() {
        hss.close();
    }

    HssClient client(Authentication caller, Transport by) {
        return new HssClient(by, Accounts.scope(hss), caller, gate);
    }

    CompletableFuture<String> submit() {
        return client(TOKEN, transport).submit(Accounts.export());
    }

    void assertTurns(String... ends) {
        List<List<String>> expected = List.of(ends).stream().map(List::of).toList();
        Awaitility.await().untilAsserted(() -> assertEquals(expected, gate.turns()));
    }
}
