package io.jenkins.plugins.hss.scan;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Run;
import hudson.security.AuthorizationStrategy;
import hudson.security.SecurityRealm;
import io.jenkins.plugins.hss.engine.Finding;
import io.jenkins.plugins.hss.engine.FindingType;
import java.io.File;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What people see of scans, and other programs by the remote API. */
@WithJenkins
class ScanPagesTest {
    private static final String IMAGE = "registry.example.com:5000/shop/web:42";
    private static final String OVERRIDE = "\u202e";

    private static JenkinsRule j;

    private FreeStyleBuild build;

    @BeforeAll
    static void start(JenkinsRule rule) {
        j = rule;
    }

    @AfterAll
    static void stop() throws Exception {
        j.after();
    }

    @BeforeEach
    void build() throws Exception {
        build = j.buildAndAssertSuccess(j.createFreeStyleProject());
    }

    private HtmlPage page(String path) throws Exception {
        return j.createWebClient().withJavaScriptEnabled(false).goTo(build.getUrl() + path);
    }

    private static List<List<String>> rows(HtmlPage page) {
        return page.<DomElement>getByXPath("//table[last()]/tbody/tr").stream()
                .map(row -> row.<DomElement>getByXPath("td").stream()
                        .map(cell -> cell.getTextContent().trim().replaceAll("\\s+", " "))
                        .toList())
                .toList();
    }

    /** Returns the second column of the last table. */
    private static List<String> ids(HtmlPage page) {
        List<DomElement> tables = page.getByXPath("//table");
        return tables.get(tables.size() - 1).<DomElement>getByXPath("tbody/tr/td[2]/div[1]").stream()
                .map(DomElement::getTextContent)
                .toList();
    }

    private static int status(String url) throws Exception {
        try (JenkinsRule.WebClient client = j.createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
            return client.goTo(url, null).getWebResponse().getStatusCode();
        }
    }

    @Test
    void buildPageTellsImageNumbersAndVerdicts() throws Exception {
        Scans.add(build, IMAGE, Scans.result(2, 1, 3));

        HtmlPage page = page("");
        assertThat(
                page.getBody().getTextContent().replaceAll("\\s+", " "),
                allOf(
                        containsString(IMAGE),
                        containsString(Scans.DIGEST),
                        containsString("by tag only"),
                        containsString("Level in HSS: High"),
                        containsString("Vulnerabilities213"),
                        containsString("vulnerability, high and above: 2, and 1 or more fail the buildFailed"),
                        containsString("all types: 7, fewer than 20Passed"),
                        containsString("HSS reports none of the weak passwords")));
        assertNotNull(page.getFirstByXPath("//a[@href='hss-findings/1/']"));
        assertNotNull(page.getFirstByXPath("//a[contains(@href, '" + build.getUrl() + "hss-findings')]"));
    }

    @Test
    void severalScansHaveAPageEach() throws Exception {
        Scans.add(build, IMAGE, Scans.result(1, 0, 0));
        Scans.add(build, "shop/db:1", Scans.result(0, 1, 0));

        assertEquals(
                List.of(List.of("1", IMAGE, "Failed"), List.of("2", "shop/db:1", "Passed")),
                rows(page("hss-findings/")));
        assertThat(page("hss-findings/2/").getBody().getTextContent(), containsString("shop/db:1"));
        assertEquals(404, status(build.getUrl() + "hss-findings/3/"));
        assertEquals(404, status(build.getUrl() + "hss-findings/x/"));
    }

