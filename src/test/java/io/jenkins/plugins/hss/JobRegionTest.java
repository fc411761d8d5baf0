package io.jenkins.plugins.hss;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.AbortException;
import hudson.ProxyConfiguration;
import hudson.model.Item;
import hudson.model.Result;
import io.jenkins.plugins.hss.client.Region;
import io.jenkins.plugins.hss.config.ConnectionOverrides;
import io.jenkins.plugins.hss.config.ResolvedConnection;
import io.jenkins.plugins.hss.fake.FakeHss;
import io.jenkins.plugins.hss.fake.FakeProxy;
import java.net.URI;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a job writes as its region: nothing leaves for a host outside Huawei Cloud's domains. */
class JobRegionTest extends SharedJenkins {
    private static final Pattern OF_HUAWEI_CLOUD =
            Pattern.compile("(hss|iam)\\.[a-z]{2}-[a-z]+-[0-9]+\\.myhuaweicloud\\.(com|eu)");

    /** It sees what host every call is for, and lets none through. */
    private final FakeProxy proxy = new FakeProxy().refuse(403);

    @BeforeEach
    void watch() throws Exception {
        j.jenkins.setProxy(new ProxyConfiguration("127.0.0.1", proxy.port()));
    }

    @AfterEach
    void stopWatching() throws Exception {
        j.jenkins.setProxy(null);
        proxy.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"TOKEN", "ACCESS_KEY"})
    void regionLeadsToItsOwnHosts(Account account) throws Exception {
        HssJenkins.credentials(
                HssJenkins.token(CredentialsScope.GLOBAL, "own-token", HssJenkins.TOKEN),
                Account.pair("own-key", Account.AK, Account.SK));
        String own = account == Account.TOKEN
                ? "credentialsId: 'own-token', projectId: '" + FakeHss.PROJECT + "'"
                : "credentialsId: 'own-key'";

        WorkflowRun b = hss.pipeline("hssImageReportExport reportType: 'malwares', region: 'eu-west-101', " + own)
                .scheduleBuild2(0)
                .waitForStart();
        Awaitility.await().until(() -> !proxy.refused().isEmpty());
        b.doStop();
        j.waitForCompletion(b);

        String service = account == Account.TOKEN ? "hss" : "iam";
        proxy.refused().forEach(host -> assertEquals(service + ".eu-west-101.myhuaweicloud.eu:443", host));
        hss.assertNoCall();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example/#",
                "evil.example?",
                "a.b",
                "x@evil.example",
                "cn-north-4@evil.example",
                "cn-north-4.evil.example",
                "cn-north-4.myhuaweicloud.com.evil.example/",
                "127.0.0.1:PORT/#",
                "cn-north-4:PORT",
                "cn-north-4\\nHost: evil.example",
                "cn-north-4%2f",
                "../cn-north-4",
                "http://127.0.0.1:PORT",
                "CN-NORTH-4",
                "ⅽn-north-4",
                "cn-north-4。evil",
                "localhost"
            })
    void buildIsRefusedBeforeAnythingIsSent(String written) throws Exception {
        String region = written.replace("PORT", "" + hss.service().url().getPort());

        String log = HssJenkins.log(hss.runs(
                Result.FAILURE,
                "hssImageReportExport reportType: 'malwares', credentialsId: '" + HssJenkins.CREDENTIALS
                        + "', projectId: 'p', region: '" + region + "'"));

        assertThat(log, containsString("is not the name of a region, such as cn-north-4"));
        assertEquals(List.of(), proxy.refused());
        hss.assertNoCall();
    }

    @Test
    void noTextWhateverLeadsElsewhere() {
        List<String> parts = List.of(
                "cn-north-4",
                "eu-west-101",
                "evil.example",
                "hss",
                "-",
                ".",
                "/",
                "\\",
                "@",
                ":",
                "#",
                "?",
                "%",
                "&",
                ";",
                " ",
                "\t",
                "\n",
                "\r",
                "\u0000",
                "1",
                "a",
                "A",
                "[",
                "]",
                "\"",
                "'",
                "<",
                "é",
                "。",
                "．",
                "／",
                "\u202e",
                "\ud83d\ude80",
                "\ud800",
                "xn--",
                "..",
                "%2e",
                "%23",
                "myhuaweicloud.com",
                "127.0.0.1",
                "[::1]");
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int taken = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder region = new StringBuilder();
            for (int part = random.nextInt(5); part >= 0; part--) {
                region.append(parts.get(random.nextInt(parts.size())));
            }
            taken += leadsNowhereElse(region.toString(), seed) ? 1 : 0;
        }
        for (String known : Region.KNOWN) {
            assertTrue(leadsNowhereElse(known, seed));
        }
        assertTrue(taken > 0);
    }

    /** Returns whether the region was taken. */
    private static boolean leadsNowhereElse(String region, long seed) {
        URI hss;
        try {
            hss = ResolvedConnection.ofItem(
                            (Item) null, new ConnectionOverrides(null, region, "p", null, HssJenkins.CREDENTIALS))
                    .scope()
                    .endpoint();
        } catch (AbortException refused) {
            return false;
        }
        assertEquals("https", hss.getScheme());
        assertTrue(OF_HUAWEI_CLOUD.matcher(hss.getHost()).matches(), () -> hss + ", seed " + seed);
        assertEquals("https://" + hss.getHost(), hss.toString());
        return true;
    }
}
