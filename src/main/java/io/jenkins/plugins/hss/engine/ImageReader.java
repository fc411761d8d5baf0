package io.jenkins.plugins.hss.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.hss.client.CallContext;
import io.jenkins.plugins.hss.client.CicdImage;
import io.jenkins.plugins.hss.client.Page;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Reads the list of scanned images for all builds of one account that wait for one: whoever comes first reads, the
 * others wait for what it finds.
 */
public final class ImageReader {
    private static final Map<String, String> NEWEST_FIRST = Map.of("sort_key", "latest_scan_time", "sort_dir", "desc");
    private static final Map<String, String> OLDEST_FIRST = Map.of("sort_key", "latest_scan_time", "sort_dir", "asc");

    private final Duration pause;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final SeenImages images = new SeenImages();
    private List<Demand> demands = new ArrayList<>();
    private CompletableFuture<Void> current;
    private Duration clockOffset;
    private Long begunAt;

    /** Takes how long it is at least between the beginnings of two reads. */
    public ImageReader(Duration pause) {
        this(pause, System::nanoTime);
    }

    ImageReader(Duration pause, LongSupplier nanoTime) {
        this.pause = pause;
        this.nanoTime = nanoTime;
    }

    /**
     * What a read has seen.
     *
     * @param all the rows of this read and of earlier ones, without earlier ones whose scan had not ended
     * @param fresh the rows of this read
     * @param clockOffset how far HSS's clock is ahead of ours; null where HSS doesn't say
     */
    record Reading(
            List<CicdImage> all,
            Set<CicdImage> fresh,
            @CheckForNull Duration clockOffset) {}

    /**
     * How far back a build wants to see.
     *
     * @param scannedAfter by which clock, see {@link ScanOptions}
     * @param anew whether rows that earlier reads have seen are read once more
     */
    record Range(Instant scannedAfter, boolean ofJenkinsClock, boolean anew) {}

    private static final class Demand {
        private final Range range;
        private Reading reading;

        Demand(Range range) {
            this.range = range;
        }
    }

    /** Returns what a read has seen that began after this call. */
    Reading read(Range range, Reads reads, CallContext context) throws IOException, InterruptedException {
        Demand mine = new Demand(range);
        lock.lock();
        try {
            demands.add(mine);
        } finally {
            lock.unlock();
        }
        try {
            while (true) {
                CompletableFuture<Void> own = new CompletableFuture<>();
                CompletableFuture<Void> running = begin(mine, own);
                if (running == null) {
                    return mine.reading;
                }
                if (running == own) {
                    lead(own, reads, context);
                } else {
                    await(running, context);
                }
            }
        } finally {
            leave(mine);
        }
    }

    /** Returns null when the demand is met, {@code own} when the caller has to read, or the read to wait for. */
    @CheckForNull
    private CompletableFuture<Void> begin(Demand mine, CompletableFuture<Void> own) {
        lock.lock();
        try {
            if (mine.reading != null) {
                return null;
            }
            if (current == null) {
                current = own;
            }
            return current;
        } finally {
            lock.unlock();
        }
    }

    private void leave(Demand mine) {
        lock.lock();
        try {
            demands.remove(mine);
        } finally {
            lock.unlock();
        }
    }

    private static void await(CompletableFuture<Void> running, CallContext context)
            throws IOException, InterruptedException {
        try {
            context.await(running);
        } catch (ExecutionException e) {
            // Whoever was reading has failed, was aborted or ran out of time: the next one reads anew.
        }
    }

    private void lead(CompletableFuture<Void> own, Reads reads, CallContext context)
            throws IOException, InterruptedException {
        List<Demand> batch = List.of();
        try {
            context.sleep(untilNext());
            batch = take();
            Pass pass = new Pass(batch, reads);
            pass.run();
            publish(pass, batch);
        } finally {
            end(batch);
            own.complete(null);
        }
    }

    private Duration untilNext() {
        lock.lock();
        try {
            Duration left = begunAt == null ? Duration.ZERO : pause.minusNanos(nanoTime.getAsLong() - begunAt);
            return left.isNegative() ? Duration.ZERO : left;
        } finally {
            lock.unlock();
        }
    }

    private List<Demand> take() {
        lock.lock();
        try {
            begunAt = nanoTime.getAsLong();
            List<Demand> batch = demands;
            demands = new ArrayList<>();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void end(List<Demand> batch) {
        lock.lock();
        try {
            current = null;
            List<Demand> unmet =
                    batch.stream().filter(demand -> demand.reading == null).toList();
            demands.addAll(unmet);
            if (!unmet.isEmpty()) {
                // Whoever reads next need not wait for a read that failed.
                begunAt = null;
            }
        } finally {
            lock.unlock();
        }
    }

    private void publish(Pass pass, List<Demand> batch) {
        lock.lock();
        try {
            images.add(pass.seen.values(), pass.floor);
            Reading reading = new Reading(images.all(), Set.copyOf(pass.seen.values()), clockOffset);
            batch.forEach(demand -> demand.reading = reading);
        } finally {
            lock.unlock();
        }
    }

    /** One walk down the list, from the newest scan to the oldest that somebody wants to see. */
    private final class Pass {
        private final List<Demand> batch;
        private final Reads reads;
        private final Map<List<String>, CicdImage> seen = new LinkedHashMap<>();
        private long floor = Long.MAX_VALUE;

        Pass(List<Demand> batch, Reads reads) {
            this.batch = batch;
            this.reads = reads;
        }

        void run() throws IOException, InterruptedException {
            boolean whole = false;
            for (long offset = 0; !whole; ) {
                Page<CicdImage> page = page(NEWEST_FIRST, offset);
                if (offset == 0) {
                    setFloor(page.clockOffset());
                }
                offset += page.rows().size();
                whole = page.rows().isEmpty()
                        || offset >= page.total()
                        || page.rows().stream()
                                .anyMatch(row -> row.scanEnd()
                                        .filter(end -> end.toEpochMilli() < floor)
                                        .isPresent());
            }
            // Rows without a scan time may stand at either end.
            page(OLDEST_FIRST, 0);
        }

        private Page<CicdImage> page(Map<String, String> order, long offset) throws IOException, InterruptedException {
            Page<CicdImage> page = reads.read(hss -> hss.images(order, offset));
            page.rows().forEach(row -> seen.put(SeenImages.key(row), row));
            return page;
        }

        private void setFloor(@CheckForNull Duration offset) {
            lock.lock();
            try {
                clockOffset = offset;
                for (Demand demand : batch) {
                    long from = from(demand.range, offset).toEpochMilli();
                    floor = Math.min(floor, demand.range.anew ? from : images.floor(from));
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** Returns when a range begins by HSS's clock, whose {@code Date} has whole seconds. */
    static Instant from(Range range, @CheckForNull Duration clockOffset) {
        Duration offset = range.ofJenkinsClock && clockOffset != null ? clockOffset : Duration.ZERO;
        return range.scannedAfter.plus(offset);
    }
}
