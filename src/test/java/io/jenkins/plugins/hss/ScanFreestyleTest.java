package io.jenkins.plugins.hss;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.BuildListener;
import hudson.model.FreeStyleProject;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestBuilder;

/** What freestyle jobs ask of a scan in vain. */
class ScanFreestyleTest extends SharedJenkins {
    private static final String SKIPPED =
            "[HSS] The result of the scan is not looked for, because the build was aborted";

    @Test
    void postBuildActionIsSkippedForAnAbortedBuild() throws Exception {
        FreeStyleProject job = j.createFreeStyleProject();
        job.getBuildersList().add(new TestBuilder() {
            @Override
            public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
                    throws InterruptedException {
                throw new InterruptedException();
            }
        });
        job.getPublishersList().add(new HssImageScanResultPublisher(new ImageScanResult("shop/web:42")));

        String log = JenkinsRule.getLog(hss.runs(Result.ABORTED, job));

        assertThat(log, containsString(SKIPPED));
        hss.assertNoCall();
    }

    @Test
    void mistakeThatOnlyTheVariablesShowFailsTheBuild() throws Exception {
        FreeStyleProject job = j.createFreeStyleProject();
        job.addProperty(new ParametersDefinitionProperty(
                new StringParameterDefinition("TAG", ""), new StringParameterDefinition("N", "none")));
        job.getBuildersList().add(new HssImageScanResultBuilder(new ImageScanResult("shop/web:${TAG}")));
        ImageScanResult badGate = HssJenkins.step(ImageScanResult.class, """
                {"image": "shop/web:42", "qualityGates": [{"threshold": "${N}"}]}""");
        job.getPublishersList().add(new HssImageScanResultPublisher(badGate));

        String log = HssJenkins.log(hss.runs(Result.FAILURE, job));

        assertThat(log, containsString("\"shop/web:\" is not the name of an image"));
        assertThat(log, containsString("qualityGates[0]: threshold must be a whole number, but is none"));
        assertThat(log, not(containsString(SKIPPED)));
        hss.assertNoCall();
    }

    @Test
    void buildFailsWithoutAPlaceToAsk() throws Exception {
        ImageScanResult nowhere = HssJenkins.step(ImageScanResult.class, """
                {"image": "shop/web:42", "connection": "other-${BUILD_NUMBER}"}""");
        FreeStyleProject job = j.createFreeStyleProject();
        job.getBuildersList().add(new HssImageScanResultBuilder(nowhere));

        String log = HssJenkins.log(hss.runs(Result.FAILURE, job));

        assertThat(log, containsString("Could not find connection 'other-1'. Configured connections: fake"));
        hss.assertNoCall();
    }
}
