package io.jenkins.plugins.hss.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.hss.client.CallContext;
import io.jenkins.plugins.hss.client.CicdImage;
import io.jenkins.plugins.hss.client.DeadlineExceededException;
import io.jenkins.plugins.hss.client.HssClient;
import io.jenkins.plugins.hss.client.HssException;
import io.jenkins.plugins.hss.client.Page;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Waits for the scan of one image, reads its findings and judges them, on the thread of the caller. */
public final class ScanProcess {
    private static final int MAX_REPEATS = 5;
    /** So long before the deadline a build asks once more by itself. */
    private static final Duration LAST_LOOK = Duration.ofSeconds(45);

    private final Reads reads;
    private final ImageReader reader;
    private final ScanOptions options;
    private final ScanListener listener;
    private final CallContext context;
    private final Duration pause;
    private List<CicdImage> found = List.of();
    private String waitingFor;
    private String contradiction;
    private boolean saidNoClock;
    private int ownLooks;
    private boolean emptyNamespace = true;

    /**
     * Takes what to look for.
     *
     * @param client makes the calls within {@code context}
     * @param renewal asked when HSS refuses the credentials
     * @param reader shared by all who wait with these credentials
     */
    public ScanProcess(
            HssClient client,
            Renewal renewal,
            ImageReader reader,
            ScanOptions options,
            ScanListener listener,
            CallContext context) {
        this(client, renewal, reader, options, listener, context, Duration.ofMinutes(1));
    }

    ScanProcess(
            HssClient client,
            Renewal renewal,
            ImageReader reader,
            ScanOptions options,
            ScanListener listener,
            CallContext context,
            Duration pause) {
        this.reads = new Reads(client, renewal, context);
        this.reader = reader;
        this.options = options;
        this.listener = listener;
        this.context = context;
        this.pause = pause;
    }

    /**
     * Tells and judges the findings of the image.
     *
     * @throws NotScannedException when no scan was found within the time, or it failed
     * @throws ScanException when the findings can't be told or judged
     * @throws HssException when a call failed for good
     * @throws InterruptedException when the thread was interrupted or the context cancelled
     */
    public ScanResult run() throws IOException, InterruptedException {
        CicdImage image = null;
        try {
            for (int repeats = 0; ; repeats++) {
                image = waitForScan();
                try {
                    return read(image);
                } catch (ScanException.Unsettled e) {
                    contradiction = e.getMessage();
                    if (repeats == MAX_REPEATS) {
                        throw new ScanException(contradiction);
                    }
                    listener.note(Messages.ScanProcess_again(e.getMessage()));
                    emptyNamespace = false;
                    context.sleep(pause);
                }
            }
        } catch (DeadlineExceededException e) {
            throw timeout(image, e);
        }
    }

    private CicdImage waitForScan() throws IOException, InterruptedException {
        while (true) {
            ImageSelection selection = select();
            if (selection.hasFailed()) {
                throw new NotScannedException(Messages.ScanProcess_failed(options.image(), selection.reason()));
            }
            if (selection.hasSucceeded()) {
                listener.scanned(selection.image(), isByTagOnly());
                return selection.image();
            }
            if (!Objects.equals(selection.reason(), waitingFor)) {
                waitingFor = selection.reason();
                listener.waiting(waitingFor);
            }
        }
    }

    /** Looks at the list as all builds see it; where the image isn't there after half the time, and at the end, alone. */
    private ImageSelection select() throws IOException, InterruptedException {
        ImageReader.Reading reading = reader.read(range(false), reads, context);
        Instant from = from(reading.clockOffset());
        ImageSelection selection = ImageSelection.of(with(reading.all(), found), options, from);
        Duration nextLook = ownLooks == 0 ? options.timeout().dividedBy(2) : LAST_LOOK;
        if (selection.image() != null || ownLooks > 1 || context.timeLeft().compareTo(nextLook) > 0) {
            return selection;
        }
        ownLooks++;
        return ImageSelection.of(with(reading.all(), look()), options, from);
    }

    private ImageReader.Range range(boolean anew) {
        return new ImageReader.Range(options.scannedAfter(), options.ofJenkinsClock(), anew);
    }