    @Test
    void findingsAreFilteredByTypeSeverityAndText() throws Exception {
        Scans.add(build, IMAGE, Scans.result(2, 1, 3));

        HtmlPage page = page("hss-findings/1/");
        assertEquals(6, ids(page).size());
        assertEquals(
                "RHSA-2026:1Upgrade to 1.1.2Advisory",
                rows(page).get(rows(page).size() - 6).get(1));
        assertEquals(
                "https://access.redhat.com/errata/RHSA-2026:1",
                page.<DomElement>getFirstByXPath("//a[text()='Advisory']").getAttribute("href"));
        assertEquals(
                "noopener noreferrer",
                page.<DomElement>getFirstByXPath("//a[text()='Advisory']").getAttribute("rel"));
        assertThat(
                page.getBody().getTextContent(),
                allOf(containsString("1.1.1"), containsString("/usr/lib/libssl.so.1"), containsString("Upgrade to")));
        assertEquals(List.of("/opt/x/miner"), ids(page("hss-findings/1/?type=malwares")));
        assertEquals(List.of("RHSA-2026:4", "RHSA-2026:5", "RHSA-2026:6"), ids(page("hss-findings/1/?severity=low")));
        assertEquals(List.of("RHSA-2026:2"), ids(page("hss-findings/1/?text=rhsa-2026:2")));
        assertEquals(List.of(), ids(page("hss-findings/1/?text=.*")), "a pattern");

        HtmlForm form = page.<HtmlForm>getFirstByXPath("//form[.//select[@name='severity']]");
        form.getSelectByName("severity").setSelectedAttribute("medium", true);
        HtmlPage filtered = form.<DomElement>getFirstByXPath(".//button").click();
        assertEquals(List.of("RHSA-2026:3"), ids(filtered));
    }

