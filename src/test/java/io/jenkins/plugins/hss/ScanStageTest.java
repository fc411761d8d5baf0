package io.jenkins.plugins.hss;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.FreeStyleProject;
import hudson.model.Result;
import io.jenkins.plugins.hss.fake.ScannedImage;
import java.time.Instant;
import java.util.List;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Builds that are judged by the findings of an image, and what their stages and later steps get to know. */
@ExtendWith(FastPolling.class)
class ScanStageTest extends SharedJenkins {
    private static final String FAILED = "vulnerability, high and above: 2, and 1 or more fail the build";
    private static final String UNSTABLE = "vulnerability, high and above: 2, and 1 or more make the build unstable";

    @AfterEach
    void contractIsKept() {
        hss.assertKept();
    }

    /** Adds an image that is scanned while the build runs. */
    private ScannedImage image() {
        ScannedImage image = ScannedImage.of("shop/web:42")
                .scanned(Instant.now().plusSeconds(60))
                .level("High")
                .vulnerabilities(2, 3, 0);
        hss.service().images(image);
        return image;
    }

    private static String step(String gates) {
        return "hssImageScanResult(image: 'shop/web:42', qualityGates: [" + gates + "])";
    }

    private static String gate(String criticality) {
        return "[type: 'vulnerability', severity: 'high', threshold: 1, criticality: '" + criticality + "']";
    }

    @Test
    void unstableGateMarksTheStageAndSaysWhy() throws Exception {
        image();

        WorkflowRun b = hss.runs(Result.UNSTABLE, "stage('Scan') { def scan = " + step(gate("UNSTABLE")) + """

                echo "$scan.result: ${scan.count('vulnerability', 'high')} of ${scan.count('vulnerability')}"
                }
                """);

        String line = "shop/web:42: " + UNSTABLE;
        assertThat(HssJenkins.log(b), containsString("[HSS] " + line + "\n"));
        j.assertLogContains("unstable: 2 of 5", b);
        List<WarningAction> warnings = Builds.warnings(b);
        assertEquals(
                List.of(line), warnings.stream().map(WarningAction::getMessage).toList());
        assertEquals(Result.UNSTABLE, warnings.get(0).getResult());
        assertEquals(UNSTABLE, Builds.scan(j, b).get("reason").textValue());
    }

    @Test
    void failedGateFailsTheStepWithOneLine() throws Exception {
        image();

        WorkflowRun b = hss.runs(Result.FAILURE, step(gate("UNSTABLE") + ", " + gate("FAILURE")));

        assertThat(HssJenkins.log(b), containsString("ERROR: shop/web:42: " + UNSTABLE + "; " + FAILED + "\nFinished"));
        assertEquals("failed", Builds.scan(j, b).get("result").textValue());
        assertEquals(List.of(), Builds.warnings(b));
    }

    @Test
    void whatFollowsInADeclarativePipelineKnowsTheVerdict() throws Exception {
        image();

        WorkflowRun b = hss.runs(Result.FAILURE, """
                pipeline {
                    agent none
                    stages {
                        stage('Scan') {
                            steps {
                                %s
                            }
                        }
                        stage('Next') {
                            steps {
                                echo 'not reached'
                            }
                        }
                    }
                    post {
                        always {
                            echo "$env.HSS_SCAN_RESULT, $env.HSS_SCAN_VULNERABILITY_HIGH: $env.HSS_SCAN_REASON"
                        }
                    }
                }
                """.formatted(step(gate("FAILURE"))));

        j.assertLogContains("failed, 2: " + FAILED, b);
        j.assertLogNotContains("not reached", b);
    }

    @Test
    void worseResultIsNotImproved() throws Exception {
        image();
        hss.runs(Result.FAILURE, "currentBuild.result = 'FAILURE'\n" + step(gate("UNSTABLE")));
        hss.runs(Result.UNSTABLE, "currentBuild.result = 'UNSTABLE'\n" + step("[threshold: 6]"));
        FreeStyleProject job = j.createFreeStyleProject();
        job.getBuildersList().add(new JudgeTest.FailingOnTheWay());
        job.getBuildersList().add(new HssImageScanResultBuilder(HssJenkins.step(ImageScanResult.class, """
                {"image": "shop/web:42", "qualityGates": [{"threshold": "1", "criticality": "UNSTABLE"}]}""")));
        hss.runs(Result.FAILURE, job);
    }

    @Test
    void postBuildActionJudgesLast() throws Exception {
        image();
        FreeStyleProject job = j.createFreeStyleProject();
        job.getPublishersList().add(new HssImageScanResultPublisher(HssJenkins.step(ImageScanResult.class, """
                {"image": "shop/web:42", "qualityGates": [{"threshold": "5"}]}""")));

        String log = HssJenkins.log(hss.runs(Result.FAILURE, job));

        assertThat(log, containsString(" failed: shop/web:42: all types: 5, and 5 or more fail the build\n"));
    }

    @Test
    void imageThatWasNotScannedFailsTheBuild() throws Exception {
        image().status("failed");

        WorkflowRun b = hss.runs(Result.FAILURE, step(""));

        assertThat(HssJenkins.log(b), containsString("ERROR: HSS could not scan shop/web:42: failed"));
        assertEquals("notScanned", Builds.scan(j, b).get("result").textValue());
    }

    @Test
    void imageThatWasNotScannedIsUnstableAtTheMildestAndCountsNothing() throws Exception {
        image().status("failed");

        WorkflowRun b = hss.runs(Result.UNSTABLE, """
                def scan = hssImageScanResult image: 'shop/web:42', notScanned: 'UNSTABLE'
                echo "$scan.result=$env.HSS_SCAN_RESULT, $env.HSS_SCAN_VULNERABILITY."
                try {
                    echo "counted ${scan.count('vulnerability')}"
                } catch (IllegalStateException e) {
                    echo e.message
                }
                """);

        j.assertLogContains("notScanned=notScanned, null.", b);
        j.assertLogContains("shop/web:42 was not scanned, so nothing can be counted", b);
        assertThat(Builds.warnings(b).get(0).getMessage(), containsString("HSS could not scan shop/web:42"));
    }
}
