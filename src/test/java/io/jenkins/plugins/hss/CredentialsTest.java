package io.jenkins.plugins.hss;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsParameterDefinition;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.domains.HostnameSpecification;
import hudson.model.FreeStyleProject;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import io.jenkins.plugins.hss.config.HssConnection;
import io.jenkins.plugins.hss.config.HssGlobalConfiguration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose credentials a build may use, where they are sent to, and what it says when there are none. */
class CredentialsTest extends SharedJenkins {
    private static final String KINDS =
            "Usable kinds: a secret text (a token), or a user name and password (an access key";
    private static final Credentials AT_ROOT =
            HssJenkins.token(CredentialsScope.GLOBAL, HssJenkins.CREDENTIALS, HssJenkins.TOKEN);

    @Test
    void credentialsOfAFolderServeItsJobsAlone() throws Exception {
        hss.service().token("token-of-the-folder");
        Folder folder = j.createProject(Folder.class);
        CredentialsStore store = StreamSupport.stream(
                        CredentialsProvider.lookupStores(folder).spliterator(), false)
                .filter(candidate -> candidate.getContext() == folder)
                .findFirst()
                .orElseThrow();
        store.addCredentials(
                Domain.global(), HssJenkins.token(CredentialsScope.GLOBAL, "of-folder", "token-of-the-folder"));
        String script = "hssImageReportExport reportType: 'malwares', credentialsId: 'of-folder'";
        WorkflowJob inside = folder.createProject(WorkflowJob.class, "inside");
        inside.setDefinition(new CpsFlowDefinition(script, true));

        assertThat(HssJenkins.log(hss.runs(Result.SUCCESS, inside)), containsString("with credentials 'of-folder'"));
        assertEquals("token-of-the-folder", hss.onlyCall().header("x-auth-token"));

        WorkflowRun outside = hss.runs(Result.FAILURE, script);
        assertThat(
                HssJenkins.log(outside),
                containsString("ERROR: Could not find credentials 'of-folder' for 127.0.0.1 in the context of "
                        + outside.getParent().getFullDisplayName() + ". " + KINDS));
        hss.onlyCall();
    }

    @Test
    void missingCredentialsOfAConnectionAreNamed() throws Exception {
        HssConnection connection = hss.connection();
        connection.setCredentialsId("gone");

        fails(
                "hssImageReportExport 'malwares'",
                "Could not find credentials 'gone' for 127.0.0.1, which connection 'fake' uses, at the root of"
                        + " Jenkins. " + KINDS);

        connection.setCredentialsId(null);

        fails(
                "hssImageReportExport 'malwares'",
                "Connection 'fake' has no credentials. Choose some there, or give credentialsId");
    }

    @Test
    void credentialsOfAWrongKindAreNamedWithTheirKind() throws Exception {
        HssJenkins.credentials(
                AT_ROOT,
                new FileCredentialsImpl(
                        CredentialsScope.GLOBAL,
                        "file",
                        null,
                        "token.txt",
                        SecretBytes.fromString("c2VjcmV0LWJ5dGVz")));
        String message = "Credentials 'file' are of the kind 'Secret file'. " + KINDS;

        fails("hssImageReportExport reportType: 'malwares', credentialsId: 'file'", message);

        hss.connection().setCredentialsId("file");
        fails("hssImageReportExport 'malwares'", message);
    }

    @Test
    void systemCredentialsServeTheConnectionButNoJobThatNamesThem() throws Exception {
        HssJenkins.credentials(HssJenkins.token(CredentialsScope.SYSTEM, HssJenkins.CREDENTIALS, HssJenkins.TOKEN));

        fails(
                "hssImageReportExport reportType: 'malwares', credentialsId: '" + HssJenkins.CREDENTIALS + "'",
                "Could not find credentials '" + HssJenkins.CREDENTIALS + "' for 127.0.0.1 in the context of");

        hss.runs(Result.SUCCESS, "hssImageReportExport 'malwares'");
        assertEquals(HssJenkins.TOKEN, hss.onlyCall().header("x-auth-token"));
    }

