package io.jenkins.plugins.hss.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.hss.client.CicdImage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The scan that counts among the rows of ListCicdImages.
 *
 * @param image the image whose scan has ended; null while the build has to wait
 * @param reason why the build has to wait, or why the scan failed; null where it succeeded
 */
record ImageSelection(
        @CheckForNull CicdImage image, @CheckForNull String reason) {
    private static final Set<String> ENDED = Set.of("success", "failed", "download_failed", "image_oversized");
    private static final int MAX_NAMED = 5;

    /** Returns whether the scan has ended, but not well. */
    boolean hasFailed() {
        return image != null && reason != null;
    }

    /** Returns whether there is a scan whose findings can be read. */
    boolean hasSucceeded() {
        return image != null && reason == null;
    }

    /**
     * Finds the scan.
     *
     * @param rows all rows that were seen
     * @param scannedAfter by HSS's clock
     * @throws ScanException when the rows are of more than one image
     */
    static ImageSelection of(Collection<CicdImage> rows, ScanOptions options, Instant scannedAfter)
            throws ScanException {
        String access = options.cicdName();
        List<CicdImage> named = rows.stream()
                .filter(row -> options.image().isNamedAs(row) && (access == null || access.equals(row.cicdName())))
                .toList();
        List<CicdImage> matching =
                named.stream().filter(options.image()::matches).toList();
        List<CicdImage> counting =
                matching.stream().filter(row -> counts(row, scannedAfter)).toList();
        List<CicdImage> unfinished =
                counting.stream().filter(row -> !hasEnded(row)).toList();
        if (!unfinished.isEmpty()) {
            return waiting(Messages.ImageSelection_unfinished(
                    options.image(),
                    Objects.toString(unfinished.get(0).scanStatus(), "-"),
                    describe(unfinished.get(0))));
        }
        if (counting.isEmpty()) {
            return waiting(nothing(named, matching, options, scannedAfter));
        }
        return last(counting, options);
    }

    static boolean hasEnded(CicdImage row) {
        return ENDED.contains(String.valueOf(row.scanStatus()));
    }

    private static boolean counts(CicdImage row, Instant scannedAfter) {
        if (hasEnded(row)) {
            return row.scanEnd().filter(end -> !end.isBefore(scannedAfter)).isPresent();
        }
        Long created = row.updatedAt();
        boolean old = created != null && created < scannedAfter.toEpochMilli();
        return !("unscan".equals(row.scanStatus()) && old);
    }

    private static ImageSelection waiting(String reason) {
        return new ImageSelection(null, reason);
    }

    private static ImageSelection last(List<CicdImage> counting, ScanOptions options) throws ScanException {
        Map<List<String>, CicdImage> images = new LinkedHashMap<>();
        // Of two scans that ended in the same millisecond the failed one counts.
        counting.stream()
                .sorted(Comparator.comparing((CicdImage row) -> row.scanEnd().orElse(Instant.EPOCH))
                        .thenComparing(row -> !isSuccess(row)))
                .forEach(row -> images.put(identity(row), row));
        if (images.size() > 1) {
            throw new ScanException(Messages.ImageSelection_ambiguous(
                    options.image(),
                    images.values().stream()
                            .limit(MAX_NAMED)
                            .map(ImageSelection::describe)
                            .collect(Collectors.joining("; "))));
        }
        CicdImage image = images.values().iterator().next();
        return new ImageSelection(image, isSuccess(image) ? null : failure(image));
    }

    private static boolean isSuccess(CicdImage row) {
        return "success".equals(row.scanStatus()) && row.failureCode() == null;
    }

    private static List<String> identity(CicdImage row) {
        List<String> identity = new ArrayList<>();
        identity.add(row.digest() == null ? row.imageId() : row.digest());
        identity.add(row.cicdName());
        return identity;
    }

    private static String failure(CicdImage image) {
        List<String> words = new ArrayList<>();
        words.add(image.scanStatus());
        words.add(image.failureCode());
        words.add(image.failureText());
        return words.stream().filter(Objects::nonNull).distinct().collect(Collectors.joining(", "));
    }

    private static String nothing(
            List<CicdImage> named, List<CicdImage> matching, ScanOptions options, Instant scannedAfter) {
        if (!matching.isEmpty()) {
            CicdImage newest = matching.stream()
                    .max(Comparator.comparing(row -> row.scanEnd().orElse(Instant.EPOCH)))
                    .orElseThrow();
            return Messages.ImageSelection_old(options.image(), describe(newest), scannedAfter);
        }
        if (named.isEmpty()) {
            return Messages.ImageSelection_none(options.image());
        }
        return Messages.ImageSelection_others(
                options.image(),
                named.stream()
                        .map(ImageSelection::describe)
                        .distinct()
                        .limit(MAX_NAMED)
                        .collect(Collectors.joining("; ")));
    }

    /** Returns the tag, digest and access of a row, and when it was scanned. */
    private static String describe(CicdImage row) {
        return Messages.ImageSelection_row(
                Objects.toString(row.version(), "-"),
                Objects.toString(row.digest(), "-"),
                Objects.toString(row.cicdName(), "-"),
                row.scanEnd().map(Instant::toString).orElse("-"));
    }
}
