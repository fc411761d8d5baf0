package io.jenkins.plugins.hss.export;

import java.util.Locale;

/** The names of the environment variables of exports. */
public final class TaskIdVariable {
    static final String LATEST = "HSS_EXPORT_TASK_ID";

    private TaskIdVariable() {}

    /**
     * Checks the name that a person chose.
     *
     * @throws IllegalArgumentException with a message for people when it is no name of a variable
     */
    public static void check(String name) {
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw new IllegalArgumentException(Messages.TaskIdVariable_malformed(name));
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
