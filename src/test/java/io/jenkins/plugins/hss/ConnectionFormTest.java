package io.jenkins.plugins.hss;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.hss.config.HssConnection;
import io.jenkins.plugins.hss.config.HssGlobalConfiguration;
import io.jenkins.plugins.hss.fake.FakeHss;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.htmlunit.Page;
import org.htmlunit.html.HtmlButton;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlElementUtil;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule.WebClient;

/** The connections in the system configuration: through its form, and through its file. */
class ConnectionFormTest extends SharedJenkins {

    @Test
    void everyFieldComesBackFromTheForm() throws Exception {
        HssConnection all = new HssConnection("all \"of\" <it> 全部");
        all.setRegion("cn-moon-1");
        all.setEndpoint("https://hss.example.com:8443");
        all.setIamEndpoint("https://iam.example.com");
        all.setProjectId("p7");
        all.setEnterpriseProjectId("all_granted_eps");
        all.setCredentialsId(HssJenkins.CREDENTIALS);
        all.setIamDomain("acme & co");
        all.setCallsPerMinute(600);
        HssConnection region = new HssConnection("region alone");
        region.setRegion("eu-west-101");
        HssConnection endpoint = new HssConnection("endpoint alone");
        endpoint.setEndpoint("http://127.0.0.1:8181");
        endpoint.setCredentialsId("gone");
        endpoint.setCallsPerMinute(1);
        List<HssConnection> before = List.of(all, region, endpoint);
        HssGlobalConfiguration.get().setConnections(before);

        j.configRoundtrip();

        List<HssConnection> after = HssGlobalConfiguration.get().getConnections();
        assertEquals(3, after.size());
        for (int i = 0; i < 3; i++) {
            assertNotSame(before.get(i), after.get(i));
            assertEquals(WebForms.fields(before.get(i)), WebForms.fields(after.get(i)));
        }
    }

