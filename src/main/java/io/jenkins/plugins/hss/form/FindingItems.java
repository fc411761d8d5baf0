package io.jenkins.plugins.hss.form;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.hss.engine.FindingType;
import io.jenkins.plugins.hss.engine.Severity;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** Types and severities of findings: as drop-down lists, and as people write them. */
public final class FindingItems {
    private static final List<String> SEVERITIES =
            Arrays.stream(Severity.values()).map(Severity::word).toList();

    private FindingItems() {}

    public static ListBoxModel types(@CheckForNull Item item, @CheckForNull String current) {
        List<FindingType> types = List.of(FindingType.values());
        return FieldItems.required(
                item,
                types.stream().map(FindingType::word).toList(),
                word -> types.stream()
                        .filter(type -> type.word().equals(word))
                        .map(FindingType::displayName)
                        .findFirst()
                        .orElse(word),
                current);
    }

    public static ListBoxModel severities(@CheckForNull Item item, @CheckForNull String current) {
        return FieldItems.required(item, SEVERITIES, UnaryOperator.identity(), current);
    }

    /**
     * Returns the severity that people write so.
     *
     * @param type null for any
     * @throws IllegalArgumentException with a message for people that names the severities of the type
     */
    public static Severity severity(@CheckForNull FindingType type, String word) {
        return type == null
                ? Severity.values()[SEVERITIES.indexOf(ParameterParser.word("severity", word, SEVERITIES))]
                : type.severityNamed(word);
    }
}
