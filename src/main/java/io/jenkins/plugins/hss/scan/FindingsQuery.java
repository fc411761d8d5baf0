package io.jenkins.plugins.hss.scan;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.hss.engine.Finding;
import io.jenkins.plugins.hss.engine.FindingType;
import io.jenkins.plugins.hss.engine.Severity;
import io.jenkins.plugins.hss.engine.VisibleText;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * Which findings somebody wants to see.
 *
 * @param type null for the first type
 * @param severity null for any
 * @param text contained in the finding, whatever the case; empty for any
 * @param page from 1
 * @param limit the rows of a page
 */
record FindingsQuery(
        @CheckForNull FindingType type, @CheckForNull Severity severity, String text, int page, int limit) {
    static final int MAX_TEXT = 200;
    static final int MAX_ROWS = 200;
    private static final int DEFAULT_ROWS = 100;
    private static final String NUMBER = "[1-9]\\d{0,5}";

    /** Reads the parameters of a request; what makes no sense is refused with status 400. */
    static FindingsQuery of(StaplerRequest2 request) {
        String type = Util.fixEmpty(request.getParameter("type"));
        String severity = Util.fixEmpty(request.getParameter("severity"));
        String text = Util.fixNull(request.getParameter("text"));
        try {
            return new FindingsQuery(
                    type == null ? null : FindingType.of(type),
                    severity == null ? null : severityNamed(severity),
                    text.substring(0, Math.min(text.length(), MAX_TEXT)),
                    number(request.getParameter("page"), 1),
                    Math.min(number(request.getParameter("limit"), DEFAULT_ROWS), MAX_ROWS));
        } catch (IllegalArgumentException e) {
            throw HttpResponses.errorWithoutStack(400, e.getMessage());
        }
    }

    private static Severity severityNamed(String word) {
        return Stream.of(Severity.values())
                .filter(severity -> severity.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("severity: high, medium, low, none"));
    }

    private static int number(@CheckForNull String text, int otherwise) {
        if (text == null || text.isEmpty()) {
            return otherwise;
        }
        if (!text.matches(NUMBER)) {
            throw new IllegalArgumentException("page, limit: 1, 2, 3, …");
        }
        return Integer.parseInt(text);
    }

    boolean matches(Finding finding) {
        return (severity == null || severity == finding.severity()) && (text.isEmpty() || containsText(finding));
    }

    private boolean containsText(Finding finding) {
        String wanted = text.toLowerCase(Locale.ROOT);
        return Stream.of(
                        finding.id(),
                        finding.title(),
                        finding.packageName(),
                        finding.version(),
                        finding.path(),
                        finding.solution(),
                        finding.ignored())
                .filter(Objects::nonNull)
                .anyMatch(field -> contains(field, wanted));
    }

    /** Finds what the field says and what the page shows. */
    private static boolean contains(String field, String wanted) {
        return field.toLowerCase(Locale.ROOT).contains(wanted)
                || VisibleText.of(field).toLowerCase(Locale.ROOT).contains(wanted);
    }

    /** Returns the parameters of another page of the same findings. */
    String parameters(FindingType shown, int otherPage) {
        return "?type=" + shown.word()
                + (severity == null ? "" : "&severity=" + severity.word())
                + (text.isEmpty() ? "" : "&text=" + URLEncoder.encode(text, StandardCharsets.UTF_8))
                + "&limit=" + limit
                + "&page=" + otherPage;
    }
}
