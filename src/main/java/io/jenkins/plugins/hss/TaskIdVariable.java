package io.jenkins.plugins.hss;

import java.util.Locale;
import java.util.Set;

/** The environment variables that tell a task's ID to the steps that follow. */
final class TaskIdVariable {
    static final String LATEST = "HSS_EXPORT_TASK_ID";

    /** What a build, its shell or its tools live on. */
    private static final Set<String> RESERVED = Set.of(
            "PATH",
            "HOME",
            "USER",
            "USERNAME",
            "USERPROFILE",
            "SHELL",
            "PWD",
            "TMP",
            "TEMP",
            "TMPDIR",
            "LANG",
            "LC_ALL",
            "TERM",
            "IFS",
            "ENV",
            "BASH_ENV",
            "PATHEXT",
            "COMSPEC",
            "SYSTEMROOT",
            "WINDIR",
            "CLASSPATH",
            "CI",
            "NODE_NAME",
            "NODE_LABELS",
            "EXECUTOR_NUMBER",
            "WORKSPACE",
            "WORKSPACE_TMP",
            "STAGE_NAME",
            "CHANGE_ID",
            "TAG_NAME",
            "LD_PRELOAD",
            "LD_LIBRARY_PATH",
            "JAVA_TOOL_OPTIONS",
            "MAVEN_OPTS",
            "NODE_OPTIONS");

    private static final Set<String> RESERVED_FAMILIES =
            Set.of("BUILD_", "JOB_", "JENKINS_", "HUDSON_", "RUN_", "GIT_", "SVN_", "BRANCH_", "JAVA_HOME", "LIBRARY_");

    private TaskIdVariable() {}

    /**
     * Checks the name that a person chose.
     *
     * @throws IllegalArgumentException with a message for people when it is no name of a variable, or one that a build
     *     lives on
     */
    static void check(String name) {
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw new IllegalArgumentException(Messages.TaskIdVariable_malformed(name));
        }
        // Windows doesn't tell upper from lower case.
        String upper = name.toUpperCase(Locale.ROOT);
        if (RESERVED.contains(upper) || RESERVED_FAMILIES.stream().anyMatch(upper::startsWith)) {
            throw new IllegalArgumentException(Messages.TaskIdVariable_reserved(name));
        }
    }

    /** Returns the variable of one report type, such as {@code HSS_EXPORT_TASK_ID_SENSITIVE_INFO}. */
    static String ofReportType(String reportType) {
        return LATEST + "_" + suffix(reportType);
    }

    /** Returns the variable that tells how many records one report type counts. */
    static String recordsOfReportType(String reportType) {
        return "HSS_EXPORT_RECORDS_" + suffix(reportType);
    }

    private static String suffix(String reportType) {
        return reportType.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
    }
}
