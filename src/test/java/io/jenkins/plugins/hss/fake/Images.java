package io.jenkins.plugins.hss.fake;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** The images that CI/CD accesses had scanned. */
final class Images {
    private static final List<String> NAMES = List.of("cicd_name", "namespace", "image_name", "image_version");
    private static final List<String> VALUES =
            List.of("image_id", "latest_version", "image_size", "scan_status", "severity_level", "pipeline_type");
    private static final Map<String, String> COUNTS = Map.of(
            "has_vul", "vul_num",
            "has_unsafe_setting", "unsafe_setting_num",
            "has_malicious_file", "malicious_file_num");
    private static final Map<String, Api> TYPES = Map.of(
            "vulnerability", Api.VULNERABILITIES,
            "risk-config", Api.CHECK_RULES,
            "malwares", Api.MALWARES,
            "sensitive-info", Api.SENSITIVE_INFO,
            "non-compliant-app", Api.NON_COMPLIANT_APPS,
            "build-command-risks", Api.BUILD_COMMANDS);

    private final List<ScannedImage> images = new CopyOnWriteArrayList<>();
    private final Set<Quirk> quirks = ConcurrentHashMap.newKeySet();
    private volatile int weakPasswords;

    void add(ScannedImage image) {
        images.add(image);
    }

    Set<Quirk> quirks() {
        return quirks;
    }

    void weakPasswords(int number) {
        weakPasswords = number;
    }

    /** A page of the images, the oldest scan first where nothing else is asked. */
    Map<String, Object> list(Call call, Instant now) {
        Object none = quirks.contains(Quirk.UNSCANNED_ARE_NEWEST) ? Long.MAX_VALUE : Long.MIN_VALUE;
        Comparator<Map<String, Object>> order =
                Comparator.comparingLong(row -> ((Number) row.getOrDefault("latest_scan_time", none)).longValue());
        return Page.of(
                call,
                images.stream()
                        .map(image -> image.row(now))
                        .filter(row -> isAsked(call, row))
                        .sorted("desc".equals(call.parameter("sort_dir")) ? order.reversed() : order));
    }

    private boolean isAsked(Call call, Map<String, Object> row) {
        boolean risky = !"Security".equals(row.getOrDefault("severity_level", "Security"));
        return NAMES.stream().allMatch(name -> isNamed(call.parameter(name), row.get(name)))
                && VALUES.stream().allMatch(field -> Page.matches(call.parameter(field), row.get(field)))
                && COUNTS.entrySet().stream()
                        .allMatch(has -> Page.matches(call.parameter(has.getKey()), number(row, has.getValue()) > 0))
                && Page.matches(call.parameter("risky"), risky)
                && Stream.of("latest_update_time", "latest_scan_time").allMatch(time -> isWithin(call, time, row));
    }

    private boolean isNamed(String wanted, Object name) {
        return wanted == null
                || wanted.isEmpty()
                || wanted.equals(name)
                || quirks.contains(Quirk.NAMES_MATCH_IN_PART) && name != null && ((String) name).contains(wanted);
    }

    private static boolean isWithin(Call call, String time, Map<String, Object> row) {
        String start = call.parameter("start_" + time);
        String end = call.parameter("end_" + time);
        return start == null && end == null
                || row.containsKey(time)
                        && (start == null || number(row, time) >= Long.parseLong(start))
                        && (end == null || number(row, time) <= Long.parseLong(end));
    }

    private static long number(Map<String, Object> row, String field) {
        return row.get(field) instanceof Number number ? number.longValue() : 0;
    }

    /** A page of what was found in the image that the call names, in all images where it names none. */
    Map<String, Object> findings(Call call) {
        if (call.api() == Api.VULNERABILITIES && !isNamespaceRight(call)) {
            return Page.of(call, Stream.of());
        }
        return Page.of(
                call,
                chosen(call).stream()
                        .flatMap(image -> image.rows(call.api()).stream())
                        .filter(row -> Findings.isAsked(call, row))
                        .map(row -> Findings.shown(call.api(), row)));
    }

    private List<ScannedImage> chosen(Call call) {
        String id = call.api().hasResource() ? call.resource() : call.parameter("image_id");
        return id == null ? images : List.of(find(id));
    }

    /** False where the fake has lost what has no namespace. */
    private boolean isNamespaceRight(Call call) {
        String namespace = call.parameter("namespace");
        boolean empty = "".equals(namespace);
        if (empty && quirks.contains(Quirk.EMPTY_NAMESPACE_REFUSED)) {
            throw new Refusal(Answers.hss(400, "HSS.0001", "参数错误: namespace"));
        }
        ScannedImage image = find(call.resource());
        boolean same = Objects.requireNonNullElse(namespace, "")
                        .equals(Objects.requireNonNullElse(image.text("namespace"), ""))
                && Objects.equals(image.text("image_name"), call.parameter("image_name"))
                && Objects.equals(image.text("image_version"), call.parameter("tag_name"));
        if (!same) {
            throw notFound(call.query());
        }
        return !(empty && quirks.contains(Quirk.EMPTY_NAMESPACE_FINDS_NOTHING));
    }

    private ScannedImage find(String id) {
        return images.stream()
                .filter(image -> id.equals(image.text("image_id")))
                .findFirst()
                .orElseThrow(() -> notFound(id));
    }

    private static Refusal notFound(String what) {
        return new Refusal(Answers.hss(404, "HSS.0011", "镜像不存在: " + what));
    }

    /** What the baseline checks have found in the image that the call names, in all where it names none. */
    Map<String, Object> baseline(Call call) {
        List<ScannedImage> chosen = chosen(call);
        return Json.object(
                "image_weak_pwd",
                weakPasswords,
                "pwd_policy",
                0,
                "security_check",
                chosen.stream().mapToLong(image -> image.count(Api.CHECK_RULES)).sum());
    }

    /** Whether there are IDs, and each is an image's. */
    boolean know(List<String> ids) {
        return !ids.isEmpty()
                && ids.stream().allMatch(id -> images.stream().anyMatch(image -> id.equals(image.text("image_id"))));
    }

    /** How many findings of a type the images have; nothing for a report about something else. */
    OptionalLong count(String type, List<String> ids) {
        Api api = TYPES.get(type);
        return api == null
                ? OptionalLong.empty()
                : OptionalLong.of(
                        ids.stream().mapToLong(id -> find(id).count(api)).sum());
    }
}
