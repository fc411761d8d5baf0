package io.jenkins.plugins.hss.client;

import static io.jenkins.plugins.hss.client.Accounts.hssFailure;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Named.named;

import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.FakeHss;
import io.jenkins.plugins.hss.fake.FakeProxy;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Over TLS and through proxies, too, it is known whether a submit may have arrived. */
class SecureSubmitTest {
    private static TestTls tls;

    private final Transport transport = TestTransport.of(new SettableClock());
    private final CountingLimiter limiter = new CountingLimiter();
    private final Marks marks = new Marks();
    private final FakeProxy proxy = new FakeProxy();
    private FakeHss hss;

    @BeforeAll
    static void makeACertificate(@TempDir Path folder) throws Exception {
        tls = new TestTls(folder);
    }

    @BeforeEach
    void startTheService() {
        hss = new FakeHss(tls.server()).token("given");
    }

    @AfterEach
    void stopTheService() {
        hss.close();
        proxy.close();
    }

    private static HttpClient trusting() {
        return HttpClient.newBuilder().sslContext(tls.client()).build();
    }

    private HttpClient throughTheProxy() {
        return HttpClient.newBuilder()
                .sslContext(tls.client())
                .proxy(ProxySelector.of(proxy.address()))
                .build();
    }

    private HssClient client(Transport by, URI endpoint) {
        HssClient.Scope scope = new HssClient.Scope(endpoint, FakeHss.REGION, FakeHss.PROJECT, null);
        return new HssClient(by, scope, new TokenAuthentication("given"), limiter, TestContexts.lasting());
    }

    private String submit(Transport by, URI endpoint) throws IOException, InterruptedException {
        return client(by, endpoint).submit(Accounts.export(), marks);
    }

    private String submit(URI endpoint) throws IOException, InterruptedException {
        return submit(TestTransport.by(SecureSubmitTest::trusting, transport), endpoint);
    }

    private Transport proxied() {
        return TestTransport.by(this::throughTheProxy, transport);
    }

    @Test
    void submitsOverTls() throws Exception {
        assertEquals(submit(hss.url()), hss.taskIds().get(0));
        assertMayHaveArrived();
    }

    private void assertMayHaveArrived() {
        assertEquals(List.of("consumed"), limiter.ends());
        assertEquals(List.of("sending"), marks.told());
    }

    private void assertNotArrived(HssException failure) {
        assertEquals(HssException.Delivery.NOT_SENT, failure.delivery());
        assertEquals(List.of("unused"), limiter.ends());
        assertEquals(List.of("sending", "created nothing"), marks.told());
    }

    private void assertNoSecureConnection(HssException failure) {
        assertNotArrived(failure);
        assertTrue(failure.getMessage().contains("TLS handshake with 127.0.0.1:"), failure.getMessage());
        assertEquals(Messages.Hint_tls(), failure.hint());
    }

    @Test
    void aCertificateThatIsNotTrustedStopsTheSubmit() {
        HssException failure = hssFailure(() -> submit(transport, hss.url()));

        assertNoSecureConnection(failure);
        assertEquals(List.of(), hss.calls());
    }

    @Test
    void aCertificateOfAnotherHostStopsTheSubmit() {
        URI another = URI.create("https://localhost:" + hss.url().getPort());

        HssException failure = hssFailure(() -> submit(another));

        assertNotArrived(failure);
        assertFalse(failure.isTemporary());
        assertEquals(Messages.Hint_tls(), failure.hint());
        assertEquals(List.of(), hss.calls());
    }

