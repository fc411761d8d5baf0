package io.jenkins.plugins.hss.client;

import static io.jenkins.plugins.hss.client.Accounts.hssFailure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.FakeHss;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CountTest {
    private final SettableClock clock = new SettableClock();
    private final FakeHss hss = new FakeHss().clock(clock).token("given");
    private final HssClient client = Accounts.client(hss, new TokenAuthentication("given"), TestTransport.of(clock));

    @AfterEach
    void stopTheService() {
        hss.close();
    }

    @Test
    void countsTheRecords() throws Exception {
        hss.records(Long.MAX_VALUE);

        assertEquals(Long.MAX_VALUE, client.count(Accounts.export()));

        assertEquals(List.of(), hss.violations());
        assertEquals("malwares", hss.calls(Api.STATISTIC).get(0).parameter("security_report_type"));
        assertEquals("{\"operate_all\":true}", hss.calls(Api.STATISTIC).get(0).body());
        assertEquals(FakeHss.REGION, hss.calls(Api.STATISTIC).get(0).header("region"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"total_num\":-1}",
                "{\"total_num\":\"7\"}",
                "{\"total_num\":1.5}",
                "{\"total_num\":9223372036854775808}"
            })
    void aMissingNumberIsNamed(String body) {
        hss.next(Api.STATISTIC, Answers.status(200, body));

        assertTrue(
                hssFailure(() -> client.count(Accounts.export())).getMessage().contains("no usable total_num"));
    }

    @Test
    void countingNeedsNoConnectionThatMayHaveGoneStale() throws Exception {
        hss.staleAfterFirst(true);
        client.cicdAccesses();

        client.count(Accounts.export());
        client.count(Accounts.export());

        List<Integer> connections =
                hss.calls().stream().map(call -> call.connection()).toList();
        assertEquals(3, connections.stream().distinct().count(), connections::toString);
    }

    @Test
    void aReadOverAStaleConnectionIsSentAgain() throws Exception {
        hss.staleAfterFirst(true);
        client.cicdAccesses();

        client.cicdAccesses();

        assertEquals(2, hss.calls(Api.CICD).size());
        assertNotEquals(
                hss.calls(Api.CICD).get(0).connection(),
                hss.calls(Api.CICD).get(1).connection());
    }
}
