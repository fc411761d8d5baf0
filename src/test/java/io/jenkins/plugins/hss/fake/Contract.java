package io.jenkins.plugins.hss.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The rules that a call has to keep, and the breaches of them in words. */
final class Contract {

    /** What a value has to be. */
    private record Rule(String words, Predicate<JsonNode> accepts) {}

    private static final Pattern JSON = Pattern.compile("(?i)application/json(\\s*;\\s*charset=\"?utf-8\"?)?");
    private static final int ANY = Integer.MAX_VALUE;

    /** The properties of an export in their documented order. */
    private static final Map<String, Rule> PROPERTIES = new LinkedHashMap<>();

    static {
        PROPERTIES.put("export_size", number(1, 200_000));
        PROPERTIES.put("security_report_type", text(ANY));
        PROPERTIES.put("image_id_list", list(256));
        PROPERTIES.put("operate_all", flag());
        PROPERTIES.put("image_type", text(ANY));
        PROPERTIES.put("scan_status", text(ANY));
        PROPERTIES.put("namespace", text(65_535));
        PROPERTIES.put("image_name", text(65_535));
        PROPERTIES.put("image_version", text(65_535));
        PROPERTIES.put("image_id", text(128));
        PROPERTIES.put("latest_version", flag());
        PROPERTIES.put("image_size", number(0, 2_147_483_547));
        PROPERTIES.put("start_latest_update_time", number(0, Long.MAX_VALUE));
        PROPERTIES.put("end_latest_update_time", number(0, Long.MAX_VALUE));
        PROPERTIES.put("start_latest_scan_time", number(0, Long.MAX_VALUE));
        PROPERTIES.put("end_latest_scan_time", number(0, Long.MAX_VALUE));
        PROPERTIES.put("has_malicious_file", flag());
        PROPERTIES.put("has_vul", flag());
        PROPERTIES.put("has_unsafe_setting", flag());
        PROPERTIES.put("risky", flag());
        PROPERTIES.put("severity_level", text(ANY));
        PROPERTIES.put("instance_name", text(128));
        PROPERTIES.put("cicd_name", text(128));
        PROPERTIES.put("build_command_risk_level", text(ANY));
        PROPERTIES.put("build_command_risk_name", text(128));
        PROPERTIES.put("build_command_rule_id_list", list(64));
    }

    private final Call call;
    private final byte[] body;
    private final Set<Quirk> quirks;
    private final List<String> breaches = new ArrayList<>();

    private Contract(Call call, byte[] body, Set<Quirk> quirks) {
        this.call = call;
        this.body = body;
        this.quirks = quirks;
    }

    static List<String> breaches(Call call, byte[] body, Set<Quirk> quirks) {
        Contract contract = new Contract(call, body, quirks);
        contract.check();
        return contract.breaches;
    }

    private void check() {
        switch (call.api()) {
            case SUBMIT -> {
                query("enterprise_project_id");
                export(Set.of());
            }
            case STATISTIC -> {
                query("enterprise_project_id", "security_report_type");
                demand(call.parameter("security_report_type") != null, "security_report_type is missing in the query");
                export(Set.of("export_size", "security_report_type"));
            }
            case STATUS, DOWNLOAD -> query("enterprise_project_id");
            case CICD -> {
                query("enterprise_project_id", "offset", "limit", "cicd_name");
                within("offset", 0, ANY);
                within("limit", 10, 200);
            }
            case IMAGES,
                    VULNERABILITIES,
                    MALWARES,
                    SENSITIVE_INFO,
                    NON_COMPLIANT_APPS,
                    CHECK_RULES,
                    BUILD_COMMANDS,
                    BASELINE_STATISTIC -> breaches.addAll(ResultsContract.breaches(call, quirks));
            case TOKEN -> {
                demand(call.query().equals("nocatalog=true"), "the query must be nocatalog=true");
                login();
            }
            case PROJECTS -> {
                query("name");
                demand(call.parameter("name") != null, "name is missing in the query");
            }
        }
    }

    private void demand(boolean kept, String words) {
        if (!kept) {
            breaches.add(words);
        }
    }

