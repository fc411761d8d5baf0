package io.jenkins.plugins.hss.fake;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The calls that the fake understands. */
public enum Api {
    SUBMIT("POST", "/v5/{project_id}/image/security-report/export-tasks"),
    STATUS("GET", "/v5/{project_id}/export-task/{task_id}"),
    DOWNLOAD("GET", "/v5/{project_id}/download/{file_id}"),
    STATISTIC("POST", "/v5/{project_id}/image/security-report/statistic"),
    CICD("GET", "/v5/{project_id}/image/cicd/configurations"),
    TOKEN("POST", "/v3/auth/tokens"),
    PROJECTS("GET", "/v3/projects"),
    IMAGES("GET", "/v5/{project_id}/image/cicd/images"),
    VULNERABILITIES("GET", "/v5/{project_id}/image/{image_id}/vulnerabilities"),
    MALWARES("GET", "/v5/{project_id}/image/{image_id}/malwares"),
    SENSITIVE_INFO("GET", "/v5/{project_id}/image/{image_id}/sensitive"),
    NON_COMPLIANT_APPS("GET", "/v5/{project_id}/image/{image_id}/non-compliant-app"),
    CHECK_RULES("GET", "/v5/{project_id}/baseline/check-rules"),
    BUILD_COMMANDS("GET", "/v5/{project_id}/image/build-command-risks"),
    BASELINE_STATISTIC("GET", "/v5/{project_id}/image/baseline/statistic");

    private final String method;
    private final Pattern path;
    private final boolean resource;

    Api(String method, String path) {
        this.method = method;
        this.resource = path.indexOf('{') != path.lastIndexOf('{');
        this.path = Pattern.compile(path.replaceAll("\\{[a-z_]+}", "([^/]+)"));
    }

    /** The API of a request, or null when there is none. */
    static Api of(String method, String path) {
        for (Api api : values()) {
            if (api.method.equals(method) && api.path.matcher(path).matches()) {
                return api;
            }
        }
        return null;
    }

    /** Those that an export needs. */
    public static List<Api> ofExports() {
        return Arrays.stream(values()).filter(api -> api.compareTo(IMAGES) < 0).toList();
    }

    boolean isIam() {
        return this == TOKEN || this == PROJECTS;
    }

    /** Whether the path names something beside the project. */
    boolean hasResource() {
        return resource;
    }

    /** What stands for the names in braces, decoded. */
    List<String> variables(String actualPath) {
        Matcher matcher = path.matcher(actualPath);
        List<String> variables = new ArrayList<>();
        if (matcher.matches()) {
            for (int group = 1; group <= matcher.groupCount(); group++) {
                variables.add(Encoding.decodeSegment(matcher.group(group)));
            }
        }
        return variables;
    }
}
