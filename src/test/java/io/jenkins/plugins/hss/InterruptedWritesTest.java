package io.jenkins.plugins.hss;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.BuildListener;
import hudson.model.FreeStyleBuild;
import hudson.model.Result;
import hudson.util.StreamTaskListener;
import io.jenkins.plugins.hss.fake.Zips;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import jenkins.util.BuildListenerAdapter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.TestBuilder;

/** Core may interrupt a freestyle build anywhere: what is being written down then is not lost. */
@ExtendWith(FastPolling.class)
class InterruptedWritesTest extends SharedJenkins {
    @AfterEach
    void contractIsKept() {
        hss.assertKept();
    }

    @ParameterizedTest
    @ValueSource(strings = {" created", "records match", " succeeded"})
    void interruptBesideALineOfTheLogIsAnAbortThatKnowsItsTask(String line) throws Exception {
        hss.service().report(Zips.of("a.csv", "1"));
        HssImageReportExportBuilder export =
                HssJenkins.builder("{\"reportType\": \"apps\", \"archiveReport\": true, \"failAbove\": \"1000\"}");

        FreeStyleBuild b = runs((build, launcher, listener) ->
                export.perform(build, launcher, interrupting(line, listener.getLogger())));

        String id = hss.service().taskIds().get(0);
        assertThat(HssJenkins.log(b), containsString("[HSS] Aborted. Export task " + id + " continues in HSS."));
        JsonNode record = Builds.export(j, b);
        assertEquals("ABORTED", record.get("state").textValue());
        assertEquals(id, record.get("taskId").textValue());
        Builds.assertNothingLeft(b);
    }

    @Test
    void interruptBeforeTheExportBeginsSendsNothing() throws Exception {
        HssImageReportExportBuilder export = HssJenkins.builder("{\"reportType\": \"apps\"}");

        FreeStyleBuild b = runs((build, launcher, listener) -> {
            Thread.currentThread().interrupt();
            return export.perform(build, launcher, listener);
        });

        assertThat(HssJenkins.log(b), containsString("[HSS] Aborted. No task was created in HSS."));
        hss.assertNoCall();
        Builds.assertNothingLeft(b);
    }

    private interface Action {
        boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
                throws InterruptedException, IOException;
    }

    private FreeStyleBuild runs(Action action) throws Exception {
        var job = j.createFreeStyleProject();
        job.getBuildersList().add(new TestBuilder() {
            @Override
            public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
                    throws InterruptedException, IOException {
                return action.perform(build, launcher, listener);
            }
        });
        return hss.runs(Result.ABORTED, job);
    }

    /** A log whose writer is interrupted as soon as it has written a certain line. */
    private static BuildListener interrupting(String line, PrintStream log) {
        OutputStream out = new FilterOutputStream(log) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
                if (new String(bytes, offset, length, StandardCharsets.UTF_8).contains(line)) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        return BuildListenerAdapter.wrap(new StreamTaskListener(out, StandardCharsets.UTF_8));
    }
}
