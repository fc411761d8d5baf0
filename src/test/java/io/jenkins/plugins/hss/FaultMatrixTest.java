package io.jenkins.plugins.hss;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Result;
import hudson.util.FormValidation;
import io.jenkins.plugins.hss.config.HssConnection;
import io.jenkins.plugins.hss.config.HssConnectionDescriptor;
import io.jenkins.plugins.hss.config.HssGlobalConfiguration;
import io.jenkins.plugins.hss.fake.Answer;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.FakeHss;
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
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Every API with every fault, once: how many calls are made, and how the build or the connection test ends. What is seen
 * is the table of docs/reliability.md.
 */
@WithJenkins
class FaultMatrixTest {
    private static final Path PAGE = Path.of("docs", "reliability.md");
    private static final String PACE = "io.jenkins.plugins.hss.run.Pace.firstMillis";
    private static final String SECRET = "secret-that-nobody-may-see";
    private static final String PERHAPS = "HSS may have created a task";
    private static final int MEBIBYTE = 1 << 20;

    private static JenkinsRule j;

    /** What a fault means for whoever called. */
    private enum Meaning {
        /** Odd, yet a whole answer. */
        FINE,
        /** The call has certainly had no effect, and may be repeated. */
        NOT_TAKEN,
        /** The connection ended before an answer began; whoever only reads, Java's HTTP client asks once more itself. */
        DROPPED,
        /** Nobody knows whether the call had an effect; a read may be repeated. */
        UNKNOWN,
        /** The service has decided. */
        REFUSED,
        /** The service has acted, yet nobody understands its answer. */
        BROKEN
    }

    private record Fault(String name, Meaning meaning, Answer answer) {}

    /** What came of a fault. */
    private record Outcome(int calls, boolean goesOn, boolean perhapsATask) {
        @Override
        public String toString() {
            String end = goesOn ? "goes on" : perhapsATask ? "fails, perhaps a task" : "fails";
            return (calls == 1 ? "1 call" : calls + " calls") + ", " + end;
        }
    }

    private static final List<Fault> FAULTS = faults();

