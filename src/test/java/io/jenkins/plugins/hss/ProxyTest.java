package io.jenkins.plugins.hss;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import hudson.ProxyConfiguration;
import hudson.model.Result;
import io.jenkins.plugins.hss.client.TestTls;
import io.jenkins.plugins.hss.config.HssConnection;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.Call;
import io.jenkins.plugins.hss.fake.FakeHss;
import io.jenkins.plugins.hss.fake.FakeProxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.htmlunit.html.HtmlForm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All calls go by the proxy that Jenkins is configured with. */
@ExtendWith(FastPolling.class)
class ProxyTest extends SharedJenkins {
    private static final String EXPORT = "hssImageReportExport 'malwares'";
    private static final String HOST = "127.0.0.1";
    private static final String PASSWORD = "proxy-password-that-nobody-may-see";

    private final FakeProxy proxy = new FakeProxy();

    @AfterEach
    void noProxy() throws Exception {
        use(null);
        proxy.close();
    }

    @ParameterizedTest
    @EnumSource
    void everyCallGoesByTheProxy(Account account) throws Exception {
        account.connect(hss);
        use(new ProxyConfiguration(HOST, proxy.port()));

        runsByProxy(account);
    }

    @ParameterizedTest
    @EnumSource
    void everyCallGoesByAProxyThatWantsALogin(Account account) throws Exception {
        account.connect(hss);
        proxy.requires("jenkins", PASSWORD);
        use(new ProxyConfiguration(HOST, proxy.port(), "jenkins", PASSWORD));

        runsByProxy(account);
        // The proxy's login is for the proxy alone.
        hss.service().calls().forEach(call -> assertNull(call.header("proxy-authorization")));
    }

    private void runsByProxy(Account account) throws Exception {
        hss.runs(Result.SUCCESS, "hssImageReportExport reportType: 'malwares', failAbove: 1000, archiveReport: true");

        hss.assertKept();
        assertEquals(
                switch (account) {
                    case TOKEN -> Set.of(Api.SUBMIT, Api.STATISTIC, Api.STATUS, Api.DOWNLOAD);
                    case ACCESS_KEY -> Set.of(Api.PROJECTS, Api.SUBMIT, Api.STATISTIC, Api.STATUS, Api.DOWNLOAD);
                    case IAM_USER -> Set.of(Api.TOKEN, Api.SUBMIT, Api.STATISTIC, Api.STATUS, Api.DOWNLOAD);
                },
                hss.service().calls().stream().map(Call::api).collect(Collectors.toSet()));
        assertEquals(hss.service().calls().size(), proxy.targets().size(), proxy.targets()::toString);
        assertThat(proxy.targets(), everyItem(startsWith(hss.service().url() + "/v")));
    }

    @ParameterizedTest
    @EnumSource
    void wrongLoginAtTheProxyIsToldAndSentToTheProxyAlone(Account account) throws Exception {
        account.connect(hss);
        proxy.requires("jenkins", PASSWORD);
        use(new ProxyConfiguration(HOST, proxy.port(), "jenkins", "wrong-proxy-password"));

        String log = HssJenkins.log(hss.runs(Result.FAILURE, EXPORT));

        assertThat(
                log,
                allOf(
                        containsString("HTTP 407"),
                        containsString(
                                "Check the user name and password of the proxy in Jenkins' system configuration"),
                        not(containsString("wrong-proxy-password")),
                        not(containsString("may have created a task"))));
        hss.assertNoCall();
    }

    @Test
    void hostsToBeCalledWithoutTheProxyAreCalledWithout() throws Exception {
        Account.ACCESS_KEY.connect(hss);
        proxy.requires("jenkins", PASSWORD);
        use(new ProxyConfiguration(HOST, proxy.port(), "jenkins", PASSWORD, "*.example.com\n127.0.*"));

        hss.runs(Result.SUCCESS, EXPORT);

        hss.assertKept();
        assertEquals(List.of(), proxy.targets());
        assertEquals(List.of(), proxy.refused());
        hss.service().calls().forEach(call -> assertNull(call.header("proxy-authorization")));
    }

    @Test
    void changedSettingsCountAtOnce() throws Exception {
        Account.IAM_USER.connect(hss);
        hss.runs(Result.SUCCESS, EXPORT);
        assertEquals(List.of(), proxy.targets());

        use(new ProxyConfiguration(HOST, proxy.port()));
        hss.runs(Result.SUCCESS, EXPORT);
        // IAM is asked anew, too.
        assertEquals(2, proxy.targets().size());
        assertEquals(2, hss.service().calls(Api.TOKEN).size());

        try (FakeProxy other = new FakeProxy().requires("jenkins", PASSWORD)) {
            use(new ProxyConfiguration(HOST, other.port(), "jenkins", "not yet the right one"));
            hss.runs(Result.FAILURE, EXPORT);
            use(new ProxyConfiguration(HOST, other.port(), "jenkins", PASSWORD));
            hss.runs(Result.SUCCESS, EXPORT);
            assertEquals(2, other.targets().size());
        }

        use(null);
        hss.runs(Result.SUCCESS, EXPORT);
        assertEquals(2, proxy.targets().size());
        hss.assertKept();
    }

    @Test
    void proxyGivenInTheFormOfJenkinsCountsAtOnce() throws Exception {
        Account.TOKEN.connect(hss);
        HtmlForm form = j.createWebClient().goTo("manage/configure").getFormByName("config");
        form.getInputByName("_.name").setValue(HOST);
        form.getInputByName("_.port").setValue(Integer.toString(proxy.port()));
        j.submit(form);

        hss.runs(Result.SUCCESS, EXPORT);

        assertEquals(1, proxy.targets().size());
    }

    @Test
    void secureCallGoesThroughATunnelAndRefusesAnotherWithoutRisk(@TempDir Path folder) throws Exception {
        TestTls tls = new TestTls(folder);
        SSLContext usual = SSLContext.getDefault();
        SSLContext.setDefault(tls.client());
        try (FakeHss secure = new FakeHss(tls.server()).token(HssJenkins.TOKEN)) {
            HssConnection connection = Account.TOKEN.connect(hss);
            connection.setEndpoint(secure.url().toString());
            Account.save(connection);
            use(new ProxyConfiguration(HOST, proxy.port()));

            hss.runs(Result.SUCCESS, EXPORT);

            assertEquals(List.of(secure.url().getAuthority()), proxy.targets());
            assertEquals(1, secure.tasks());

            // What is meant for the proxy doesn't go through the tunnel.
            use(new ProxyConfiguration(HOST, proxy.port(), "jenkins", PASSWORD));
            hss.runs(Result.SUCCESS, EXPORT);
            secure.calls().forEach(call -> assertNull(call.header("proxy-authorization")));
            assertEquals(2, secure.tasks());

            // Java logs in at no proxy before it makes a tunnel, unless it is told to.
            proxy.requires("jenkins", PASSWORD);
            use(new ProxyConfiguration(HOST, proxy.port(), "jenkins", PASSWORD));
            String log = HssJenkins.log(hss.runs(Result.FAILURE, EXPORT));
            assertThat(
                    log,
                    allOf(
                            containsString("HTTP 407"),
                            containsString("only when started with -Djdk.http.auth.tunneling.disabledSchemes=\"\""),
                            not(containsString("may have created a task"))));
            assertEquals(2, secure.calls().size());
            assertEquals(List.of(), secure.violations());
        } finally {
            SSLContext.setDefault(usual);
        }
    }

    private static void use(ProxyConfiguration settings) throws Exception {
        j.jenkins.setProxy(settings);
    }
}
