package io.jenkins.plugins.hss.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;

/** Reads every shape in which HSS, the API gateway, IAM and proxies say no. */
final class ErrorAnswer {
    private final Call call;
    private final Answer answer;
    private final JsonNode body;
    private final Authentication authentication;

    private ErrorAnswer(Call call, Answer answer, Authentication authentication) {
        this.call = call;
        this.answer = answer;
        this.authentication = authentication;
        this.body = answer.json();
    }

    static HssException read(Call call, Answer answer, Authentication authentication, Instant now) {
        return new ErrorAnswer(call, answer, authentication).toException(now);
    }

    private HssException toException(Instant now) {
        List<String> secrets = authentication.secrets();
        int status = answer.status();
        JsonNode iam = body.path("error");
        Failure failure = new Failure(call.operation());
        failure.status = status;
        if (status == 407) {
            failure.fate = HssException.Fate.NOT_SENT;
        }
        failure.code = SafeText.of(body.path("error_code").asText(""), secrets);
        failure.serviceMessage = SafeText.of(
                first(
                        body.path("error_msg").asText(""),
                        body.path("error_description").asText(""),
                        iam.path("message").asText(""),
                        iam.path("title").asText("")),
                secrets);
        failure.requestId = SafeText.of(
                first(
                        answer.header("X-Request-Id"),
                        answer.header("X-IAM-Trace-Id"),
                        body.path("request_id").asText("")),
                secrets);
        failure.retryAfter = retryAfter(answer.header("Retry-After"), now);
        failure.temporary = status == 429 || status >= 500 && status != 501 && status != 505;
        if (failure.code.isEmpty() && iam.isMissingNode()) {
            failure.because(
                    status >= 300 && status < 400
                            ? Messages.Failure_redirect(SafeText.of(answer.header("Location"), secrets))
                            : Messages.Failure_notTheService());
        }
        failure.hint = hint(status, failure.code);
        return failure.toException();
    }

    private String hint(int status, String code) {
        String number = code.substring(code.indexOf('.') + 1);
        boolean gateway = code.startsWith("APIG");
        if (gateway && number.equals("0101")) {
            return Messages.Hint_notPublished();
        }
        if (code.equals("HSS.0010") || code.equals("HSS.0013")) {
            return Messages.Hint_permission();
        }
        if (code.equals("HSS.0011")) {
            return Messages.Hint_notFound();
        }
        if (call.operation() == Operation.TOKEN && List.of(400, 401, 403, 404).contains(status)) {
            return authentication.refusedHint();
        }
        if (call.operation() == Operation.PROJECT && List.of(400, 403, 404).contains(status)) {
            return Messages.Hint_projectNeeded();
        }
        return switch (status) {
            case 300, 301, 302, 303, 304, 305, 307, 308 -> Messages.Hint_redirect();
            case 400, 413, 414 -> Messages.Hint_parameters();
            case 401 -> authentication.refusedHint();
            case 403 -> Messages.Hint_permission();
            case 404 -> Messages.Hint_notFound();
            case 407 -> Messages.Hint_proxy();
            case 429 -> Messages.Hint_throttled();
            default ->
                status < 500 ? "" : leavesATask(gateway) ? Messages.Hint_taskLost() : Messages.Hint_unavailable();
        };
    }

    /** Whoever failed may have done so after the task was there; only the gateway's 503 never reached HSS. */
    private boolean leavesATask(boolean gateway) {
        return call.operation() == Operation.SUBMIT && !(gateway && answer.status() == 503);
    }

    /** Reads both forms of the header: seconds, and a date. */
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
