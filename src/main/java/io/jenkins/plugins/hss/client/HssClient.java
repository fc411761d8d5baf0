package io.jenkins.plugins.hss.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The operations of the HSS API that the plugin uses, for one caller, one project and one thread.
 *
 * <p>Every method makes one call, a list too large for one response some more, and throws an {@link HssException} when it failed, or a {@link
 * DeadlineExceededException}.
 *
 * @see <a href="https://support.huaweicloud.com/intl/en-us/api-hss2.0/hss_02_0001.html">HSS API reference</a>
 */
public final class HssClient {
    private static final int MAX_CICD_ACCESSES = 200;
    private static final int MAX_ROWS = 200;
    private static final int MIN_ROWS = 10;
    private static final String CICD = "cicd";

    private final Scope scope;
    private final Authentication authentication;
    private final RateLimiter limiter;
    private final CallContext context;
    private final InstantSource clock;
    private final ApiCaller api;

    /**
     * Where the calls go.
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
         * Checks the IDs.
         *
         * @throws IllegalArgumentException with a message for people where an ID could not stand in a path, a query or
         *     a header
         */
        public Scope {
            if (projectId != null && (!projectId.matches("[A-Za-z0-9._~-]{1,256}") || projectId.matches("\\.{1,2}"))) {
                throw new IllegalArgumentException(Messages.HssClient_projectId());
            }
            String violation = enterpriseProjectId == null
                    ? null
                    : Constraint.text(1, 256).violation("enterpriseProjectId", enterpriseProjectId);
            if (violation != null) {
                throw new IllegalArgumentException(violation);
            }
        }
    }

    public HssClient(
            Transport transport, Scope scope, Authentication authentication, RateLimiter limiter, CallContext context) {
        this.scope = scope;
        this.authentication = authentication;
        this.limiter = limiter;
        this.context = context;
        this.clock = transport.clock();
        this.api = new ApiCaller(transport, authentication, limiter, context);
    }

    /**
     * Submits an export and returns the ID of its task. Sent twice, it makes two tasks.
     *
     * @param listener told right before the request is sent, and when it certainly created nothing
     */
    public String submit(ExportRequest request, SendListener listener) throws IOException, InterruptedException {
        ApiRequest post = ApiRequest.post(
                        Operation.SUBMIT, scope.endpoint(), "/image/security-report/export-tasks", request.toJson())
                .inProject(projectId())
                .withQuery("enterprise_project_id", scope.enterpriseProjectId());
        return api.call(post, listener, response -> response.id("task_id"));
    }

    /** Reads the state of a task. */
    public ExportTask task(String taskId) throws IOException, InterruptedException {
        ApiRequest get = get(Operation.STATUS, "/export-task/" + ApiRequest.encode(taskId))
                .withHeader("region", scope.region());
        return api.call(get, response -> {
            String status = SafeText.of(response.text("task_status"), authentication.secrets());
            String fileId = response.json().path("file_id").asText("");
            return new ExportTask(taskId, status, fileId.isBlank() ? null : fileId);
        });
    }

    /** Downloads the report of a task into a file, which is created or replaced; on failure it may be there in part. */
    public void download(ExportTask task, Path file) throws IOException, InterruptedException {
        String id = task.fileId();
        if (id == null || id.matches("\\.{1,2}")) {
            HssException.Builder failure = new HssException.Builder(Operation.DOWNLOAD);
            failure.cause = Messages.HssException_unusable("file_id");
            failure.hint = Messages.Hint_noFile();
            throw failure.build();
        }
        api.download(
                get(Operation.DOWNLOAD, "/download/" + ApiRequest.encode(id)).withHeader("region", scope.region()),
                file);
    }

    /** Counts the records that the filters of a request match. */
    public long count(ExportRequest request) throws IOException, InterruptedException {
        ApiRequest post = ApiRequest.post(
                        Operation.STATISTIC,
                        scope.endpoint(),
                        "/image/security-report/statistic",
                        request.filtersToJson())
                .inProject(projectId())
                .withQuery("security_report_type", request.reportType())
                .withQuery("enterprise_project_id", scope.enterpriseProjectId())
                .withHeader("region", scope.region());
        return api.call(post, response -> response.count("total_num"));
    }

    /** Lists the names of up to 200 CI/CD accesses; the secret IDs that come with them are not kept. */
    public CicdAccesses cicdAccesses() throws IOException, InterruptedException {
        ApiRequest get = get(Operation.CICD, "/image/cicd/configurations")
                .withQuery("offset", "0")
                .withQuery("limit", Integer.toString(MAX_CICD_ACCESSES));
        return api.call(get, response -> {
            List<String> names = new ArrayList<>();
            for (JsonNode access : response.json().path("data_list")) {
                String name = access.path("cicd_name").asText("");
                if (!name.isBlank()) {
                    names.add(name);
                }
            }
            return new CicdAccesses(response.count("total_num"), List.copyOf(names));
        });
    }

    /**
     * Lists the images that CI/CD accesses have scanned, from one row on.
     *
     * @param filters names and values of the API; without an order the oldest scan comes first
     */
    public Page<CicdImage> images(Map<String, String> filters, long offset) throws IOException, InterruptedException {
        Page<Row> page =
                rows(withQuery(get(Operation.IMAGES, "/image/cicd/images"), filters), CicdImage.FIELDS, offset);
        return new Page<>(page.total(), page.rows().stream().map(CicdImage::of).toList(), page.clockOffset());
    }

    /**
     * Lists what HSS has found in an image, from one row on.
     *
     * @param filters names and values of the API beside those that say which image
     */
    public Page<Row> findings(FindingList list, CicdImage image, Map<String, String> filters, long offset)
            throws IOException, InterruptedException {
        return rows(withQuery(findings(list, image), filters), list.fields(), offset);
    }

    private ApiRequest findings(FindingList list, CicdImage image) throws IOException, InterruptedException {
        return switch (list) {
            case VULNERABILITIES ->
                ofImage(list, image, "/vulnerabilities")
                        .withQuery("namespace", image.namespace())
                        .withQuery("image_name", image.name())
                        .withQuery("tag_name", image.version());
            case CHECK_RULES ->
                get(list.operation(), "/baseline/check-rules")
                        .withQuery("type", "image")
                        .withQuery("image_type", CICD)
                        .withQuery("image_id", image.imageId());
            case MALWARES -> ofImage(list, image, "/malwares").withHeader("region", scope.region());
            case SENSITIVE_INFO -> ofImage(list, image, "/sensitive").withHeader("region", scope.region());
            case NON_COMPLIANT_APPS ->
                ofImage(list, image, "/non-compliant-app").withHeader("region", scope.region());
            case BUILD_COMMANDS ->
                get(list.operation(), "/image/build-command-risks")
                        .withQuery("image_type", CICD)
                        .withQuery("image_id", image.imageId())
                        .withHeader("region", scope.region());
        };
    }

    private ApiRequest ofImage(FindingList list, CicdImage image, String path)
            throws IOException, InterruptedException {
        String id = Objects.requireNonNull(image.imageId());
        return get(list.operation(), "/image/" + ApiRequest.encode(id) + path).withQuery("image_type", CICD);
    }

    private static ApiRequest withQuery(ApiRequest request, Map<String, String> query) {
        ApiRequest more = request;
        for (Map.Entry<String, String> parameter : query.entrySet()) {
            more = more.withQuery(parameter.getKey(), parameter.getValue());
        }
        return more;
    }

    /** Reads a page of rows; where the response is too large, a smaller page. */
    private Page<Row> rows(ApiRequest get, Set<String> fields, long offset) throws IOException, InterruptedException {
        ApiRequest list = get.withQuery("offset", Long.toString(offset));
        for (int limit = MAX_ROWS; ; limit /= 2) {
            boolean last = limit / 2 < MIN_ROWS;
            SentAt sentAt = new SentAt();
            Page<Row> page = api.call(
                    list.withQuery("limit", Integer.toString(limit)),
                    sentAt,
                    response -> response.body().length == ApiRequest.MAX_LIST && !last
                            ? null
                            : RowReader.read(response, fields, authentication.secrets(), sentAt.instant));
            if (page != null) {
                return page;
            }
        }
    }

    /** Notes when a request was sent. */
    private final class SentAt implements SendListener {
        private Instant instant;

        @Override
        public void sending() {
            instant = clock.instant();
        }
    }

    /**
     * Counts the findings of one type in an image.
     *
     * @param type HSS's word of the statistic, such as {@code vulnerability}
     */
    public long count(String type, CicdImage image) throws IOException, InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putArray("image_id_list").add(image.imageId());
        body.put("operate_all", false);
        body.put("image_type", CICD);
        ApiRequest post = ApiRequest.post(
                        Operation.STATISTIC,
                        scope.endpoint(),
                        "/image/security-report/statistic",
                        body.toString().getBytes(StandardCharsets.UTF_8))
                .inProject(projectId())
                .withQuery("security_report_type", type)
                .withQuery("enterprise_project_id", scope.enterpriseProjectId())
                .withHeader("region", scope.region());
        return api.call(post, response -> response.count("total_num"));
    }

    /** Reads what the baseline checks have found in an image. */
    public BaselineStatistic baselineStatistic(CicdImage image) throws IOException, InterruptedException {
        ApiRequest get = get(Operation.BASELINE_STATISTIC, "/image/baseline/statistic")
                .withQuery("image_type", CICD)
                .withQuery("image_id", image.imageId())
                .withHeader("region", scope.region());
        return api.call(
                get,
                response -> new BaselineStatistic(
                        response.count("image_weak_pwd") + response.count("pwd_policy"),
                        response.count("security_check")));
    }

    /** Returns the ID of the project that all calls are for. */
    public String projectId() throws IOException, InterruptedException {
        return scope.projectId() == null ? authentication.projectId(context) : scope.projectId();
    }

    /** Returns about how long a call of the operation would wait for its permit now. */
    public Duration expectedWait(Operation operation) {
        return limiter.expectedWait(operation);
    }

    private ApiRequest get(Operation operation, String path) throws IOException, InterruptedException {
        return ApiRequest.get(operation, scope.endpoint(), path)
                .inProject(projectId())
                .withQuery("enterprise_project_id", scope.enterpriseProjectId());
    }
}
