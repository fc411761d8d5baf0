package io.jenkins.plugins.hss.scan;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.EnvVars;
import java.util.Locale;

/** The environment variables of scans. */
final class ScanVariables {
    private static final String PREFIX = "HSS_SCAN_";

    private ScanVariables() {}

    /** Puts what is known of a scan into an environment. */
    static void put(EnvVars env, ScanRecord scan, String url) {
        put(env, "RESULT", scan.getResult());
        put(env, "REASON", scan.getReason());
        put(env, "URL", url);
        for (TypeCounts counts : scan.getCounts()) {
            put(env, counts.getType(), Long.toString(counts.getCount()));
            counts.getSeverities()
                    .forEach((severity, count) -> put(env, counts.getType() + "_" + severity, count.toString()));
        }
    }

    private static void put(EnvVars env, String name, @CheckForNull String value) {
        if (value != null) {
            env.put(PREFIX + name.toUpperCase(Locale.ROOT).replace('-', '_'), value);
        }
    }
}
