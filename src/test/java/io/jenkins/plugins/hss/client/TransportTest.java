package io.jenkins.plugins.hss.client;

import static io.jenkins.plugins.hss.client.Accounts.hssFailure;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.Call;
import io.jenkins.plugins.hss.fake.FakeProxy;
import io.jenkins.plugins.hss.fake.ScannedImage;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which HTTP client makes which call, and what goes with each request. */
class TransportTest extends CountedPermits {
    private static final String LOGIN = "Basic " + Base64.getEncoder().encodeToString("user:password".getBytes(UTF_8));

    private final FakeProxy proxy = new FakeProxy().requires("user", "password");

    @AfterEach
    void stopTheProxy() {
        proxy.close();
    }

    private Transport loggingIn(Transport by) {
        return new Transport(
                by.pooled(),
                by.fresh(),
                by.reports(),
                by.clock(),
                by.timeout(),
                Map.of("Proxy-Authorization", LOGIN),
                by.userAgent());
    }

    private Transport proxied() {
        return TestTransport.by(
                () -> HttpClient.newBuilder()
                        .proxy(ProxySelector.of(proxy.address()))
                        .build(),
                transport);
    }

    @Test
    void theLoginReachesTheProxyAndNotTheService() throws Exception {
        Transport by = loggingIn(proxied());

        submit(TOKEN, by);
        client(TOKEN, by).cicdAccesses();

        assertEquals(2, proxy.targets().size());
        assertEquals(List.of(), proxy.refused());
        assertNull(hss.calls().get(0).header("Proxy-Authorization"));
    }

    @Test
    void withoutALoginTheProxyRefuses() {
        assertEquals(407, hssFailure(() -> submit(TOKEN, proxied())).status());

        assertEquals(List.of(), hss.calls());
    }

    @Test
    void theLoginIsKeptFromAServiceThatIsReachedWithoutTheProxy() throws Exception {
        submit(TOKEN, loggingIn(transport));
        client(TOKEN, loggingIn(transport)).cicdAccesses();

        for (Call call : hss.calls()) {
            assertNull(call.header("Proxy-Authorization"));
        }
    }

    @Test
    void everyCallSaysWhoCalls(@TempDir Path folder) throws Exception {
        hss.iamUser("acme", "jenkins", "secret");
        HssClient client = client(iamUser("secret"), transport);
        String id = client.submit(Accounts.export(), marks);
        client.download(client.task(id), folder.resolve("report.zip"));
        client.count(Accounts.export());
        client.cicdAccesses();
        client.images(Map.of(), 0);
        ScannedImage image = ScannedImage.of("shop/web:42");
        hss.images(image);
        for (FindingList list : FindingList.values()) {
            client.findings(list, Accounts.image(image), Map.of(), 0);
        }
        client.baselineStatistic(Accounts.image(image));
        new IamClient(transport, hss.url())
                .projectId(
                        "cn-north-4", new TokenAuthentication(hss.issuedTokens().get(0)), context);

        assertEquals(
                List.of(Api.values()),
                hss.calls().stream().map(Call::api).sorted().toList());
        for (Call call : hss.calls()) {
            assertEquals(TestTransport.USER_AGENT, call.header("User-Agent"), call::toString);
        }
    }

    @Test
    void whatOnlyReadsKeepsItsConnection() throws Exception {
        for (int i = 0; i < 3; i++) {
            client(TOKEN, transport).cicdAccesses();
        }

        assertEquals(
                1, hss.calls().stream().mapToInt(Call::connection).distinct().count());
    }
}
