package io.jenkins.plugins.hss.engine;

import io.jenkins.plugins.hss.client.CicdImage;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rows of the scanned images that several reads have seen. */
final class SeenImages {
    private static final int MAX_KEPT = 20_000;
    /** A row may be stored a little later than one of a later scan; in milliseconds. */
    private static final long OVERLAP = 60_000;

    private final Map<List<String>, CicdImage> rows = new HashMap<>();
    private long seenFrom = Long.MAX_VALUE;
    private long newest;

    /** Returns back to which scan time rows have to be read, in milliseconds since 1970. */
    long floor(long wanted) {
        return wanted < seenFrom ? wanted : newest - OVERLAP;
    }

    /** Adds what a read has seen that went back to {@code floor}. */
    void add(Collection<CicdImage> seen, long floor) {
        // A row that is there again replaces the one that was there before, whatever has changed in it.
        Set<List<String>> names = seen.stream().map(SeenImages::name).collect(Collectors.toSet());
        rows.values()
                .removeIf(row -> row.scannedAt() == null
                        || !ImageSelection.hasEnded(row)
                        || row.imageId() != null && names.contains(name(row)));
        seen.forEach(row -> rows.put(key(row), row));
        seenFrom = Math.min(seenFrom, floor);
        newest = Math.max(newest, times(seen).findFirst().orElse(0L));
        shrink();
    }

    /** Forgets the oldest rows where there are too many; whoever needs them has them read again. */
    private void shrink() {
        if (rows.size() > MAX_KEPT) {
            List<Long> times = times(rows.values()).toList();
            seenFrom = times.size() > MAX_KEPT / 2 ? times.get(MAX_KEPT / 2) : seenFrom;
            rows.values()
                    .removeIf(row -> row.scanEnd()
                            .filter(end -> end.toEpochMilli() < seenFrom)
                            .isPresent());
        }
    }

    /** Returns the scan times, the latest first. */
    private static Stream<Long> times(Collection<CicdImage> images) {
        return images.stream()
                .map(CicdImage::scannedAt)
                .filter(Objects::nonNull)
                .sorted(Comparator.reverseOrder());
    }

    List<CicdImage> all() {
        return List.copyOf(rows.values());
    }

    /** Returns what tells a row apart from others in one read. */
    static List<String> key(CicdImage row) {
        return Stream.concat(name(row).stream(), Stream.of(String.valueOf(row.digest())))
                .toList();
    }

    private static List<String> name(CicdImage row) {
        return Stream.of(row.imageId(), row.cicdName(), row.registry(), row.namespace(), row.name(), row.version())
                .map(String::valueOf)
                .toList();
    }
}
