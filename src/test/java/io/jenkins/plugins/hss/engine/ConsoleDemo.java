package io.jenkins.plugins.hss.engine;

import io.jenkins.plugins.hss.client.CallContext;
import io.jenkins.plugins.hss.client.CicdImage;
import io.jenkins.plugins.hss.client.ExportField;
import io.jenkins.plugins.hss.client.ExportRequest;
import io.jenkins.plugins.hss.client.HssClient;
import io.jenkins.plugins.hss.client.HssException;
import io.jenkins.plugins.hss.client.RateLimiter;
import io.jenkins.plugins.hss.client.TokenAuthentication;
import io.jenkins.plugins.hss.client.Transport;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.FakeHss;
import io.jenkins.plugins.hss.fake.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Exports reports from a stand-in for HSS and judges a scan, and tells in a terminal what a build would tell in its log. */
public final class ConsoleDemo {
    private static final String TOKEN = "demo-token";
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final PollInterval INTERVAL = new PollInterval(Duration.ofMillis(300), Duration.ofMillis(300));

    private final FakeHss hss;
    private final HttpClient http;
    private final Path folder;
    private final PrintStream out;

    private ConsoleDemo(FakeHss hss, HttpClient http, Path folder, PrintStream out) {
        this.hss = hss;
        this.http = http;
        this.folder = folder;
        this.out = out;
    }

    /** Keeps the reports in {@code target/demo}. */
    public static void main(String[] args) throws Exception {
        run(Path.of("target", "demo"), System.out);
    }

