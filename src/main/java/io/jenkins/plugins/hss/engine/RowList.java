package io.jenkins.plugins.hss.engine;

import io.jenkins.plugins.hss.client.CicdImage;
import io.jenkins.plugins.hss.client.FindingList;
import io.jenkins.plugins.hss.client.Page;
import io.jenkins.plugins.hss.client.Row;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongUnaryOperator;

/**
 * The rows of one list of HSS, read page by page.
 *
 * @param listed how many there are
 * @param alike how many of the rows that were read were the same as another one on their page
 * @param rows the rows that were read, without those
 */
record RowList(long listed, long alike, List<Row> rows) {
    private static final int MAX_PASSES = 3;

    /** Reads a page from an offset on. */
    interface Pages {
        Page<Row> from(long offset) throws IOException, InterruptedException;
    }

    /** Is told how many rows were read, and how many there are. */
    interface Progress {
        void read(long rows, long total);
    }

    /**
     * Reads the first rows, or all that there are.
     *
     * <p>A row on two pages means that rows have shifted, and others may have been missed: then all is read again, and
     * what all readings have seen is put together.
     *
     * @throws ScanException.Unsettled when the list changed meanwhile
     */
    static RowList read(Pages pages, LongUnaryOperator wanted, Progress progress)
            throws IOException, InterruptedException {
        Map<String, Row> rows = new LinkedHashMap<>();
        for (int pass = 1; ; pass++) {
            Pass read = new Pass();
            read.run(pages, wanted, progress);
            rows.putAll(read.rows);
            if (!read.shifted || pass == MAX_PASSES) {
                return new RowList(read.total, read.alike, List.copyOf(rows.values()));
            }
        }
    }

    static Pages of(Reads reads, FindingList list, CicdImage image, Map<String, String> filters) {
        return offset -> reads.read(hss -> hss.findings(list, image, filters, offset));
    }

    /** Returns how many findings there are: rows alike on one page are one. */
    long total() {
        return Math.max(listed - alike, rows.size());
    }

    /** Returns how many findings were not read. */
    long missing() {
        return total() - rows.size();
    }

    private static final class Pass {
        private final Map<String, Row> rows = new LinkedHashMap<>();
        private long total = -1;
        private long alike;
        private boolean shifted;

        void run(Pages pages, LongUnaryOperator wanted, Progress progress) throws IOException, InterruptedException {
            long offset = 0;
            long end;
            do {
                Page<Row> page = pages.from(offset);
                if (total >= 0 && page.total() != total) {
                    throw new ScanException.Unsettled(Messages.RowList_changed(total, page.total()));
                }
                total = page.total();
                end = Math.min(total, wanted.applyAsLong(total));
                offset += page.rows().size();
                if (offset > total || offset < end && page.rows().isEmpty()) {
                    throw new ScanException.Unsettled(Messages.RowList_count(total, offset));
                }
                add(page.rows());
                progress.read(offset, total);
            } while (offset < end);
        }

        private void add(List<Row> page) {
            Set<String> here = new HashSet<>();
            for (Row row : page) {
                if (!here.add(row.hash())) {
                    alike++;
                } else if (rows.putIfAbsent(row.hash(), row) != null) {
                    shifted = true;
                }
            }
        }
    }
}
