package io.jenkins.plugins.hss;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Job;
import io.jenkins.plugins.hss.config.HssConnection;
import io.jenkins.plugins.hss.config.HssGlobalConfiguration;
import io.jenkins.plugins.hss.fake.Answer;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.FakeHss;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import jenkins.model.Jenkins;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvnet.hudson.test.JenkinsRule.WebClient;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** The names of CI/CD accesses that a job's form proposes. */
class CicdNameSuggestionsTest extends SharedJenkins {
    private static final List<String> NAMES = List.of("shop-pipeline", "支付 <b>");
    private static FreeStyleProject job;

    @BeforeAll
    static void secure() throws Exception {
        job = j.createFreeStyleProject();
        job.getBuildersList().add(HssJenkins.builder("{\"reportType\": \"malwares\"}"));
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ, Item.EXTENDED_READ, Item.BUILD)
                .everywhere()
                .to("reader", "configurer")
                .grant(Item.CONFIGURE)
                .everywhere()
                .to("configurer"));
    }

    @BeforeEach
    void twoAccesses() {
        hss.service().cicd(NAMES.toArray(new String[0]));
    }

    @ParameterizedTest
    @EnumSource
    void namesAreProposedToWhoConfiguresTheJobAndKeptForAWhile(Account account) throws Exception {
        account.connect(hss);

        assertEquals(NAMES, proposed(job, Map.of()));
        assertEquals(NAMES, proposed(job, Map.of()));

        assertEquals(1, calls());
        hss.assertKept();
    }

    @Test
    void idsAreNotTold() throws Exception {
        String answer = ask("configurer", job, Map.of()).getContentAsString();

        assertEquals(NAMES, List.of(new ObjectMapper().readValue(answer, String[].class)));
        hss.service().cicdIds().forEach(id -> assertThat(answer, not(containsString(id))));
    }

    @Test
    void otherProjectOrConnectionHasNamesOfItsOwn() throws Exception {
        hss.service().project("cn-north-1", "p1");
        HssConnection first = Account.ACCESS_KEY.connect(hss);
        try (FakeHss other = new FakeHss().accessKey(Account.AK, Account.SK).cicd("other")) {
            HssConnection second = new HssConnection("second");
            second.setEndpoint(other.url().toString());
            second.setProjectId(FakeHss.PROJECT);
            second.setCredentialsId(HssJenkins.CREDENTIALS);
            HssGlobalConfiguration.get().setConnections(List.of(first, second));
            HssGlobalConfiguration.get().setDefaultConnection(first.getName());

            assertEquals(NAMES, proposed(job, Map.of()));
            assertEquals(List.of("other"), proposed(job, Map.of("connection", "second")));
            assertEquals(NAMES, proposed(job, Map.of("projectId", "p1")));
            assertThat(hss.service().calls(Api.CICD).get(1).path(), containsString("/p1/"));
        }
    }

    @Test
    void nothingIsAskedForPeopleWhoMayNotConfigureTheJob() throws Exception {
        assertEquals(List.of(), read(ask("reader", job, Map.of())));
        assertEquals(List.of(), read(ask("configurer", null, Map.of())));

        hss.assertNoCall();
    }

    static Stream<Answer> failures() {
        return Stream.of(
                Answers.hss(403, "HSS.0013", "no permission"),
                Answers.gateway(500, "APIGW.0601", "broken"),
                Answers.gateway(429, "APIGW.0308", "too many").withHeader("Retry-After", "0"),
                Answers.html(502, "<p>down"),
                Answers.status(200, "[]"),
                Answers.cut());
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failureIsQuietAndNotRepeatedForAWhile(Answer failure) throws Exception {
        hss.service().always(Api.CICD, failure);

        assertEquals(List.of(), proposed(job, Map.of()));
        assertEquals(List.of(), proposed(job, Map.of()));

        assertEquals(1, calls());
    }

    @Test
    void serviceThatDoesNotAnswerIsNotWaitedForLong() throws Exception {
        hss.service().always(Api.CICD, Answers.stall());

        assertEquals(List.of(), proposed(job, Map.of()));
        assertEquals(1, calls());
    }

    @Test
    void wrongAccessKeyIsTriedOnceAndAMendedOneCountsAtOnce() throws Exception {
        Account.ACCESS_KEY.connect(hss);
        Account.change(Account.AK, "wrong");

        for (int i = 0; i < 8; i++) {
            assertEquals(List.of(), proposed(job, Map.of()));
        }
        assertEquals(1, hss.service().calls().size());

        Account.change(Account.AK, Account.SK);
        assertEquals(NAMES, proposed(job, Map.of()));
    }

    @Test
    void whatCannotWorkAsksNobody() throws Exception {
        assertEquals(List.of(), proposed(job, Map.of("connection", "gone")));
        assertEquals(List.of(), proposed(job, Map.of("connection", "${CONNECTION}")));
        assertEquals(List.of(), proposed(job, Map.of("credentialsId", "gone")));
        assertEquals(List.of(), proposed(job, Map.of("region", "evil.example/#", "credentialsId", "hss-token")));
        assertEquals(List.of(), proposed(job, Map.of("projectId", "${PROJECT}")));
        HssGlobalConfiguration.get().setConnections(List.of());
        assertEquals(List.of(), proposed(job, Map.of()));

        hss.assertNoCall();
    }

    @Test
    void credentialsOfTheSameNameInAnotherFolderDoNotReveal() throws Exception {
        hss.service().token("right-token");
        Job<?, ?> inside = jobInAFolderWithToken("right-token");
        Job<?, ?> outside = jobInAFolderWithToken("wrong-token");

        assertEquals(NAMES, proposed(inside, Map.of("credentialsId", "own")));
        assertEquals(List.of(), proposed(outside, Map.of("credentialsId", "own")));
        assertEquals(2, calls());
    }

    private static Job<?, ?> jobInAFolderWithToken(String token) throws Exception {
        Folder folder = j.createProject(Folder.class);
        StreamSupport.stream(CredentialsProvider.lookupStores(folder).spliterator(), false)
                .filter(store -> store.getContext() == folder)
                .findFirst()
                .orElseThrow()
                .addCredentials(Domain.global(), HssJenkins.token(CredentialsScope.GLOBAL, "own", token));
        return folder.createProject(FreeStyleProject.class, "job");
    }

    @Test
    void callsAMinuteOfTheAccountAreKept() throws Exception {
        hss.service().accessKey("AKOFAMINUTE", "secret").callsPerMinute(1);
        HssConnection connection = Account.ACCESS_KEY.connect(hss);
        connection.setProjectId(FakeHss.PROJECT);
        connection.setCallsPerMinute(1);
        Account.change("AKOFAMINUTE", "secret");

        assertEquals(NAMES, proposed(job, Map.of()));
        // Its turn comes in a minute, and nobody waits for that.
        assertEquals(List.of(), proposed(job, Map.of("enterpriseProjectId", "e7")));

        assertEquals(1, calls());
    }

    @Test
    void formAsksForTheNamesOfWhatStandsInIt() throws Exception {
        hss.service().project("cn-north-1", "p7");
        try (WebClient client = j.createWebClient()) {
            client.login("configurer");
            HtmlPage page = client.getPage(job, "configure");
            hss.service().await(Api.CICD, 1, Duration.ofSeconds(60));

            HtmlForm form = page.getFormByName("config");
            HtmlInput project = form.getInputByName("_.projectId");
            project.setValue("p7");
            project.fireEvent("change");
            hss.service().await(Api.CICD, 2, Duration.ofSeconds(60));
        }
        assertThat(hss.service().calls(Api.CICD).get(1).path(), containsString("/p7/"));
    }

    private static List<String> proposed(Job<?, ?> item, Map<String, String> fields) throws Exception {
        return read(ask("configurer", item, fields));
    }

    private static WebResponse ask(String user, Job<?, ?> item, Map<String, String> fields) throws Exception {
        return WebForms.post(
                j,
                user,
                (item == null ? "" : item.getUrl()) + WebForms.url(ImageReportExport.class, "fillCicdNameItems"),
                fields);
    }

    private static List<String> read(WebResponse response) throws Exception {
        return List.of(new ObjectMapper().readValue(WebForms.text(response), String[].class));
    }

    private int calls() {
        return hss.service().calls(Api.CICD).size();
    }
}