    static void run(Path folder, PrintStream out) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        try (FakeHss hss = FakeHss.demo().callsPerMinute(1000).latency(Duration.ofMillis(50));
                HttpClient http = HttpClient.newHttpClient()) {
            new ConsoleDemo(hss, http, folder, out).run();
        }
    }

    private void run() throws IOException, InterruptedException {
        out.println("A stand-in for HSS listens on " + hss.url() + "; nothing leaves this machine.");
        hss.exportsTake(Duration.ofSeconds(3));
        export("1. Export the malicious files that HSS found, and keep the report", "malwares", 100);
        hss.exportsTake(Duration.ofSeconds(1));
        export("2. A quality gate: more than 10 records of sensitive information fail a build", "sensitive-info", 10);
        out.println("   This is what fails the build; the report is kept all the same.");
        Reply throttled = Answers.gateway(429, "APIGW.0308", "Too many calls").withHeader("Retry-After", "1");
        hss.next(Api.SUBMIT, throttled).next(Api.DOWNLOAD, Answers.cut());
        export("3. Two faults: HSS throttles the submit, and the download breaks off halfway", "apps", 100);
        int submits = hss.calls(Api.SUBMIT).size();
        int downloads = hss.calls(Api.DOWNLOAD).size();
        out.printf("   Both were repeated: %d submits, %d downloads, yet %d tasks.%n", submits, downloads, hss.tasks());
        scan();
    }

    private void scan() throws IOException, InterruptedException {
        out.printf("%n4. The result of an image's scan: one vulnerability of the severity high fails a build%n");
        CallContext context = new CallContext(Instant.now().plus(TIMEOUT));
        ScanOptions options = new ScanOptions(
                ImageReference.parse("shop/web:42"),
                "shop-pipeline",
                Instant.now(),
                true,
                EnumSet.copyOf(FindingType.DEFAULT),
                List.of(
                        new QualityGate(FindingType.VULNERABILITY, Severity.HIGH, 1, Verdict.FAILED),
                        new QualityGate(FindingType.MALWARES, null, 1, Verdict.FAILED)),
                true,
                List.of(),
                1000,
                TIMEOUT);
        ImageReader reader = new ImageReader(Duration.ofMillis(100));
        ScanResult result = new ScanProcess(client(context), () -> null, reader, options, new ScanLog(), context).run();
        for (TypeFindings findings : result.findings()) {
            say("Findings", findings.type().word() + ": " + findings.count() + levels(findings));
        }
        for (QualityGate.Result gate : result.gates()) {
            say("Gate", gate.describe());
        }
        Path sarif = folder.resolve("shop-web-42.sarif");
        try (OutputStream file = Files.newOutputStream(sarif)) {
            Sarif.write(result, file);
        }
        say("SARIF", sarif + ", " + Files.size(sarif) + " bytes");
        say("Verdict", result.verdict().toString());
    }

    private static String levels(TypeFindings findings) {
        return findings.type().severities().stream()
                .map(severity -> severity.word() + " " + findings.count(severity))
                .collect(Collectors.joining(", ", " (", ")"));
    }

    private void export(String title, String reportType, long failAbove) throws IOException, InterruptedException {
        out.printf("%n%s%n", title);
        ExportRequest request = ExportRequest.builder()
                .with(ExportField.EXPORT_SIZE, 10_000)
                .with(ExportField.SECURITY_REPORT_TYPE, reportType)
                .with(ExportField.IMAGE_TYPE, "cicd")
                .with(ExportField.CICD_NAME, "shop-pipeline")
                .build();
        CallContext context = new CallContext(Instant.now().plus(TIMEOUT));
        ExportOptions options = new ExportOptions(true, true, null, failAbove, TIMEOUT);
        Log log = new Log(folder.resolve(reportType + ".zip"));
        ExportResult result = new ExportProcess(client(context), () -> null, request, options, INTERVAL, log, context)
                .run(ExportProcess.Progress.NONE);
        String are = result.verdict() == Verdict.FAILED ? " records are more than " : " records are not more than ";
        say("Verdict", result.verdict() + ", as " + result.records() + are + failAbove);
    }

    private HssClient client(CallContext context) {
        Transport transport =
                new Transport(http, HttpClient::newHttpClient, http, Clock.systemUTC(), TIMEOUT, Map.of(), "demo");
        HssClient.Scope scope = new HssClient.Scope(hss.url(), FakeHss.REGION, FakeHss.PROJECT, null);
        return new HssClient(transport, scope, new TokenAuthentication(TOKEN), RateLimiter.UNLIMITED, context);
    }

    private void say(String name, String what) {
        out.printf("   %-9s %s%n", name, what);
    }

    /** Tells what a build would write into its log. */
    private final class Log implements ExportListener {
        private final Path file;
        private boolean waiting;

        Log(Path file) {
            this.file = file;
        }

        @Override
        public void retrying(HssException failure, Duration pause) {
            String what = "HTTP " + failure.status() + ", " + failure.code() + ": nothing was created";
            say("Refused", what + ", next try in " + pause.toSeconds() + " s");
        }

        @Override
        public void submitted(String taskId) {
            say("Task", taskId);
        }

        @Override
        public void counted(long records) {
            say("Records", Long.toString(records));
        }

        @Override
        public void running(String status) {
            out.print(waiting ? " ." : "   Status    " + status + " .");
            out.flush();
            waiting = true;
        }

        @Override
        public void succeeded() {
            out.println(waiting ? " success" : "   Status    success");
        }

        @Override
        public Path reportFile() {
            return file;
        }

        @Override
        public void downloaded(Path report, List<String> names) throws IOException {
            say("Report", report + ", " + Files.size(report) + " bytes, with " + String.join(", ", names));
        }
    }

    /** Tells what a build would write into its log about a scan. */
    private final class ScanLog implements ScanListener {
        @Override
        public void waiting(String reason) {
            say("Waiting", reason);
        }

        @Override
        public void scanned(CicdImage image, boolean byTagOnly) {
            say("Level", image.severityLevel() + (byTagOnly ? ", found by tag only" : ""));
        }

        @Override
        public void reading(FindingType type, long rows, long total) {}

        @Override
        public void note(String text) {
            say("Note", text);
        }
    }
}
