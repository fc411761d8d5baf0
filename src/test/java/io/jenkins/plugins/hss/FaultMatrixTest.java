package io.jenkins.plugins.hss;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.ProxyConfiguration;
import hudson.model.Result;
import hudson.util.FormValidation;
import io.jenkins.plugins.hss.client.TestTls;
import io.jenkins.plugins.hss.config.HssConnection;
import io.jenkins.plugins.hss.config.HssGlobalConfiguration;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.FakeHss;
import io.jenkins.plugins.hss.fake.Fault;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Every API with every fault, once: how many calls are made, and how the build or the connection test ends. What is seen
 * is the table of docs/reliability.md.
 */
@WithJenkins
@ExtendWith(FastPolling.class)
class FaultMatrixTest {
    private static final Path PAGE = Path.of("docs", "reliability.md");
    private static final String SECRET = "secret-that-nobody-may-see";
    private static final String PERHAPS = "HSS may have created a task";

    private static JenkinsRule j;

    /** What came of a fault. */
    private record Outcome(int calls, boolean goesOn, boolean perhapsATask) {
        @Override
        public String toString() {
            String end = goesOn ? "goes on" : perhapsATask ? "fails, perhaps a task" : "fails";
            return (calls == 1 ? "1 call" : calls + " calls") + ", " + end;
        }
    }

    @TempDir
    private Path folder;

    @TempDir
    private Path strangersFolder;

    @BeforeAll
    static void start(JenkinsRule rule) {
        j = rule;
    }

    /** What is promised, whatever the API. */
    private static Outcome promised(Api api, Fault.Meaning meaning) {
        if (meaning == Fault.Meaning.UNREACHABLE) {
            return new Outcome(0, false, false);
        }
        boolean submit = api == Api.SUBMIT;
        boolean repeated =
                switch (meaning) {
                    case FINE, REFUSED, UNREACHABLE -> false;
                    // A person who tests a connection wants to know at once.
                    case NOT_TAKEN -> api != Api.CICD;
                    case UNKNOWN -> api != Api.CICD && !submit;
                    case DROPPED -> !submit;
                    // Whatever is no zip file is fetched again.
                    case BROKEN -> api == Api.DOWNLOAD;
                };
        boolean goesOn = repeated || meaning == Fault.Meaning.FINE;
        boolean perhaps = submit && !goesOn && meaning != Fault.Meaning.REFUSED;
        return new Outcome(repeated ? 2 : 1, goesOn, perhaps);
    }

    @Test
    void everyFaultOfEveryApiEndsAsPromised() throws Exception {
        TestTls trusted = new TestTls(folder);
        // The transport is made anew for other proxy settings, and takes Java's trust of the moment.
        SSLContext usual = SSLContext.getDefault();
        SSLContext.setDefault(trusted.client());
        j.jenkins.setProxy(new ProxyConfiguration(null, 0));
        try {
            everyFaultOfEveryApi(trusted.server(), new TestTls(strangersFolder).server());
        } finally {
            SSLContext.setDefault(usual);
        }
    }