    @Test
    void findingsArePagedOnTheServer() throws Exception {
        Scans.add(build, IMAGE, Scans.result(250, 0, 0));

        HtmlPage first = page("hss-findings/1/?limit=1000&text=RHSA");
        assertEquals(200, ids(first).size(), "more than a page may have");
        HtmlPage second = first.<DomElement>getFirstByXPath("//a[@rel='next']").click();
        assertEquals(50, ids(second).size());
        assertEquals("RHSA-2026:250", ids(second).get(49));
        assertNull(second.getFirstByXPath("//a[@rel='next']"));
        assertNotNull(second.getFirstByXPath("//a[@rel='prev']"));
        assertEquals(List.of(), ids(page("hss-findings/1/?page=999999")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"type=cve", "severity=critical", "page=0", "page=-1", "limit=x", "page=99999999999"})
    void whatMakesNoSenseIsRefused(String parameters) throws Exception {
        Scans.add(build, IMAGE, Scans.result(1, 0, 0));
        assertEquals(400, status(build.getUrl() + "hss-findings/1/?" + parameters));
    }

    @Test
    void ignoredFindingsAreStruckThroughWithTheirReason() throws Exception {
        Finding ignored = Scans.everywhere(FindingType.MALWARES, "/opt/test-virus", "part of the <i>tests</i>");
        Scans.add(
                build,
                IMAGE,
                Scans.result(
                        Scans.findings(FindingType.VULNERABILITY, List.of()),
                        Scans.findings(
                                FindingType.MALWARES,
                                List.of(Scans.everywhere(FindingType.MALWARES, "/opt/miner", null), ignored))));

        HtmlPage page = page("hss-findings/1/");
        assertEquals(List.of("/opt/miner", "/opt/test-virus"), ids(page));
        assertEquals(
                "/opt/test-virus",
                page.<DomElement>getFirstByXPath("//table//s").getTextContent());
        assertThat(
                page.getBody().getTextContent(),
                allOf(containsString("Ignored: part of the <i>tests</i>"), containsString("1 of 2 ignored")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<img src=x onerror=alert(1)>",
                "\"'><script>alert(1)</script>",
                "javascript:alert(1)",
                " JavaScript:alert(1)",
                "data:text/html,<script>alert(1)</script>",
                "https://trusted.example@evil.example/",
                "${1+1} $${%x} &lt;b&gt;",
                "a" + OVERRIDE + "b\u0007\u200b\n"
            })
    void whatAnImageSaysIsOnlyText(String text) throws Exception {
        List<Finding> rows = new ArrayList<>();
        for (FindingType type : FindingType.values()) {
            rows.add(Scans.everywhere(type, text, text));
        }
        Scans.add(
                build, "shop/w" + OVERRIDE + "<img>:1", Scans.result(Scans.findings(FindingType.VULNERABILITY, rows)));

        for (String path : List.of("", "hss-findings/", "hss-findings/1/", "../")) {
            HtmlPage page = page(path);
            assertNull(page.getFirstByXPath("//main//img | //*[@id='main-panel']//img | //*[@onerror]"), path);
            assertNull(page.getFirstByXPath("//*[@id='main-panel']//script[not(@src)]"), path);
            assertNull(page.getFirstByXPath("//a[starts-with(normalize-space(@href), 'data:')]"), path);
            assertNull(page.getFirstByXPath("//a[contains(@href, 'evil.example')]"), path);
            assertNull(page.getFirstByXPath("//a[contains(@href, 'lert(1)')]"), path);
            assertNull(page.getFirstByXPath("//*[@tooltip or @data-html-tooltip][contains(., 'alert')]"), path);
            assertFalse(page.getWebResponse().getContentAsString().contains(OVERRIDE), path);
        }
        String shown = text.replace(OVERRIDE, "\\u202E")
                .replace("\u0007", "\\u0007")
                .replace("\u200b", "\\u200B")
                .replace("\n", "\\u000A");
        HtmlPage page = page("hss-findings/1/");
        assertEquals(FindingType.values().length, ids(page).size());
        assertEquals(shown, ids(page).get(0));
        String api = j.createWebClient()
                .goTo(build.getUrl() + "hss-findings/1/api/json", "application/json")
                .getWebResponse()
                .getContentAsString();
        assertFalse(api.contains(OVERRIDE), api);
        assertFalse(
                Scans.json(j, build.getUrl() + "api/json?depth=3").toString().contains(OVERRIDE));
    }

    @Test
    void remoteApiPagesTheRowsAndTheBuildsOwnHasNone() throws Exception {
        Scans.add(build, IMAGE, Scans.result(5, 2, 0));

        JsonNode rows = Scans.json(j, build.getUrl() + "hss-findings/1/api/json?severity=high&limit=2&page=3");
        assertEquals(5, rows.get("total").intValue());
        assertEquals(1, rows.get("rows").size());
        JsonNode row = rows.get("rows").get(0);
        assertEquals("RHSA-2026:5", row.get("id").textValue());
        assertEquals("high", row.get("severity").textValue());
        assertEquals("immediate_repair", row.get("severityWord").textValue());
        assertEquals("openssl", row.get("packageName").textValue());

        String url = build.getUrl() + "api/json?depth=5";
        JsonNode scan = Scans.json(j, url).findValue("scans").get(0);
        assertEquals("failed", scan.get("result").textValue());
        assertEquals(5, scan.get("counts").get(0).get("severities").get("high").intValue());
        assertEquals(5, scan.get("gates").get(0).get("count").intValue());
        assertFalse(Scans.json(j, url).toString().contains("RHSA-2026"));
        assertEquals(
                scan.get("image"),
                Scans.json(j, build.getUrl() + "hss-findings/api/json")
                        .get("scans")
                        .get(0)
                        .get("image"));
    }

    @Test
    void rowsNeedTheRightToArtifactsAndNumbersDoNot() throws Exception {
        Scans.add(build, IMAGE, Scans.result(1, 0, 0));
        String permission = "hudson.security.ArtifactsPermission";
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.READ, Item.READ, Run.ARTIFACTS)
                .everywhere()
                .to("auditor"));
        System.setProperty(permission, "true");
        try (JenkinsRule.WebClient client = j.createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
            client.withJavaScriptEnabled(false).login("reader");
            HtmlPage page = client.goTo(build.getUrl() + "hss-findings/1/");
            assertThat(
                    page.getBody().getTextContent(),
                    allOf(containsString("Run/Artifacts"), containsString(IMAGE), not(containsString("RHSA"))));
            String api = build.getUrl() + "hss-findings/1/api/json";
            assertEquals(403, client.goTo(api, null).getWebResponse().getStatusCode());
            assertEquals(
                    200,
                    client.goTo(build.getUrl() + "hss-findings/api/json", null)
                            .getWebResponse()
                            .getStatusCode());
            client.login("auditor");
            assertEquals(200, client.goTo(api, null).getWebResponse().getStatusCode());
        } finally {
            System.clearProperty(permission);
            j.jenkins.setAuthorizationStrategy(AuthorizationStrategy.UNSECURED);
            j.jenkins.setSecurityRealm(SecurityRealm.NO_AUTHENTICATION);
        }
    }