    @Test
    void lastConnectionCanBeRemoved() throws Exception {
        HtmlForm form = form();
        HtmlElement delete = form.getFirstByXPath(
                "//div[.//input[@name='_.iamDomain']]//button[contains(@class, 'repeatable-delete')]");
        delete.click();
        Awaitility.await().until(() -> form.getInputsByName("_.iamDomain").isEmpty());

        j.submit(form);

        assertEquals(List.of(), HssGlobalConfiguration.get().getConnections());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            name           |                        | A connection needs a name
            region         | evil.example/#         | is not the name of a region
            endpoint       |                        | Connection 'fake' needs a region or an endpoint
            endpoint       | http://hss.example.com | would send credentials unprotected. Use https
            iamEndpoint    | http://iam.example.com | would send credentials unprotected. Use https
            callsPerMinute | 601                    | callsPerMinute must be 1 to 600, but is 601
            """)
    void mistakeIsRefusedWithTheReason(String field, String typed, String reason) throws Exception {
        HtmlForm form = form();
        HtmlInput input = form.getFirstByXPath("//div[@name='connections']//input[@name='_." + field + "']");
        input.setValue(typed == null ? "" : typed);

        assertRefused(form, reason);
    }

    @Test
    void emptyNumberOfCallsIsFive() throws Exception {
        HtmlForm form = form();
        HtmlInput calls = form.getFirstByXPath("//div[@name='connections']//input[@name='_.callsPerMinute']");
        calls.setValue("");

        j.submit(form);

        assertEquals(5, HssGlobalConfiguration.get().getConnections().get(0).getCallsPerMinute());
    }

    @Test
    void defaultConnectionIsKeptAndOneThatIsNotThereRefused() throws Exception {
        HssConnection second = new HssConnection("second");
        second.setRegion("cn-north-4");
        HssGlobalConfiguration.get().setConnections(List.of(hss.connection(), second));
        HtmlForm form = form();
        form.getInputByName("_.defaultConnection").setValue(" second ");

        j.submit(form);

        assertEquals("second", HssGlobalConfiguration.get().getDefaultConnection());
        HtmlForm again = form();
        again.getInputByName("_.defaultConnection").setValue("third");
        assertRefused(again, "Could not find connection 'third'. Configured connections: fake, second");
        HssGlobalConfiguration.get().setDefaultConnection(null);
    }

    @Test
    void twoConnectionsOfOneNameAreRefused() throws Exception {
        HssConnection second = new HssConnection("second");
        second.setRegion("cn-north-4");
        HssGlobalConfiguration.get().setConnections(List.of(hss.connection(), second));
        HtmlForm form = form();
        HtmlInput name = form.getFirstByXPath("//input[@name='_.name' and @value='second']");
        name.setValue(" fake ");

        assertRefused(form, "There are two connections 'fake'");
    }

    private void assertRefused(HtmlForm form, String reason) throws Exception {
        List<Map<String, String>> before = saved();

        Page answer = j.submit(form);

        assertTrue(answer.getWebResponse().getStatusCode() >= 400);
        assertThat(((HtmlPage) answer).getBody().getTextContent(), containsString(reason));
        assertEquals(before, saved());
    }

    private static List<Map<String, String>> saved() {
        return HssGlobalConfiguration.get().getConnections().stream()
                .map(WebForms::fields)
                .toList();
    }

    private HtmlForm form() throws Exception {
        WebClient client = j.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        return client.goTo("configure").getFormByName("config");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<connections>%s</connections>",
                // as Java's own unmodifiable list was once written
                "<connections class=\"java.util.ImmutableCollections$List12\" resolves-to=\"java.util.CollSer\""
                        + " serialization=\"custom\"><java.util.CollSer><default><tag>1</tag></default><int>1</int>%s"
                        + "</java.util.CollSer></connections>"
            })
    void fileOfAFirstVersionIsRead(String connections) throws Exception {
        String connection = """
                <io.jenkins.plugins.hss.config.HssConnection>
                  <name>old</name>
                  <endpoint>%s</endpoint>
                  <projectId>%s</projectId>
                  <credentialsId>%s</credentialsId>
                </io.jenkins.plugins.hss.config.HssConnection>
                """.formatted(hss.service().url(), FakeHss.PROJECT, HssJenkins.CREDENTIALS);
        Files.writeString(
                file(),
                "<?xml version='1.1' encoding='UTF-8'?>\n<io.jenkins.plugins.hss.config.HssGlobalConfiguration>\n"
                        + connections.formatted(connection)
                        + "\n</io.jenkins.plugins.hss.config.HssGlobalConfiguration>\n");
        HssGlobalConfiguration.get().load();

        HssConnection old = HssGlobalConfiguration.get().findConnection("old").orElseThrow();
        assertEquals(5, old.getCallsPerMinute());
        hss.runs(Result.SUCCESS, "hssImageReportExport 'malwares'");
        hss.onlyCall();
        j.configRoundtrip();
        assertEquals(List.of(WebForms.fields(old)), saved());
    }

    @Test
    void whatIsSavedIsReadAgainAndIsPlain() throws Exception {
        HssConnection connection = Account.IAM_USER.connect(hss);
        String xml = Files.readString(file());
        assertThat(xml, containsString("<connections>"));
        assertThat(xml, containsString("<iamDomain>acme</iamDomain>"));

        HssGlobalConfiguration.get().load();

        assertNotSame(connection, HssGlobalConfiguration.get().getConnections().get(0));
        assertEquals(List.of(WebForms.fields(connection)), saved());
    }

    private static Path file() {
        return j.jenkins.getRootDir().toPath().resolve(HssGlobalConfiguration.class.getName() + ".xml");
    }

    @Test
    void buttonInTheSystemConfigurationTriesWhatStandsInTheForm() throws Exception {
        Account.IAM_USER.connect(hss);
        hss.service().cicd("shop-pipeline", "支付流水线");
        try (WebClient client = j.createWebClient()) {
            HtmlPage page = client.goTo("configure");
            HtmlForm form = page.getFormByName("config");

            press(page);
            awaitText(
                    page,
                    "Authenticated as IAM user jenkins of account acme, in project " + FakeHss.PROJECT
                            + ". CI/CD accesses: 2");

            form.getInputByName("_.iamDomain").setValue("nobody");
            press(page);
            awaitText(page, "Obtaining a token from IAM failed: HTTP 401");
        }
        assertEquals(
                Account.DOMAIN,
                HssGlobalConfiguration.get().getConnections().get(0).getIamDomain());
        hss.assertKept();
    }

    private static void press(HtmlPage page) throws Exception {
        HtmlButton button = page.getFirstByXPath("//button[@data-validate-button-method='testConnection']");
        HtmlElementUtil.click(button);
    }

    private static void awaitText(HtmlPage page, String text) {
        Awaitility.await().untilAsserted(() -> assertThat(page.getBody().getTextContent(), containsString(text)));
    }
}
