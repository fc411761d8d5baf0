package io.jenkins.plugins.hss.engine;

import io.jenkins.plugins.hss.client.ExportField;
import io.jenkins.plugins.hss.client.ExportRequest;
import io.jenkins.plugins.hss.client.ExportTask;
import io.jenkins.plugins.hss.client.Gate;
import io.jenkins.plugins.hss.client.HssClient;
import io.jenkins.plugins.hss.client.TokenAuthentication;
import io.jenkins.plugins.hss.client.Transport;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.FakeHss;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ForkJoinPool;

/** Exports from a stand-in for HSS and tells in a terminal what a build would: {@code ./demo} without Jenkins. */
public final class ConsoleDemo {
    private static final Path FOLDER = Path.of("target", "demo");

    private final HssClient client;

    private ConsoleDemo(FakeHss hss) {
        HttpClient http = HttpClient.newHttpClient();
        Transport transport = new Transport(
                http,
                HttpClient::newHttpClient,
                Clock.systemUTC(),
                ForkJoinPool.commonPool(),
                Transport.REQUEST_TIMEOUT);
        client = new HssClient(
                transport,
                new HssClient.Scope(hss.url(), FakeHss.REGION, FakeHss.PROJECT, null),
                new TokenAuthentication("demo-token"),
                Gate.OPEN);
    }

    /** Runs all of it; ends with an exception where something goes otherwise than it tells. */
    public static void main(String[] args) throws Exception {
        Files.createDirectories(FOLDER);
        try (FakeHss hss = new FakeHss()
                .token("demo-token")
                .latency(Duration.ofMillis(100))
                .exportsTake(Duration.ofSeconds(4))) {
            System.out.println("A stand-in for HSS listens on " + hss.url() + ".");
            ConsoleDemo demo = new ConsoleDemo(hss);
            demo.export("1. An export of malicious files; more than 100 records would fail a build", "malwares", 100);
            demo.export("2. An export of sensitive data; more than 10 records fail a build", "sensitive-info", 10);
            hss.exportsTake(Duration.ofSeconds(1)).next(Api.SUBMIT, Answers.gateway(503, "APIGW.0201", "Backend busy"));
            demo.export("3. An export of software, while the API gateway answers 503 once", "apps", 100);
            System.out.printf(
                    "%nThe stand-in got %d submits and made %d tasks: only the refused one was sent again.%n",
                    hss.calls(Api.SUBMIT).size(), hss.tasks());
        }
    }

    private void export(String title, String reportType, int failAbove) throws Exception {
        System.out.printf("%n%s%n", title);
        ExportRequest request = ExportRequest.builder()
                .with(ExportField.SECURITY_REPORT_TYPE, reportType)
                .with(ExportField.EXPORT_SIZE, 10_000)
                .with(ExportField.IMAGE_TYPE, "cicd")
                .with(ExportField.CICD_NAME, "shop-pipeline")
                .build();
        String taskId = client.submit(request).get();
        System.out.println("   Task:    " + taskId);
        long records = client.count(request).get();
        ExportTask task = follow(taskId);
        Path report = FOLDER.resolve(reportType + ".zip");
        client.download(task.fileId(), report).get();
        System.out.printf("   Report:  %s, %d bytes%n", report, Files.size(report));
        System.out.println("   Records: " + records);
        System.out.println("   Verdict: "
                + (records > failAbove
                        ? "FAILURE, as " + records + " records are more than " + failAbove
                        : "SUCCESS, as " + records + " records are not more than " + failAbove));
    }

    /** Waits for the end of a task, with a dot on the same line for each look at it. */
    private ExportTask follow(String taskId) throws Exception {
        System.out.print("   Status:  running ");
        while (true) {
            Thread.sleep(500);
            ExportTask task = client.task(taskId).get();
            if (task.hasSucceeded()) {
                System.out.println(" " + task.status());
                return task;
            }
            if (task.hasFailed()) {
                throw new IOException("the task " + taskId + " has failed");
            }
            System.out.print(".");
            System.out.flush();
        }
    }
}