    @Test
    void lostAndDamagedFilesAreSaid() throws Exception {
        Scans.add(build, IMAGE, Scans.result(1, 0, 0));
        File file = new File(build.getRootDir(), "hss-findings/1.json.gz");
        byte[] whole = Files.readAllBytes(file.toPath());
        Files.write(file.toPath(), Arrays.copyOf(whole, whole.length / 2));
        assertThat(page("hss-findings/1/").getBody().getTextContent(), containsString("missing or damaged"));
        Files.delete(file.toPath());
        assertThat(page("hss-findings/1/").getBody().getTextContent(), containsString("missing or damaged"));
    }

    @Test
    void jobPageShowsOneImageAtATime() throws Exception {
        FreeStyleProject job = build.getParent();
        Scans.add(build, "shop/web:1", Scans.result(4, 0, 0));
        FreeStyleBuild second = j.buildAndAssertSuccess(job);
        Scans.add(second, "shop/db:7", Scans.result(0, 1, 0));
        Scans.add(second, "shop/web:2", Scans.result(1, 2, 0));
        HtmlPage page = j.createWebClient().withJavaScriptEnabled(false).goTo(job.getUrl());

        assertEquals(
                List.of("shop/web", "shop/db"),
                page.<DomElement>getByXPath("//select[@name='hssImage']/option").stream()
                        .map(DomElement::getTextContent)
                        .toList());
        assertEquals(
                List.of("#1: high 5, medium 0, low 0, none 0", "#2: high 2, medium 2, low 0, none 0"), titles(page));
        List<DomElement> links = page.getByXPath("//*[name()='svg']/*[name()='a']");
        assertTrue(links.get(1).getAttribute("href").endsWith(second.getUrl()), links.toString());
        assertEquals(
                List.of("var(--red)", "var(--red)", "var(--orange)"),
                page.<DomElement>getByXPath("//*[name()='a']/*[name()='rect'][@fill!='transparent']").stream()
                        .map(bar -> bar.getAttribute("fill"))
                        .toList());
        assertThat(page.getBody().getTextContent().replaceAll("\\s+", " "), containsString("High Medium Low None"));
        assertEquals(
                List.of("#1", "5", "0", "0", "0", "Failed"),
                page.<DomElement>getByXPath("//table[caption]/tbody/tr[1]/td").stream()
                        .map(cell -> cell.getTextContent().trim())
                        .toList());

        HtmlPage other = j.createWebClient().withJavaScriptEnabled(false).goTo(job.getUrl() + "?hssImage=shop/db");
        assertEquals(List.of("#2: high 1, medium 1, low 0, none 0"), titles(other));
    }

    @Test
    void jobWithoutScansShowsNoChart() throws Exception {
        HtmlPage page = j.createWebClient().withJavaScriptEnabled(false).getPage(build.getParent());
        assertFalse(page.getBody().getTextContent().contains("HSS"));
    }

    private static List<String> titles(HtmlPage page) {
        return page.<DomElement>getByXPath("//*[name()='svg']/*[name()='a']/*[name()='title']").stream()
                .map(DomElement::getTextContent)
                .toList();
    }
}