    private Instant from(@CheckForNull Duration clockOffset) {
        if (clockOffset == null && options.ofJenkinsClock() && !saidNoClock) {
            saidNoClock = true;
            listener.note(Messages.ScanProcess_noClock());
        }
        return ImageReader.from(range(false), clockOffset);
    }

    private boolean isByTagOnly() {
        return options.image().digest() == null;
    }

    private static List<CicdImage> with(Collection<CicdImage> some, Collection<CicdImage> more) {
        return Stream.concat(some.stream(), more.stream()).distinct().toList();
    }

    /** Asks for the tag alone, whenever it was scanned. */
    private List<CicdImage> look() throws IOException, InterruptedException {
        List<CicdImage> rows = new ArrayList<>();
        if (options.image().tag() == null) {
            return rows;
        }
        Map<String, String> filter = Map.of("image_version", options.image().tag());
        Page<CicdImage> page;
        do {
            page = reads.read(hss -> hss.images(filter, rows.size()));
            rows.addAll(page.rows());
        } while (!page.rows().isEmpty() && rows.size() < page.total());
        found = rows.stream().filter(ImageSelection::hasEnded).toList();
        return rows;
    }

    private ScanResult read(CicdImage image) throws IOException, InterruptedException {
        String id = image.imageId();
        if (id == null || id.matches("\\.{1,2}")) {
            throw new ScanException(Messages.ScanProcess_noId(options.image()));
        }
        Map<FindingType, TypeFindings> findings = new EnumMap<>(FindingType.class);
        for (FindingType type : options.typesToRead()) {
            findings.put(type, readType(image, type));
        }
        List<String> notes = new ArrayList<>(new ZeroCheck(reads, image, findings).run());
        confirm(image);
        notes.addAll(IgnoreNotes.of(options.ignore(), findings, Instant.now()));
        List<QualityGate.Result> gates =
                options.gates().stream().map(gate -> gate.judge(findings)).toList();
        notes.forEach(listener::note);
        return new ScanResult(
                image,
                isByTagOnly(),
                findings.values().stream()
                        .map(type -> type.withMost(options.maxFindings()))
                        .toList(),
                gates,
                List.copyOf(notes));
    }

    private TypeFindings readType(CicdImage image, FindingType type) throws IOException, InterruptedException {
        try {
            return reader(image, type).read();
        } catch (HssException e) {
            if (e.status() != 400
                    || type != FindingType.VULNERABILITY
                    || image.namespace() != null
                    || !emptyNamespace) {
                throw e;
            }
            // HSS may refuse an empty namespace.
            emptyNamespace = false;
            return reader(image, type).read();
        }
    }

    private FindingsReader reader(CicdImage image, FindingType type) {
        return new FindingsReader(
                reads,
                image,
                options,
                type,
                (rows, total) -> listener.reading(type, rows, total),
                emptyNamespace,
                Instant.now());
    }

    /** What was read is of one scan only where the image's row is still the same. */
    private void confirm(CicdImage image) throws IOException, InterruptedException {
        Instant scannedAt = Instant.ofEpochMilli(Objects.requireNonNull(image.scannedAt()));
        ImageReader.Reading reading = reader.read(new ImageReader.Range(scannedAt, false, true), reads, context);
        boolean seen = reading.fresh().contains(image) && found.isEmpty();
        List<CicdImage> now = with(reading.fresh(), seen ? List.of() : look());
        ImageSelection selection = ImageSelection.of(now, options, from(reading.clockOffset()));
        if (!image.equals(selection.image()) || !selection.hasSucceeded()) {
            throw new ScanException.Unsettled(Messages.ScanProcess_changed(options.image()));
        }
    }

    private IOException timeout(@CheckForNull CicdImage image, DeadlineExceededException deadline) {
        HssException failure = reads.lastFailure();
        String words = Stream.of(
                        image == null
                                ? Messages.ScanProcess_notScanned(
                                        options.timeout().toMinutes())
                                : Messages.ScanProcess_timeout(options.timeout().toMinutes()),
                        image == null ? waitingFor : contradiction,
                        deadline.isRateLimited() ? Messages.ScanProcess_rateLimited() : null,
                        failure == null ? null : Messages.ExportProcess_lastFailure(failure.getMessage()))
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
        return image == null ? new NotScannedException(words) : new ScanException(words);
    }
}