    private void query(String... allowed) {
        Set<String> seen = new HashSet<>();
        for (Encoding.Parameter parameter : Encoding.query(call.query())) {
            String name = parameter.name();
            demand(Arrays.asList(allowed).contains(name), "unknown query parameter " + name);
            demand(seen.add(name), "query parameter " + name + " is sent twice");
            int longest = name.equals("cicd_name") ? 128 : 256;
            demand(
                    hasLength(parameter.value(), longest),
                    "query parameter " + name + " must have 1.." + longest + " characters");
        }
    }

    private void within(String name, int least, int most) {
        String value = call.parameter(name);
        boolean fits = value == null
                || value.matches("[0-9]{1,9}") && Integer.parseInt(value) >= least && Integer.parseInt(value) <= most;
        demand(fits, name + " must be a whole number " + least + ".." + most + " but is " + value);
    }

    private void export(Set<String> excluded) {
        JsonNode json = object();
        if (json == null) {
            return;
        }
        List<String> order = new ArrayList<>(PROPERTIES.keySet());
        int last = -1;
        for (Map.Entry<String, JsonNode> property : json.properties()) {
            String name = property.getKey();
            int place = order.indexOf(name);
            if (place < 0 || excluded.contains(name)) {
                breaches.add("unknown property " + name);
                continue;
            }
            demand(place > last, name + " comes too late, the order isn't the documented one");
            last = place;
            Rule rule = PROPERTIES.get(name);
            demand(
                    rule.accepts().test(property.getValue()),
                    name + " must be " + rule.words() + " but is " + shortened(property.getValue()));
        }
        for (String name : List.of("export_size", "security_report_type", "operate_all")) {
            demand(json.has(name) || excluded.contains(name), name + " is missing");
        }
        boolean all = json.path("operate_all").asBoolean();
        demand(all != json.has("image_id_list"), "image_id_list must be sent exactly when operate_all is false");
    }

    private void login() {
        JsonNode json = object();
        if (json == null) {
            return;
        }
        JsonNode auth = json.path("auth");
        JsonNode user = auth.at("/identity/password/user");
        JsonNode project = auth.at("/scope/project");
        demand("[\"password\"]".equals(auth.at("/identity/methods").toString()), "methods must be [\"password\"]");
        demand(isText(user.path("name")), "the name of the user is missing");
        demand(isText(user.path("password")), "the password is missing");
        demand(isText(user.at("/domain/name")), "the name of the domain is missing");
        demand(isText(project.path("name")) != isText(project.path("id")), "the scope needs a project's name or ID");
    }

    /** The body, or null when it is no JSON object. */
    private JsonNode object() {
        String type = call.headers().getOrDefault("content-type", "");
        demand(JSON.matcher(type).matches(), "Content-Type must be application/json but is \"" + type + "\"");
        demand(Arrays.equals(call.body().getBytes(UTF_8), body), "the body isn't UTF-8");
        try {
            JsonNode json = Json.read(new String(body, UTF_8));
            if (json.isObject()) {
                return json;
            }
            breaches.add("the body must be a JSON object");
        } catch (JsonProcessingException e) {
            breaches.add("the body isn't JSON: " + e.getOriginalMessage());
        }
        return null;
    }

    private static String shortened(JsonNode value) {
        String text = value.toString();
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }

    private static Rule number(long least, long most) {
        return new Rule(
                "a whole number " + least + ".." + most,
                value -> value.isIntegralNumber()
                        && value.canConvertToLong()
                        && value.longValue() >= least
                        && value.longValue() <= most);
    }

    private static Rule flag() {
        return new Rule("true or false", JsonNode::isBoolean);
    }

    private static Rule text(int longest) {
        return new Rule(
                longest == ANY ? "a text" : "a text of 1.." + longest + " characters", value -> isText(value, longest));
    }

    private static Rule list(int longest) {
        return new Rule("a list of 1..200 texts of 1.." + longest + " characters", value -> {
            boolean fits = value.isArray() && !value.isEmpty() && value.size() <= 200;
            for (JsonNode item : value) {
                fits &= isText(item, longest);
            }
            return fits;
        });
    }

    private static boolean isText(JsonNode value) {
        return isText(value, ANY);
    }

    private static boolean isText(JsonNode value, int longest) {
        return value.isTextual() && hasLength(value.textValue(), longest);
    }

    private static boolean hasLength(String text, int longest) {
        return !text.isEmpty() && text.codePointCount(0, text.length()) <= longest;
    }
}
