package io.jenkins.plugins.hss.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/**
 * Something that HSS has found in an image; what HSS leaves out is null. All texts were written by whoever built the
 * image: none of them is to be trusted.
 *
 * @param id tells it apart from others of its type: the ID of the vulnerability, the rule of a secret, the path of a
 *     malicious file, {@code standard/check_name/check_rule_id} of a baseline check, the name of the software, the ID of
 *     the rule about a build command
 * @param severityWord HSS's own word for the severity
 * @param title what a person calls it, where that isn't the ID
 * @param packageName the software that it was found in
 * @param version the version of that software
 * @param path the file that it was found in
 * @param layer the digest of the layer
 * @param solution what HSS advises
 * @param url the advisory
 * @param handled whether somebody has handled it in HSS's console; null where HSS doesn't say
 * @param ignored the reason why gates don't count it; null where they do
 */
public record Finding(
        FindingType type,
        String id,
        Severity severity,
        @CheckForNull String severityWord,
        @CheckForNull String title,
        @CheckForNull String packageName,
        @CheckForNull String version,
        @CheckForNull String path,
        @CheckForNull String layer,
        @CheckForNull String description,
        @CheckForNull String solution,
        @CheckForNull String url,
        @CheckForNull Boolean handled,
        @CheckForNull String ignored) {

    Finding withSeverity(Severity other) {
        return with(other, ignored);
    }

    Finding withIgnored(@CheckForNull String reason) {
        return with(severity, reason);
    }

    private Finding with(Severity otherSeverity, @CheckForNull String otherIgnored) {
        return new Finding(
                type,
                id,
                otherSeverity,
                severityWord,
                title,
                packageName,
                version,
                path,
                layer,
                description,
                solution,
                url,
                handled,
                otherIgnored);
    }
}
