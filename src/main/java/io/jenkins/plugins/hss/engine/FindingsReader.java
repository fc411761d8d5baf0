package io.jenkins.plugins.hss.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.hss.client.CicdImage;
import io.jenkins.plugins.hss.client.Row;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;

/** Reads the findings of one type in one image: whole, or as many as the build keeps, worst first. */
final class FindingsReader {
    private final Reads reads;
    private final CicdImage image;
    private final ScanOptions options;
    private final FindingType type;
    private final RowList.Progress progress;
    private final boolean emptyNamespace;
    private final Instant now;
    private final boolean whole;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<Severity, Long> unread = new EnumMap<>(Severity.class);
    private long handledUnread;
    private long total;

    /**
     * Takes what to read.
     *
     * @param emptyNamespace whether vulnerabilities of an image without a namespace are asked for with an empty one, or
     *     without the parameter
     * @param now the time that the ignored findings' last days are held against
     */
    FindingsReader(
            Reads reads,
            CicdImage image,
            ScanOptions options,
            FindingType type,
            RowList.Progress progress,
            boolean emptyNamespace,
            Instant now) {
        this.reads = reads;
        this.image = image;
        this.options = options;
        this.type = type;
        this.progress = progress;
        this.emptyNamespace = emptyNamespace;
        this.now = now;
        this.whole = options.isReadWhole(type);
    }

    /**
     * Reads the findings.
     *
     * @throws ScanException when there are more than can be read though every one is needed
     * @throws ScanException.Unsettled when HSS's answers contradict each other
     */
    TypeFindings read() throws IOException, InterruptedException {
        if (type == FindingType.VULNERABILITY) {
            // The rows don't say it, so each state is a list of its own.
            read(Map.of("handle_status", "unhandled"), false);
            read(Map.of("handle_status", "handled"), true);
        } else if (type == FindingType.RISK_CONFIG) {
            read(Map.of("scan_result", "failed"), null);
        } else {
            read(Map.of(), null);
        }
        return Counting.of(type, options, findings, unread, handledUnread, total, now);
    }

    private void read(Map<String, String> filters, @CheckForNull Boolean handled)
            throws IOException, InterruptedException {
        String level = FindingRows.levelParameter(type);
        RowList first = list(filters, rows -> isReadAtOnce(rows) ? rows : whole || level != null ? 1 : max());
        checkReadable(first.total());
        if (isReadAtOnce(first.listed()) || level == null) {
            add(first, handled, null);
            return;
        }
        long rest = first.listed();
        for (Severity severity : type.severities()) {
            for (String word : type.words(severity)) {
                Map<String, String> more = new HashMap<>(filters);
                more.put(level, word);
                RowList rows = list(more, all -> max());
                rest -= rows.listed();
                add(rows, handled, severity);
            }
        }
        if (rest < 0) {
            throw new ScanException.Unsettled(Messages.FindingsReader_levels(type.word()));
        }
        total += rest;
        addUnread(rest, handled, Severity.HIGH);
    }

    /** Where all rows are wanted anyway, they need not be asked for by level. */
    private boolean isReadAtOnce(long rows) {
        return rows <= max();
    }

    private int max() {
        return whole ? ScanOptions.MAX_FINDINGS : Math.max(1, options.maxFindings() - findings.size());
    }

    private void checkReadable(long rows) throws ScanException {
        if (whole && total + rows > ScanOptions.MAX_FINDINGS) {
            throw new ScanException(
                    Messages.FindingsReader_tooMany(type.word(), total + rows, ScanOptions.MAX_FINDINGS));
        }
    }

    private RowList list(Map<String, String> filters, LongUnaryOperator wanted)
            throws IOException, InterruptedException {
        Map<String, String> all = new HashMap<>(filters);
        if (type == FindingType.VULNERABILITY && image.namespace() == null && emptyNamespace) {
            all.put("namespace", "");
        }
        return RowList.read(RowList.of(reads, FindingRows.list(type), image, all), wanted, progress);
    }

    private void add(RowList rows, @CheckForNull Boolean handled, @CheckForNull Severity level) {
        total += rows.total();
        for (Row row : rows.rows()) {
            if (FindingRows.isFinding(type, row)) {
                findings.add(worse(FindingRows.finding(type, row, handled), level));
            } else {
                total--;
            }
        }
        addUnread(rows.missing(), handled, level == null ? worst() : level);
    }

    /** A row that was listed under a worse level than it names has that level. */
    private static Finding worse(Finding finding, @CheckForNull Severity level) {
        return level == null || finding.severity().compareTo(level) <= 0 ? finding : finding.withSeverity(level);
    }

    private Severity worst() {
        return type.severities().iterator().next();
    }

    private void addUnread(long rows, @CheckForNull Boolean handled, Severity severity) {
        if (rows > 0) {
            if (Boolean.TRUE.equals(handled)) {
                handledUnread += rows;
            }
            if (options.countHandled() || !Boolean.TRUE.equals(handled)) {
                unread.merge(severity, rows, Long::sum);
            }
        }
    }
}
