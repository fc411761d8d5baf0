package io.jenkins.plugins.hss.scan;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.hss.engine.FindingType;
import io.jenkins.plugins.hss.engine.QualityGate;
import io.jenkins.plugins.hss.engine.Severity;
import io.jenkins.plugins.hss.engine.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What a quality gate says of an image; a record keeps it as a short text. */
@ExportedBean(defaultVisibility = 2)
public final class JudgedGate {
    private static final String ANY = "*";

    private final QualityGate.Result result;

    private JudgedGate(QualityGate.Result result) {
        this.result = result;
    }

    /** Returns a text such as {@code vulnerability high 1 FAILED 3}, gates parted by semicolons. */
    static String format(List<QualityGate.Result> results) {
        return results.stream().map(JudgedGate::format).collect(Collectors.joining(";"));
    }

    private static String format(QualityGate.Result result) {
        QualityGate gate = result.gate();
        FindingType type = gate.type();
        Severity severity = gate.severity();
        return String.join(
                " ",
                type == null ? ANY : type.word(),
                severity == null ? ANY : severity.word(),
                Long.toString(gate.threshold()),
                gate.verdict().name(),
                Long.toString(result.count()));
    }

    /** Says which gates didn't pass and by how much, in one line. */
    static String reason(List<QualityGate.Result> results) {
        return results.stream()
                .filter(result -> !result.passed())
                .map(QualityGate.Result::describe)
                .collect(Collectors.joining("; "));
    }

    static List<JudgedGate> parse(@CheckForNull String text) {
        return text == null || text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(";")).map(JudgedGate::parseOne).toList();
    }

    private static JudgedGate parseOne(String text) {
        String[] words = text.split(" ");
        QualityGate gate = new QualityGate(
                words[0].equals(ANY) ? null : FindingType.of(words[0]),
                words[1].equals(ANY) ? null : Severity.valueOf(words[1].toUpperCase(Locale.ROOT)),
                Long.parseLong(words[2]),
                Verdict.valueOf(words[3]));
        return new JudgedGate(new QualityGate.Result(gate, Long.parseLong(words[4])));
    }

    /** Returns HSS's word for the type that is counted, null for all that were read. */
    @Exported
    @CheckForNull
    public String getType() {
        FindingType type = result.gate().type();
        return type == null ? null : type.word();
    }

    /** Returns the mildest severity that is counted, null for any. */
    @Exported
    @CheckForNull
    public String getSeverity() {
        Severity severity = result.gate().severity();
        return severity == null ? null : severity.word();
    }

    @Exported
    public long getThreshold() {
        return result.gate().threshold();
    }

    /** Returns how many findings the gate counted. */
    @Exported
    public long getCount() {
        return result.count();
    }

    /** Returns passed, unstable or failed. */
    @Exported
    public String getVerdict() {
        return result.verdict().name().toLowerCase(Locale.ROOT);
    }

    /** Returns the verdict in the person's language. */
    public String getVerdictLabel() {
        return switch (result.verdict()) {
            case PASSED -> Messages.Outcome_passed();
            case UNSTABLE -> Messages.Outcome_unstable();
            case FAILED -> Messages.Outcome_failed();
        };
    }

    /** Returns all of it in words. */
    public String getDescription() {
        return result.describe();
    }
}
