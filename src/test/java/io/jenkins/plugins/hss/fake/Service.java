package io.jenkins.plugins.hss.fake;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.hss.fake.Projects.Project;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** HSS, IAM and the gateway before them, when nothing goes wrong. */
final class Service {
    final Journal journal = new Journal();
    final Tokens tokens = new Tokens();
    final AccessKeys accessKeys = new AccessKeys(journal);
    final Projects projects = new Projects();
    final Throttle throttle = new Throttle();
    final CicdAccesses cicdAccesses = new CicdAccesses();
    final Exports exports = new Exports();
    final Images images = new Images();

    Reply answer(Call call, byte[] body) {
        try {
            return admitted(call, body);
        } catch (Refusal refusal) {
            return refusal.reply();
        } catch (IllegalArgumentException malformed) {
            return refused(call, List.of("the URL is malformed: " + malformed.getMessage()));
        }
    }

    private Reply admitted(Call call, byte[] body) {
        if (call.api() != Api.TOKEN) {
            String account = account(call, body);
            if (!call.api().isIam()) {
                throttle.check(account, call.api(), call.at());
            }
        }
        List<String> breaches = Contract.breaches(call, body, images.quirks());
        if (!breaches.isEmpty()) {
            return refused(call, breaches);
        }
        if (!call.api().isIam() && projects.withId(call.project()).isEmpty()) {
            return Answers.hss(404, "HSS.0011", "项目不存在: " + call.project());
        }
        return switch (call.api()) {
            case SUBMIT -> Reply.json(200, Map.of("task_id", exports.start(call.json(), call.at())));
            case STATUS -> Reply.json(200, exports.status(call.resource(), call.at()));
            case DOWNLOAD -> Reply.of(200, "application/zip", exports.file(call.resource(), call.at()));
            case STATISTIC -> Reply.json(200, Map.of("total_num", count(call)));
            case CICD -> Reply.json(200, cicd(call));
            case IMAGES -> Reply.json(200, images.list(call, call.at()));
            case VULNERABILITIES, MALWARES, SENSITIVE_INFO, NON_COMPLIANT_APPS, CHECK_RULES, BUILD_COMMANDS ->
                Reply.json(200, images.findings(call));
            case BASELINE_STATISTIC -> Reply.json(200, images.baseline(call));
            case TOKEN -> login(call);
            case PROJECTS ->
                Reply.json(
                        200,
                        Map.of(
                                "projects",
                                projects.in(call.parameter("name")).stream()
                                        .map(Project::json)
                                        .toList()));
        };
    }

    private Reply refused(Call call, List<String> breaches) {
        breaches.forEach(breach -> journal.violation(call.api() + ": " + breach));
        String words = String.join("; ", breaches);
        return call.api().isIam() ? Answers.iam(400, words) : Answers.hss(400, "HSS.0001", "参数错误: " + words);
    }

    private String account(Call call, byte[] body) {
        if (call.header("x-auth-token") != null) {
            return tokens.account(call.header("x-auth-token"), call.at());
        }
        if (call.header("authorization") != null) {
            return "key " + accessKeys.signer(call, body);
        }
        throw new Refusal(
                Answers.gateway(401, "APIGW.0301", "Incorrect IAM authentication information: x-auth-token not found"));
    }

    /** The number of records of an export, or of the findings of the CI/CD images that are named. */
    private long count(Call call) {
        JsonNode body = call.json();
        List<String> ids =
                body.path("image_id_list").valueStream().map(JsonNode::asText).toList();
        return "cicd".equals(body.path("image_type").asText()) && images.know(ids)
                ? images.count(call.parameter("security_report_type"), ids).orElseGet(exports::records)
                : exports.records();
    }

    private Map<String, Object> cicd(Call call) {
        return cicdAccesses.list(
                Objects.requireNonNullElse(call.parameter("cicd_name"), ""),
                Integer.parseInt(Objects.requireNonNullElse(call.parameter("offset"), "0")),
                Integer.parseInt(Objects.requireNonNullElse(call.parameter("limit"), "10")));
    }

    private Reply login(Call call) {
        JsonNode auth = call.json().get("auth");
        JsonNode user = auth.at("/identity/password/user");
        JsonNode scope = auth.at("/scope/project");
        List<Project> matching = scope.has("id")
                ? projects.withId(scope.get("id").textValue())
                : projects.in(scope.get("name").textValue());
        if (matching.isEmpty()) {
            return Answers.iam(401, "Could not find project: " + scope);
        }
        return tokens.issue(
                user.at("/domain/name").textValue(),
                user.get("name").textValue(),
                user.get("password").textValue(),
                matching.get(0),
                call.at());
    }
}
