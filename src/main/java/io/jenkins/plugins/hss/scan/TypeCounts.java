package io.jenkins.plugins.hss.scan;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.hss.engine.FindingType;
import io.jenkins.plugins.hss.engine.Severity;
import io.jenkins.plugins.hss.engine.TypeFindings;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** How many findings of one type an image has; a record keeps it as a short text. */
@ExportedBean(defaultVisibility = 2)
public final class TypeCounts {
    private static final String IGNORED = "ignored";
    private static final String HANDLED = "handled";
    private static final String TOTAL = "total";
    private static final String ROWS = "rows";

    private final FindingType type;
    private final Map<String, Long> numbers;

    private TypeCounts(FindingType type, Map<String, Long> numbers) {
        this.type = type;
        this.numbers = numbers;
    }

    /** Returns a text such as {@code malwares high=1 ignored=0 handled=0 total=1 rows=1}, types parted by semicolons. */
    static String format(List<TypeFindings> findings) {
        return findings.stream().map(TypeCounts::format).collect(Collectors.joining(";"));
    }

    private static String format(TypeFindings findings) {
        StringBuilder text = new StringBuilder(findings.type().word());
        findings.type().severities().forEach(severity -> append(text, severity.word(), findings.count(severity)));
        append(text, IGNORED, findings.ignored());
        append(text, HANDLED, findings.handled());
        append(text, TOTAL, findings.total());
        append(text, ROWS, findings.findings().size());
        return text.toString();
    }

    private static void append(StringBuilder text, String name, long number) {
        text.append(' ').append(name).append('=').append(number);
    }

    static List<TypeCounts> parse(@CheckForNull String text) {
        return text == null || text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(";")).map(TypeCounts::parseOne).toList();
    }

    private static TypeCounts parseOne(String text) {
        String[] words = text.split(" ");
        Map<String, Long> numbers = Arrays.stream(words)
                .skip(1)
                .map(word -> word.split("="))
                .collect(Collectors.toMap(pair -> pair[0], pair -> Long.valueOf(pair[1])));
        return new TypeCounts(FindingType.of(words[0]), numbers);
    }

    FindingType type() {
        return type;
    }

    /** Returns HSS's word for the type. */
    @Exported
    public String getType() {
        return type.word();
    }

    /** Returns the type in the person's language. */
    public String getLabel() {
        return type.displayName();
    }

    /** Returns how many findings of just this severity gates count, null where the type knows no such severity. */
    @CheckForNull
    Long count(Severity severity) {
        return numbers.get(severity.word());
    }

    /** Returns how many findings of just this severity gates count, null where the type knows no such severity. */
    @CheckForNull
    public Long of(String severity) {
        return count(Severity.valueOf(severity.toUpperCase(Locale.ROOT)));
    }

    /** Returns how many findings gates count. */
    @Exported
    public long getCount() {
        return type.severities().stream().mapToLong(this::count).sum();
    }

    /** Returns the same by severity. */
    @Exported
    public Map<String, Long> getSeverities() {
        Map<String, Long> severities = new TreeMap<>();
        type.severities().forEach(severity -> severities.put(severity.word(), count(severity)));
        return severities;
    }

    /** Returns how many findings the build ignores. */
    @Exported
    public long getIgnored() {
        return numbers.get(IGNORED);
    }

    /** Returns how many findings somebody has handled in HSS's console, as far as HSS says. */
    @Exported
    public long getHandled() {
        return numbers.get(HANDLED);
    }

    /** Returns how many findings HSS has. */
    @Exported
    public long getTotal() {
        return numbers.get(TOTAL);
    }

    /** Returns of how many findings the rows were kept. */
    @Exported
    public long getRows() {
        return numbers.get(ROWS);
    }
}
