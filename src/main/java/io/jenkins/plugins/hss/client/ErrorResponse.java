package io.jenkins.plugins.hss.client;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;

/** Reads the errors of HSS, the API gateway, IAM and proxies. */
final class ErrorResponse {
    private final ApiResponse response;
    private final Operation operation;
    private final JsonNode body;
    private final Authentication authentication;

    private ErrorResponse(ApiResponse response, Authentication authentication) {
        this.response = response;
        this.operation = response.request().operation();
        this.authentication = authentication;
        this.body = response.json();
    }

    static HssException read(ApiResponse response, Authentication authentication, Instant now) {
        return new ErrorResponse(response, authentication).toException(now);
    }

    private HssException toException(Instant now) {
        List<String> secrets = authentication.secrets();
        int status = response.status();
        JsonNode iam = body.path("error");
        HssException.Builder failure = new HssException.Builder(operation);
        failure.status = status;
        if (status == 407) {
            failure.delivery = HssException.Delivery.NOT_SENT;
        }
        failure.code = SafeText.of(body.path("error_code").asText(""), secrets);
        failure.serviceMessage = SafeText.of(
                first(
                        body.path("error_msg").asText(""),
                        body.path("error_description").asText(""),
                        iam.path("message").asText(""),
                        iam.path("title").asText("")),
                secrets);
        failure.requestId = SafeText.of(response.requestId(), secrets);
        failure.retryAfter = retryAfter(response.header("Retry-After"), now);
        failure.temporary = status == 429 || status >= 500 && status != 501 && status != 505;
        if (failure.code.isEmpty() && iam.isMissingNode()) {
            failure.cause = status >= 300 && status < 400
                    ? Messages.HssException_redirect(SafeText.of(response.header("Location"), secrets))
                    : Messages.HssException_notTheService();
        }
        failure.hint = hint(status, failure.code);
        return failure.build();
    }

    private String hint(int status, String code) {
        if (code.startsWith("APIG") && code.endsWith(".0101")) {
            return Messages.Hint_notPublished();
        }
        if (code.equals("HSS.0010") || code.equals("HSS.0013")) {
            return permissionHint();
        }
        if (code.equals("HSS.0011")) {
            return Messages.Hint_notFound();
        }
        if (operation == Operation.TOKEN && List.of(400, 401, 403, 404).contains(status)) {
            return authentication.refusedHint();
        }
        if (operation == Operation.PROJECT && List.of(400, 403, 404).contains(status)) {
            return Messages.Hint_projectNeeded();
        }
        if (status >= 500) {
            return mayHaveCreatedTask(code) ? Messages.Hint_taskLost() : Messages.Hint_unavailable();
        }
        if (status < 300) {
            return operation == Operation.SUBMIT ? Messages.Hint_taskLost() : Messages.Hint_notTheService();
        }
        return switch (status) {
            case 300, 301, 302, 303, 304, 305, 307, 308 -> Messages.Hint_redirect();
            case 400, 413, 414 -> Messages.Hint_parameters();
            case 401 -> authentication.refusedHint();
            case 403 -> permissionHint();
            case 404 -> Messages.Hint_notFound();
            case 407 -> Messages.Hint_proxy();
            case 429 -> Messages.Hint_throttled();
            default -> code.isEmpty() ? Messages.Hint_notTheService() : Messages.Hint_parameters();
        };
    }

    private String permissionHint() {
        return operation.readsResults() ? Messages.Hint_readPermission() : Messages.Hint_permission();
    }

    /** Whoever failed may have done so after the task was created; only the gateway's 503 never reached HSS. */
    private boolean mayHaveCreatedTask(String code) {
        boolean neverReached = code.startsWith("APIG") && response.status() == 503;
        return operation == Operation.SUBMIT && !neverReached;
    }

    /** Reads both forms of the header: seconds, and a date. */
    @CheckForNull
    private static Duration retryAfter(String header, Instant now) {
        try {
            if (header.matches("\\d{1,9}")) {
                return Duration.ofSeconds(Long.parseLong(header));
            }
            Duration wait = Duration.between(
                    now,
                    ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static String first(String... texts) {
        return Stream.of(texts).filter(text -> !text.isBlank()).findFirst().orElse("");
    }
}