    private static List<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        faults.add(new Fault("no length told beforehand (chunked)", Meaning.FINE, Answers.chunked()));
        faults.add(new Fault("slow drip, whole in time", Meaning.FINE, Answers.drip(Duration.ofMillis(2))));
        faults.add(new Fault("more bytes than announced", Meaning.BROKEN, Answers.tooLong()));
        faults.add(new Fault("reset before the request was read", Meaning.DROPPED, Answers.resetBeforeReading()));
        faults.add(new Fault("reset after the request", Meaning.DROPPED, Answers.resetAfterReading()));
        faults.add(new Fault("closed after the request", Meaning.DROPPED, Answers.closeAfterReading()));
        faults.add(new Fault("answer lost", Meaning.DROPPED, Answers.closeAfterReadingButAct()));
        faults.add(new Fault("silence", Meaning.UNKNOWN, Answers.stall()));
        faults.add(new Fault("silence within the answer", Meaning.UNKNOWN, Answers.stallWithin()));
        faults.add(new Fault("cut within the answer", Meaning.UNKNOWN, Answers.cut()));
        faults.add(new Fault("no HTTP at all", Meaning.UNKNOWN, Answers.garbage()));
        faults.add(new Fault("200, HTML", Meaning.BROKEN, Answers.html(200, "<html>Log in</html>")));
        faults.add(new Fault("200, empty", Meaning.BROKEN, Answers.empty(200)));
        faults.add(new Fault("200, no JSON", Meaning.BROKEN, Answers.status(200, "{\"task_id\":")));
        faults.add(new Fault("200, nothing expected in it", Meaning.BROKEN, Answers.status(200, "{\"a\":1}")));
        faults.add(new Fault("200, nulls", Meaning.BROKEN, Answers.status(200, properties("null"))));
        faults.add(new Fault("200, wrong types", Meaning.BROKEN, Answers.status(200, properties("{\"a\":[]}"))));
        faults.add(new Fault("200, 10,000 levels deep", Meaning.BROKEN, Answers.deep(10_000)));
        faults.add(new Fault("200, 100 MiB", Meaning.BROKEN, Answers.huge(100L * MEBIBYTE)));
        faults.add(new Fault("302 to another host", Meaning.REFUSED, Answers.redirect(302, "http://127.0.0.1:9/")));
        for (String code : List.of("0001", "0002", "0010", "0011", "0013")) {
            faults.add(hss(400, "HSS." + code));
        }
        for (int status : List.of(401, 403, 404)) {
            faults.add(hss(status, "HSS.1000"));
        }
        faults.add(hss(500, "HSS.0003"));
        faults.add(gateway(404, "APIGW.0101"));
        faults.add(gateway(400, "APIGW.0201"));
        faults.add(gateway(413, "APIGW.0201"));
        faults.add(gateway(414, "APIGW.0201"));
        faults.add(gateway(401, "APIGW.0301"));
        faults.add(gateway(401, "APIG.0301"));
        faults.add(gateway(401, "APIGW.0307"));
        for (String code : List.of("0302", "0306", "0310", "0802")) {
            faults.add(gateway(403, "APIGW." + code));
        }
        faults.add(new Fault(
                "429, APIGW.0308, Retry-After: 1",
                Meaning.NOT_TAKEN,
                Answers.gateway(429, "APIGW.0308", "throttled").withHeader("Retry-After", "1")));
        faults.add(new Fault("429, APIGW.0308", Meaning.NOT_TAKEN, Answers.gateway(429, "APIGW.0308", "throttled")));
        faults.add(gateway(500, "APIGW.0601"));
        faults.add(gateway(500, "APIGW.0606"));
        faults.add(gateway(502, "APIGW.0610"));
        faults.add(new Fault("503, APIGW.0613", Meaning.NOT_TAKEN, Answers.gateway(503, "APIGW.0613", "unavailable")));
        for (int status : List.of(400, 401, 403, 404, 500, 503)) {
            faults.add(new Fault(
                    status + ", IAM",
                    status < 500 ? Meaning.REFUSED : Meaning.UNKNOWN,
                    Answers.iam(status, "IAM says no")));
        }
        faults.add(new Fault("403, HTML of a proxy", Meaning.REFUSED, Answers.html(403, "<html>forbidden</html>")));
        faults.add(new Fault("407, empty, of a proxy", Meaning.REFUSED, Answers.empty(407)));
        faults.add(new Fault("502, HTML of a proxy", Meaning.UNKNOWN, Answers.html(502, "<html>bad gateway</html>")));
        faults.add(new Fault("504, empty, of a proxy", Meaning.UNKNOWN, Answers.empty(504)));
        return faults;
    }

    private static Fault hss(int status, String code) {
        return new Fault(
                status + ", " + code,
                status < 500 ? Meaning.REFUSED : Meaning.UNKNOWN,
                Answers.hss(status, code, "参数错误 <b>" + SECRET + "</b>\n\tat java"));
    }

    private static Fault gateway(int status, String code) {
        return new Fault(
                status + ", " + code,
                status < 500 ? Meaning.REFUSED : Meaning.UNKNOWN,
                Answers.gateway(status, code, "The gateway says no to " + SECRET));
    }

    private static String properties(String value) {
        return Stream.of("task_id", "task_status", "file_id", "total_num", "data_list", "token", "projects")
                .map(name -> "\"" + name + "\":" + value)
                .collect(Collectors.joining(",", "{", "}"));
    }

    @BeforeAll
    static void quickly(JenkinsRule rule) {
        j = rule;
        System.setProperty(PACE, "20");
    }

    @AfterAll
    static void usually() {
        System.clearProperty(PACE);
    }

    /** What is promised, whatever the API. */
    private static Outcome promised(Api api, Meaning meaning) {
        boolean submit = api == Api.SUBMIT;
        boolean repeated =
                switch (meaning) {
                    case FINE, REFUSED -> false;
                    // A person who tests a connection wants to know at once.
                    case NOT_TAKEN -> api != Api.CICD;
                    case UNKNOWN -> api != Api.CICD && !submit;
                    case DROPPED -> !submit;
                    // Whatever is no zip file is fetched again.
                    case BROKEN -> api == Api.DOWNLOAD;
                };
        boolean goesOn = repeated || meaning == Meaning.FINE;
        boolean perhaps = submit && !goesOn && meaning != Meaning.REFUSED;
        return new Outcome(repeated ? 2 : 1, goesOn, perhaps);
    }

    @Test
    void everyFaultOfEveryApiEndsAsPromised() throws Exception {
        Map<String, Cell> cells = new LinkedHashMap<>();
        for (Fault fault : FAULTS) {
            for (Api api : Api.values()) {
                Cell cell = new Cell(api, fault, "cell-" + cells.size());
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
        private final FakeHss service = new FakeHss();
        private String log = "";
        private Outcome outcome;

        Cell(Api api, Fault fault, String name) {
            this.api = api;
            this.fault = fault;
            this.name = name;
            service.token(SECRET + name).accessKey(name, SECRET + name).iamUser("acme", name, SECRET + name);
            service.next(api, fault.answer());
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
                    .getDescriptorByType(HssConnectionDescriptor.class)
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
            WorkflowJob job = j.createProject(WorkflowJob.class, name);
            job.setDefinition(new CpsFlowDefinition(
                    "hssImageReportExport reportType: 'apps', connection: '" + name + "'" + more, true));
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
        lines.add("| --- |" + " --- |".repeat(Api.values().length));
        for (int i = 0; i < cells.size(); i += Api.values().length) {
            List<Cell> row = cells.subList(i, i + Api.values().length);
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