    @Test
    void credentialsForOneHostAreNotSentToAnother() throws Exception {
        hss.service().token("token-for-loopback");
        HssJenkins.credentials(Map.of(
                new Domain("elsewhere", null, List.of(new HostnameSpecification("*.myhuaweicloud.com", null))),
                List.of(HssJenkins.token(CredentialsScope.GLOBAL, "elsewhere", HssJenkins.TOKEN)),
                new Domain("here", null, List.of(new HostnameSpecification("127.0.0.1", null))),
                List.of(HssJenkins.token(CredentialsScope.GLOBAL, "here", "token-for-loopback"))));

        fails(
                "hssImageReportExport reportType: 'malwares', credentialsId: 'elsewhere'",
                "Could not find credentials 'elsewhere' for 127.0.0.1 in the context of");
        HssConnection connection = hss.connection();
        connection.setCredentialsId("elsewhere");
        fails(
                "hssImageReportExport 'malwares'",
                "Could not find credentials 'elsewhere' for 127.0.0.1, which connection 'fake' uses");

        connection.setCredentialsId("here");
        hss.runs(Result.SUCCESS, "hssImageReportExport 'malwares'");
        assertEquals("token-for-loopback", hss.onlyCall().header("x-auth-token"));
    }

    @Test
    void buildMayChooseItsCredentialsByAParameter() throws Exception {
        hss.service().token("chosen-token");
        HssJenkins.credentials(AT_ROOT, HssJenkins.token(CredentialsScope.GLOBAL, "chosen", "chosen-token"));
        FreeStyleProject job = hss.freestyle(HssJenkins.builder("""
                {"reportType": "malwares", "credentialsId": "${WHICH}"}"""));
        job.addProperty(new ParametersDefinitionProperty(
                new CredentialsParameterDefinition("WHICH", null, "chosen", StringCredentials.class.getName(), true)));

        hss.runs(Result.SUCCESS, job);

        assertEquals("chosen-token", hss.onlyCall().header("x-auth-token"));
    }

    @Test
    void useOfCredentialsIsTracked() throws Exception {
        WorkflowRun b = hss.runs(Result.SUCCESS, "hssImageReportExport 'malwares'");

        StandardCredentials credentials = CredentialsProvider.lookupCredentialsInItemGroup(
                        StandardCredentials.class, j.jenkins, null, List.of())
                .get(0);
        assertTrue(CredentialsProvider.getFingerprintOf(credentials)
                .getRangeSet(b.getParent())
                .includes(b.getNumber()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b-secret", "line-secret\nbreak", "größe-secret", " "})
    void tokenThatCannotStandInAHeaderIsRefusedUnseen(String token) throws Exception {
        HssJenkins.credentials(HssJenkins.token(CredentialsScope.GLOBAL, HssJenkins.CREDENTIALS, token));

        String log = fails(
                "hssImageReportExport 'malwares'",
                "The token must have 1 to 32768 visible ASCII characters and no spaces or line breaks");

        assertThat(log, not(containsString("secret")));
    }

    @Test
    void lineBreakAfterATokenThatWasPastedDoesNoHarm() throws Exception {
        HssJenkins.credentials(
                HssJenkins.token(CredentialsScope.GLOBAL, HssJenkins.CREDENTIALS, " " + HssJenkins.TOKEN + "\r\n"));

        hss.runs(Result.SUCCESS, "hssImageReportExport 'malwares'");

        assertEquals(HssJenkins.TOKEN, hss.onlyCall().header("x-auth-token"));
    }

    @Test
    void jenkinsWithoutAConnectionSaysWhereToAddOne() throws Exception {
        HssGlobalConfiguration.get().setConnections(List.of());

        fails(
                "hssImageReportExport 'malwares'",
                "No connection to HSS is configured. An administrator adds one in Manage Jenkins » System » Huawei"
                        + " Cloud HSS; or give region, credentialsId and projectId");
    }

    private String fails(String script, String message) throws Exception {
        String log = HssJenkins.log(hss.runs(Result.FAILURE, script));
        assertThat(log, allOf(containsString("ERROR: "), containsString(message), not(containsString("Submitting"))));
        hss.assertNoCall();
        return log;
    }
}
