package io.jenkins.plugins.hss.client;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The operations of the HSS API that the plugin uses, for one caller and one project.
 *
 * <p>Every future ends with a result or with an {@link HssException}; cancelling it ends the exchange under way.
 *
 * @see <a href="https://support.huaweicloud.com/intl/en-us/api-hss2.0/hss_02_0001.html">HSS API reference</a>
 */
public final class HssClient {
    private static final int MOST_SUBMITS = 4;
    private static final int MOST_CICD_ACCESSES = 200;

    private final Transport transport;
    private final Scope scope;
    private final Authentication authentication;
    private final Exchange exchange;

    /**
     * Where the calls of a client go.
     *
     * @param endpoint scheme, host and port of HSS
     * @param region told to the service where it asks for it; null where unknown
     * @param projectId null for the caller's own project in the region
     * @param enterpriseProjectId null for the default enterprise project
     */
    public record Scope(
            URI endpoint,
            @CheckForNull String region,
            @CheckForNull String projectId,
            @CheckForNull String enterpriseProjectId) {
        /**
         * Takes the place.
         *
         * @throws IllegalArgumentException with a message for people where the project's ID could not stand in a path
         *     and in a header
         */
        public Scope {
            if (projectId != null && (!projectId.matches("[A-Za-z0-9._~-]{1,256}") || projectId.matches("\\.{1,2}"))) {
                throw new IllegalArgumentException(Messages.HssClient_projectId());
            }
            String breach = enterpriseProjectId == null
                    ? null
                    : Rule.text(1, 256).breach("enterpriseProjectId", enterpriseProjectId);
            if (breach != null) {
                throw new IllegalArgumentException(breach);
            }
        }
    }

    public HssClient(Transport transport, Scope scope, Authentication authentication, Gate gate) {
        this.transport = transport;
        this.scope = scope;
        this.authentication = authentication;
        this.exchange = new Exchange(transport, authentication, gate);
    }

    /**
     * Submits an export and returns the ID of its task. Repeated, four tries in all, only where certainly no task was
     * created: no connection, 429, or 503 of the API gateway.
     */
    public CompletableFuture<String> submit(ExportRequest request) {
        return inProject(project -> {
            Call call = Call.post(
                            Operation.SUBMIT, scope.endpoint(), "/image/security-report/export-tasks", request.toJson())
                    .inProject(project)
                    .withQuery("enterprise_project_id", scope.enterpriseProjectId());
            return Retry.repeat(
                    () -> exchange.send(call, answer -> answer.id("task_id")),
                    (failure, attempt, pause) -> attempt < MOST_SUBMITS && nothingWasCreated(failure),
                    transport.later());
        });
    }

    private static boolean nothingWasCreated(HssException failure) {
        // IAM's failures have been met with patience before they come here.
        return failure.operation() == Operation.SUBMIT
                && (failure.fate() == HssException.Fate.NOT_SENT && failure.isTemporary()
                        || failure.isThrottled()
                        || failure.isGatewayUnavailable());
    }

    /** Reads the state of a task once. */
    public CompletableFuture<ExportTask> task(String taskId) {
        return inProject(project -> exchange.send(
                get(Operation.STATUS, project, "/export-task/" + taskId).withHeader("region", scope.region()),
                answer -> {
                    String status = SafeText.of(answer.text("task_status"), authentication.secrets());
                    return new ExportTask(taskId, status, status.equals("success") ? answer.id("file_id") : null);
                }));
    }

    /** Downloads, once, a report into a file, which is created or replaced; on failure it may be there in part. */
    public CompletableFuture<Void> download(String fileId, Path file) {
        return inProject(project -> exchange.send(
                get(Operation.DOWNLOAD, project, "/download/" + fileId).withHeader("region", scope.region()),
                info -> info.statusCode() == 200 ? new ReportBody(file, transport) : new LimitedBody(),
                answer -> null));
    }

    /** Counts, once, the records that the filters of a request match. */
    public CompletableFuture<Long> count(ExportRequest request) {
        return inProject(project -> exchange.send(
                Call.post(
                                Operation.STATISTIC,
                                scope.endpoint(),
                                "/image/security-report/statistic",
                                request.filtersToJson())
                        .inProject(project)
                        .withQuery("security_report_type", request.reportType())
                        .withQuery("enterprise_project_id", scope.enterpriseProjectId())
                        .withHeader("region", scope.region()),
                answer -> answer.count("total_num")));
    }

    /** Lists, once, the names of up to 200 CI/CD accesses; the secret IDs that come with them are not kept. */
    public CompletableFuture<CicdAccesses> cicdAccesses() {
        return inProject(project -> exchange.send(
                get(Operation.CICD, project, "/image/cicd/configurations")
                        .withQuery("offset", "0")
                        .withQuery("limit", Integer.toString(MOST_CICD_ACCESSES)),
                answer -> {
                    List<String> names = new ArrayList<>();
                    for (JsonNode access : answer.json().path("data_list")) {
                        String name = access.path("cicd_name").asText("");
                        if (!name.isBlank()) {
                            names.add(name);
                        }
                    }
                    return new CicdAccesses(answer.count("total_num"), List.copyOf(names));
                }));
    }

    private Call get(Operation operation, String project, String path) {
        return Call.get(operation, scope.endpoint(), path)
                .inProject(project)
                .withQuery("enterprise_project_id", scope.enterpriseProjectId());
    }

    private <T> CompletableFuture<T> inProject(Function<String, CompletableFuture<T>> call) {
        if (scope.projectId() != null) {
            return call.apply(scope.projectId());
        }
        Steps<T> steps = new Steps<>();
        return steps.endWith(
                steps.step(authentication::projectId).thenCompose(project -> steps.step(() -> call.apply(project))));
    }
}