    private static void everyFaultOfEveryApi(SSLContext trusted, SSLContext stranger) throws Exception {
        Map<String, Cell> cells = new LinkedHashMap<>();
        for (Fault fault : Fault.all(stranger)) {
            for (Api api : Api.ofExports()) {
                FakeHss service = fault.name().equals(Fault.UNTRUSTED) ? new FakeHss(trusted) : new FakeHss();
                Cell cell = new Cell(api, fault, "cell-" + cells.size(), service);
                cells.put(cell.name, cell);
            }
        }
        HssJenkins.credentials(cells.values().stream().map(Cell::credentials).toArray(Credentials[]::new));
        HssGlobalConfiguration.get()
                .setConnections(cells.values().stream().map(Cell::connection).toList());
        ExecutorService starters = Executors.newFixedThreadPool(64);
        try {
            List<CompletableFuture<Void>> running = cells.values().stream()
                    .map(cell -> CompletableFuture.runAsync(cell, starters))
                    .toList();
            for (CompletableFuture<Void> each : running) {
                each.get(10, TimeUnit.MINUTES);
            }
        } finally {
            starters.shutdownNow();
            cells.values().forEach(cell -> cell.service.close());
        }
        assertEquals(
                "",
                cells.values().stream()
                        .map(Cell::difference)
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining("\n")));
        assertPageShows(table(List.copyOf(cells.values())));
    }

    /** One API with one fault, all for itself. */
    private static final class Cell implements Runnable {
        private final Api api;
        private final Fault fault;
        private final String name;
        private final FakeHss service;
        private String log = "";
        private Outcome outcome;

        Cell(Api api, Fault fault, String name, FakeHss service) {
            this.api = api;
            this.fault = fault;
            this.name = name;
            this.service = service;
            service.token(SECRET + name).accessKey(name, SECRET + name).iamUser("acme", name, SECRET + name);
            fault.happening().prepare(service, api);
        }

        Credentials credentials() {
            try {
                return api == Api.TOKEN || api == Api.PROJECTS
                        ? new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, name, null, name, SECRET + name)
                        : HssJenkins.token(CredentialsScope.GLOBAL, name, SECRET + name);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }

        HssConnection connection() {
            HssConnection connection = new HssConnection(name);
            connection.setEndpoint(service.url().toString());
            connection.setIamEndpoint(service.url().toString());
            connection.setRegion(FakeHss.REGION);
            connection.setCredentialsId(name);
            connection.setCallsPerMinute(600);
            if (api == Api.TOKEN) {
                connection.setIamDomain("acme");
            }
            if (api != Api.PROJECTS) {
                connection.setProjectId(FakeHss.PROJECT);
            }
            return connection;
        }

        @Override
        public void run() {
            try {
                boolean goesOn = api == Api.CICD ? tests() : builds();
                outcome = new Outcome(service.calls(api).size(), goesOn, log.contains(PERHAPS));
            } catch (Exception e) {
                throw new AssertionError(this + ": " + e, e);
            }
        }

        private boolean tests() throws Exception {
            HssConnection connection = connection();
            FormValidation result = j.jenkins
                    .getDescriptorByType(HssConnection.DescriptorImpl.class)
                    .doTestConnection(
                            name,
                            connection.getRegion(),
                            connection.getEndpoint(),
                            connection.getIamEndpoint(),
                            connection.getProjectId(),
                            null,
                            name,
                            null,
                            "600");
            log = result.getMessage();
            return result.kind == FormValidation.Kind.OK;
        }

        private boolean builds() throws Exception {
            String more =
                    switch (api) {
                        case STATUS -> ", waitForCompletion: true";
                        case DOWNLOAD -> ", archiveReport: true";
                        case STATISTIC -> ", failAbove: 1000";
                        default -> "";
                    };
            String patience = fault.meaning() == Fault.Meaning.UNREACHABLE ? ", timeoutMinutes: 1" : "";
            WorkflowJob job = j.createProject(WorkflowJob.class, name);
            job.setDefinition(new CpsFlowDefinition(
                    "hssImageReportExport reportType: 'apps', connection: '" + name + "'" + more + patience, true));
            WorkflowRun build = job.scheduleBuild2(0).waitForStart();
            Awaitility.await().atMost(Duration.ofMinutes(5)).until(() -> !build.isLogUpdated());
            log = JenkinsRule.getLog(build);
            return build.getResult() == Result.SUCCESS;
        }

        /** Returns in what the outcome is not as promised; empty when it is. */
        String difference() {
            List<String> differences = new ArrayList<>();
            Outcome promised = promised(api, fault.meaning());
            if (!promised.equals(outcome)) {
                differences.add("is " + outcome + " instead of " + promised);
            }
            if (log.contains(SECRET + name)) {
                differences.add("tells the secret");
            }
            if (log.contains("\tat ")) {
                differences.add("has a stack trace");
            }
            if (service.tasks() > 1) {
                differences.add("made " + service.tasks() + " tasks");
            }
            return differences.isEmpty() ? "" : this + " " + String.join(", ", differences) + "\n" + log;
        }

        @Override
        public String toString() {
            return api + " with " + fault.name();
        }
    }

    private static String table(List<Cell> cells) {
        List<String> lines = new ArrayList<>();
        lines.add("| the answer | submit | status | download | statistic | CI/CD list | token | project |");
        lines.add("| --- |" + " --- |".repeat(Api.ofExports().size()));
        for (int i = 0; i < cells.size(); i += Api.ofExports().size()) {
            List<Cell> row = cells.subList(i, i + Api.ofExports().size());
            lines.add(row.stream()
                    .map(cell -> cell.outcome.toString())
                    .collect(Collectors.joining(" | ", "| " + row.get(0).fault.name() + " | ", " |")));
        }
        return String.join("\n", lines) + "\n";
    }

    /** Rewrites the page where it shows something else, and fails then. */
    private static void assertPageShows(String table) throws Exception {
        String page = Files.readString(PAGE);
        String begin = "<!-- table -->\n";
        int from = page.indexOf(begin) + begin.length();
        int to = page.indexOf("<!-- end of table -->");
        String shown = page.substring(from, to).trim();
        if (!shown.equals(table.trim())) {
            Files.writeString(
                    PAGE, page.substring(0, from) + "\n" + table + "\n" + page.substring(to), StandardCharsets.UTF_8);
        }
        assertEquals(shown, table.trim(), PAGE + " was out of date and has been rewritten");
    }
}
