package io.jenkins.plugins.hss.scan;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Api;
import hudson.model.ModelObject;
import hudson.model.Run;
import io.jenkins.plugins.hss.engine.Finding;
import io.jenkins.plugins.hss.engine.FindingType;
import io.jenkins.plugins.hss.engine.Severity;
import io.jenkins.plugins.hss.engine.StoredFindings;
import io.jenkins.plugins.hss.engine.TypeFindings;
import java.io.IOException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The findings of one scan, a page of them at a time. */
@ExportedBean(defaultVisibility = 2)
public final class FindingsPage implements ModelObject {
    private static final Logger LOGGER = Logger.getLogger(FindingsPage.class.getName());

    private final HssScansAction action;
    private final ScanRecord scan;
    private final FindingsQuery query;
    private final FindingType type;
    private List<Finding> matching;
    private boolean unreadable;

    FindingsPage(HssScansAction action, ScanRecord scan, FindingsQuery query) {
        this.action = action;
        this.scan = scan;
        this.query = query;
        this.type = query.type() == null ? firstType(scan.getCounts()) : query.type();
    }

    /** Returns the first type with rows. */
    @CheckForNull
    private static FindingType firstType(List<TypeCounts> counts) {
        return counts.stream()
                .filter(type -> type.getRows() > 0)
                .findFirst()
                .or(() -> counts.stream().findFirst())
                .map(TypeCounts::type)
                .orElse(null);
    }

    /** A choice of the form. */
    public record Choice(String value, String label, boolean selected) {}

    public Run<?, ?> getRun() {
        return action.getRun();
    }

    public ScanRecord getScan() {
        return scan;
    }

    /** Returns the image and its numbers, which all who may see the build may know. */
    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.FindingsPage_displayName(scan.getImage());
    }

    /** Returns whether the reader may see the rows. */
    public boolean isReadable() {
        return action.isReadable();
    }

    public Api getApi() {
        if (!isReadable()) {
            getRun().checkPermission(Run.ARTIFACTS);
        }
        return new Api(this);
    }

    /** Returns HSS's word for the type that is shown, null where no type was read. */
    @Exported
    @CheckForNull
    public String getType() {
        return type == null ? null : type.word();
    }

    /** Returns the numbers of the type that is shown, null where it was not read. */
    @CheckForNull
    public TypeCounts getShown() {
        return scan.getCounts().stream()
                .filter(counts -> counts.type() == type)
                .findFirst()
                .orElse(null);
    }

    /** Returns the severities to choose from. */
    public List<Choice> getSeverities() {
        return type == null
                ? List.of()
                : type.severities().stream()
                        .map(severity ->
                                new Choice(severity.word(), FindingRow.label(severity), severity == query.severity()))
                        .toList();
    }

    /** Returns the severity that is asked for, null for any. */
    @Exported
    @CheckForNull
    public String getSeverity() {
        Severity severity = query.severity();
        return severity == null ? null : severity.word();
    }

    /** Returns the text that is asked for. */
    @Exported
    public String getText() {
        return query.text();
    }

    public int getMaxText() {
        return FindingsQuery.MAX_TEXT;
    }

    @Exported
    public int getPage() {
        return query.page();
    }

    /** Returns how many rows a page has. */
    @Exported
    public int getLimit() {
        return query.limit();
    }

    /** Returns how many rows match. */
    @Exported
    public int getTotal() {
        return matching().size();
    }

    public int getPages() {
        return Math.max(1, (getTotal() + query.limit() - 1) / query.limit());
    }

    /** Returns the rows of the page, worst first, ignored ones at the end. */
    @Exported(inline = true)
    public List<FindingRow> getRows() {
        long from = (query.page() - 1L) * query.limit();
        return matching().stream()
                .skip(from)
                .limit(query.limit())
                .map(FindingRow::new)
                .toList();
    }

    /** Returns the parameters of another page. */
    public String parameters(int page) {
        return query.parameters(type, page);
    }

    /** Returns whether the findings can't be shown, because their file is lost or damaged. */
    public boolean isUnreadable() {
        matching();
        return unreadable;
    }

    private List<Finding> matching() {
        if (matching == null) {
            matching = isReadable() && !scan.getCounts().isEmpty() ? read() : List.of();
        }
        return matching;
    }

    private List<Finding> read() {
        try {
            StoredFindings stored = action.files().read(scan.getNumber());
            unreadable = stored == null;
            return stored == null
                    ? List.of()
                    : stored.findings().stream()
                            .filter(findings -> findings.type() == type)
                            .map(TypeFindings::findings)
                            .flatMap(List::stream)
                            .filter(query::matches)
                            .toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "Cannot read the findings of " + getRun());
        }
        unreadable = true;
        return List.of();
    }
}
