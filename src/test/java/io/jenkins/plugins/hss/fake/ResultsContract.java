package io.jenkins.plugins.hss.fake;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The rules that the calls for scan results have to keep, and the breaches of them in words. */
final class ResultsContract {
    private static final Predicate<String> FLAG = words("true|false");
    private static final Predicate<String> TIME = words("[0-9]{1,18}");
    private static final Predicate<String> LEVEL = words("critical|high|medium|low");
    private static final Predicate<String> STATE = words("unhandled|handled");

    private final Call call;
    private final Set<Quirk> quirks;
    private final List<String> breaches = new ArrayList<>();
    private final Set<String> known = new HashSet<>();

    private ResultsContract(Call call, Set<Quirk> quirks) {
        this.call = call;
        this.quirks = quirks;
    }

    static List<String> breaches(Call call, Set<Quirk> quirks) {
        ResultsContract contract = new ResultsContract(call, quirks);
        contract.check();
        return contract.breaches;
    }

    private void check() {
        may("enterprise_project_id", length(1, 256));
        if (call.api() != Api.IMAGES) {
            must("image_type", "cicd"::equals);
        }
        if (call.api() != Api.BASELINE_STATISTIC) {
            may("limit", number(10, 200));
            may("offset", number(0, 2_000_000));
        }
        switch (call.api()) {
            case IMAGES -> images();
            case VULNERABILITIES -> vulnerabilities();
            case MALWARES -> {
                image("tag_name");
                may("file_name", length(1, 128));
            }
            case SENSITIVE_INFO -> {
                image("image_version");
                may("file_path", length(1, 128));
                may("severity", LEVEL);
                may("handle_status", STATE);
            }
            case NON_COMPLIANT_APPS -> {
                image("image_version");
                may("app_name", length(1, 128));
            }
            case CHECK_RULES -> {
                image("image_version");
                must("type", "image"::equals);
                may("image_id", length(1, 128));
                may("scan_result", words("pass|failed"));
                may("instance_id", length(1, 128));
            }
            case BUILD_COMMANDS -> {
                may("image_id", length(1, 128));
                may("risk_name", length(1, 512));
                may("risk_level", LEVEL);
            }
            case BASELINE_STATISTIC -> may("image_id", length(1, 128));
            default -> throw new IllegalArgumentException(call.api().toString());
        }
        region();
        Set<String> seen = new HashSet<>();
        for (Encoding.Parameter parameter : Encoding.query(call.query())) {
            demand(known.contains(parameter.name()), "unknown query parameter " + parameter.name());
            demand(seen.add(parameter.name()), "query parameter " + parameter.name() + " is sent twice");
        }
    }

    private void images() {
        image("image_version");
        may("cicd_name", length(0, 128));
        may("image_id", length(0, 128));
        may("image_size", number(0, 2_147_483_547));
        may("scan_status", words("unscan|success|scanning|failed|waiting_for_scan"));
        may("severity_level", words("Security|Low|Medium|High"));
        may("pipeline_type", words("jenkins|codearts"));
        may("sort_key", "latest_scan_time"::equals);
        may("sort_dir", words("asc|desc"));
        for (String name : List.of("latest_version", "has_vul", "has_malicious_file", "has_unsafe_setting", "risky")) {
            may(name, FLAG);
        }
        for (String name : List.of("latest_update_time", "latest_scan_time")) {
            may("start_" + name, TIME);
            may("end_" + name, TIME);
        }
    }

    private void vulnerabilities() {
        boolean lost =
                quirks.contains(Quirk.EMPTY_NAMESPACE_REFUSED) || quirks.contains(Quirk.EMPTY_NAMESPACE_FINDS_NOTHING);
        demand(lost || call.parameter("namespace") != null, "namespace is missing in the query");
        may("namespace", length(0, 64));
        must("image_name", length(1, 128));
        must("tag_name", length(1, 64));
        may("repair_necessity", words("immediate_repair|delay_repair|not_needed_repair"));
        may("vul_id", length(1, 128));
        may("app_name", length(1, 64));
        may("type", words("linux_vul|app_vul"));
        may("handle_status", STATE);
        may("instance_id", length(1, 128));
    }

    /** The names of the image, which every call may tell, and the name that the call has for the tag. */
    private void image(String tag) {
        may("namespace", length(1, call.api() == Api.IMAGES ? 128 : 64));
        may("image_name", length(1, 128));
        may(tag, length(1, 64));
    }

    /** The header is documented for some of the calls only. */
    private void region() {
        String region = call.header("region");
        boolean declared =
                switch (call.api()) {
                    case IMAGES, VULNERABILITIES, CHECK_RULES -> false;
                    default -> true;
                };
        demand(declared || region == null, "the header region is not documented here");
        demand(region == null || length(1, 128).test(region), "the header region must have 1..128 characters");
    }

    private void must(String name, Predicate<String> rule) {
        demand(call.parameter(name) != null, name + " is missing in the query");
        may(name, rule);
    }

    private void may(String name, Predicate<String> rule) {
        known.add(name);
        String value = call.parameter(name);
        demand(value == null || rule.test(value), "query parameter " + name + " can't be \"" + value + "\"");
    }

    private static Predicate<String> words(String pattern) {
        return value -> value.matches(pattern);
    }

    private static Predicate<String> number(long least, long most) {
        return value -> value.matches("[0-9]{1,10}") && Long.parseLong(value) >= least && Long.parseLong(value) <= most;
    }

    private static Predicate<String> length(int least, int most) {
        return value ->
                value.codePointCount(0, value.length()) >= least && value.codePointCount(0, value.length()) <= most;
    }

    private void demand(boolean kept, String words) {
        if (!kept) {
            breaches.add(words);
        }
    }
}
