package io.jenkins.plugins.hss.client;

import static io.jenkins.plugins.hss.client.Accounts.hssFailure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each HTTP client that posts, and its threads, are gone after their one call, however it ends. */
class PostClientTest extends CountedPermits {
    private final List<HttpClient> made = new CopyOnWriteArrayList<>();
    private final Transport counted = TestTransport.posting(
            () -> {
                HttpClient client = HttpClient.newHttpClient();
                made.add(client);
                return client;
            },
            transport);

    private final Set<Thread> before = selectors();

    @AfterEach
    void everyClientHasEnded() {
        Awaitility.await().until(() -> made.stream().allMatch(HttpClient::isTerminated));
        Awaitility.await().until(() -> before.containsAll(selectors()));
    }

    private static Set<Thread> selectors() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().endsWith("SelectorManager"))
                .collect(Collectors.toSet());
    }

    private String posted() throws IOException, InterruptedException {
        return submit(TOKEN, counted);
    }

    @Test
    void afterAnAnswer() throws Exception {
        posted();
        posted();

        assertMadeClients(2);
    }

    @Test
    void afterARefusal() {
        hss.next(Api.SUBMIT, Answers.hss(400, "HSS.0001", "no"));

        hssFailure(this::posted);

        assertMadeClients(1);
    }

    @Test
    void afterABrokenConnection() {
        hss.next(Api.SUBMIT, Answers.cut(), Answers.closeAfterReading(), Answers.resetBeforeReading());

        for (int i = 0; i < 3; i++) {
            hssFailure(this::posted);
        }

        assertMadeClients(3);
    }

    @Test
    void afterAConnectionThatCouldNotBeMade() {
        hss.close();

        hssFailure(this::posted);

        assertMadeClients(1);
    }

    @Test
    void afterATimeOut() {
        hss.next(Api.SUBMIT, Answers.stallWithin());

        hssFailure(() -> submit(TOKEN, TestTransport.within(Duration.ofMillis(500), counted)));

        assertMadeClients(1);
    }

    @Test
    void afterACancel() throws Exception {
        hss.next(Api.SUBMIT, Answers.stall());
        Background<String> stalled = Background.start(this::posted);
        hss.await(Api.SUBMIT, 1, TestContexts.LONG_ENOUGH);

        context.cancel();

        assertInstanceOf(InterruptedException.class, stalled.failure());
        assertMadeClients(1);
    }

    @Test
    void afterAMarkThatCouldNotBeSet() {
        SendListener full = new SendListener() {
            @Override
            public void sending() throws IOException {
                throw new IOException("No space left on device");
            }
        };

        assertThrows(IOException.class, () -> client(TOKEN, counted).submit(Accounts.export(), full));

        assertMadeClients(1);
    }

    @Test
    void afterACount() throws Exception {
        client(TOKEN, counted).count(Accounts.export());

        assertMadeClients(1);
    }

    private void assertMadeClients(int count) {
        assertEquals(count, made.size());
    }
}