    static Stream<Named<RawServer.Deed>> brokenHandshakes() {
        return Stream.of(
                named("closed at once", socket -> {}),
                named("closed after the client's hello", RawServer::readSome),
                named("reset after the client's hello", socket -> {
                    RawServer.readSome(socket);
                    RawServer.reset(socket);
                }),
                named("no TLS at all", socket -> {
                    RawServer.readSome(socket);
                    socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(UTF_8));
                    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                }),
                named("no common version", socket -> {
                    SSLSocket secure = (SSLSocket) secure(socket);
                    secure.setEnabledProtocols(new String[] {"TLSv1.1"});
                    RawServer.readRequest(secure);
                }));
    }

    private static Socket secure(Socket socket) throws IOException {
        return tls.server().getSocketFactory().createSocket(socket, null, true);
    }

    @ParameterizedTest
    @MethodSource("brokenHandshakes")
    void aBrokenHandshakeLeavesNoDoubt(RawServer.Deed deed) throws Exception {
        try (RawServer server = new RawServer(deed)) {
            assertNoSecureConnection(hssFailure(() -> submit(server.url())));
            assertEquals(1, server.connections());
        }
    }

    @Test
    void aServerThatNeverShakesHandsLeavesNoDoubtEither() throws Exception {
        try (RawServer server =
                new RawServer(socket -> socket.getInputStream().transferTo(OutputStream.nullOutputStream()))) {
            Transport impatient = TestTransport.within(
                    Duration.ofMillis(300), TestTransport.by(SecureSubmitTest::trusting, transport));

            HssException failure = hssFailure(() -> submit(impatient, server.url()));

            assertNotArrived(failure);
            assertTrue(failure.isTemporary());
        }
    }

    static Stream<Named<RawServer.Deed>> brokenConnections() {
        return Stream.of(
                named("closed", socket -> RawServer.readRequest(secure(socket))),
                named("reset", socket -> {
                    RawServer.readRequest(secure(socket));
                    RawServer.reset(socket);
                }),
                named("garbage", socket -> {
                    RawServer.readRequest(secure(socket));
                    socket.getOutputStream().write("garbage instead of a record".getBytes(UTF_8));
                    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                }));
    }

    @ParameterizedTest
    @MethodSource("brokenConnections")
    void aBreakAfterTheHandshakeMayHaveLostTheAnswer(RawServer.Deed deed) throws Exception {
        try (RawServer server = new RawServer(deed)) {
            HssException failure = hssFailure(() -> submit(server.url()));

            assertEquals(HssException.Delivery.RESPONSE_LOST, failure.delivery());
            assertEquals(Messages.Hint_taskLost(), failure.hint());
            assertTrue(failure.isTemporary());
            assertMayHaveArrived();
            assertEquals(1, server.connections());
        }
    }

    @Test
    void aLostAnswerOverTlsIsNotAskedForAgain() {
        hss.always(Api.SUBMIT, Answers.closeAfterReadingButAct());

        assertEquals(
                HssException.Delivery.RESPONSE_LOST,
                hssFailure(() -> submit(hss.url())).delivery());
        assertEquals(1, hss.tasks());
    }

    private String nameOfTheProxy() {
        return "the proxy " + proxy.address().getHostString() + ":" + proxy.port();
    }

    @Test
    void submitsThroughATunnel() throws Exception {
        submit(proxied(), hss.url());

        assertEquals(List.of(hss.url().getAuthority()), proxy.targets());
        assertEquals(1, hss.tasks());
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 502, 503})
    void aRefusedTunnelLeavesNoDoubtAndNamesTheProxy(int status) {
        proxy.refuse(status);

        HssException failure = hssFailure(() -> submit(proxied(), hss.url()));

        assertNotArrived(failure);
        assertTrue(failure.isTemporary());
        assertTrue(
                failure.getMessage()
                        .contains(nameOfTheProxy() + " could not connect to "
                                + hss.url().getAuthority() + ": Tunnel failed, got: " + status),
                failure.getMessage());
        assertEquals(Messages.Hint_connection(), failure.hint());
        assertEquals(1, proxy.refused().size());
        assertEquals(List.of(), hss.calls());
    }

    @Test
    void aReadThroughARefusedTunnelNamesTheProxy() {
        proxy.refuse(502);

        HssException failure = hssFailure(() -> client(proxied(), hss.url()).cicdAccesses());

        assertEquals(HssException.Delivery.NOT_SENT, failure.delivery());
        assertTrue(failure.getMessage().contains(nameOfTheProxy()), failure.getMessage());
    }

    @Test
    void aProxyThatWantsALoginBeforeATunnelIsReportedAtOnce() {
        proxy.requires("user", "password");

        HssException failure = hssFailure(() -> submit(proxied(), hss.url()));

        assertEquals(407, failure.status());
        assertNotArrived(failure);
        assertEquals(Messages.Hint_proxy(), failure.hint());
        assertFalse(failure.isTemporary());
        assertEquals(1, proxy.refused().size());
    }

    @Test
    void aProxyThatWantsALoginForAPlainRequestIsReportedAtOnce() {
        proxy.requires("user", "password");

        HssException failure = hssFailure(() -> submit(proxied(), URI.create("http://hss.example.com")));

        assertEquals(407, failure.status());
        assertNotArrived(failure);
        assertEquals(Messages.Hint_proxy(), failure.hint());
    }

    @Test
    void aProxyThatIsDownLeavesNoDoubt() {
        proxy.close();

        HssException failure = hssFailure(() -> submit(proxied(), hss.url()));

        assertNotArrived(failure);
        assertTrue(failure.isTemporary());
    }
}
