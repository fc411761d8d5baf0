package io.jenkins.plugins.hss;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Result;
import io.jenkins.plugins.hss.client.ExportField;
import io.jenkins.plugins.hss.engine.FindingType;
import io.jenkins.plugins.hss.engine.ImageReference;
import io.jenkins.plugins.hss.engine.ScanOptions;
import io.jenkins.plugins.hss.form.ParameterParser;
import io.jenkins.plugins.hss.scan.ScanParameters;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Maps what people write of a scan to what a build asks for: variables expanded, words and numbers checked. */
final class ScanParameterMapper {
    private static final Duration SAME_BYTES = Duration.ofDays(1);

    private final ImageScanResult scan;
    private final UnaryOperator<String> expand;
    private final Instant now;
    private final Instant buildStart;

    ScanParameterMapper(ImageScanResult scan, UnaryOperator<String> expand, Instant now, Instant buildStart) {
        this.scan = scan;
        this.expand = expand;
        this.now = now;
        this.buildStart = buildStart;
    }

    ScanParameters map() {
        return new ScanParameters(
                options(),
                scan.toOverrides(expand),
                Result.fromString(word("notScanned", scan.notScanned, ScanQualityGate.RESULTS)),
                scan.archiveFindings);
    }

    private ScanOptions options() {
        ImageReference image = image(expand.apply(ParameterParser.text("image", scan.image)));
        String after = scan.scannedAfter == null ? null : expand.apply(scan.scannedAfter);
        return new ScanOptions(
                image,
                cicdName(),
                after == null ? defaultScannedAfter(image) : scannedAfter(after, now),
                after == null || ParameterParser.isDuration(after),
                scan.types == null
                        ? EnumSet.copyOf(FindingType.DEFAULT)
                        : types(scan.types.stream().map(expand).toList()),
                each("qualityGates", scan.qualityGates, gate -> gate.toGate(expand)),
                word("handled", scan.handled, ImageScanResult.HANDLED).equals("count"),
                each("ignore", scan.ignore, finding -> finding.toRule(expand)),
                (int) number("maxFindings", scan.maxFindings, ScanOptions.MAX_FINDINGS),
                Duration.ofMinutes(number("timeoutMinutes", scan.timeoutMinutes, ImageScanResult.MAX_TIMEOUT_MINUTES)));
    }

    /** Whoever scanned the same bytes; but what a tag names must have been scanned for this build. */
    private Instant defaultScannedAfter(ImageReference image) {
        return image.digest() == null ? buildStart : now.minus(SAME_BYTES);
    }

    @CheckForNull
    private String cicdName() {
        if (scan.cicdName == null) {
            return null;
        }
        String name = expand.apply(scan.cicdName);
        ExportField.CICD_NAME.check(name);
        return name;
    }

    private String word(String name, String text, List<String> words) {
        return ParameterParser.word(name, expand.apply(text), words);
    }

    private long number(String name, String text, long max) {
        return ParameterParser.number(name, expand.apply(text), 1, max);
    }

    /** Maps the items of a list; what is wrong with one of them is told with its place. */
    private static <I, T> List<T> each(String name, @CheckForNull List<I> items, Function<I, T> map) {
        List<T> all = new ArrayList<>();
        for (I item : items == null ? List.<I>of() : items) {
            try {
                all.add(map.apply(item));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(name + "[" + all.size() + "]: " + e.getMessage(), e);
            }
        }
        return all;
    }

    static ImageReference image(String text) {
        return ImageReference.parse(ParameterParser.text("image", text).trim());
    }

    static Instant scannedAfter(String text, Instant now) {
        long millis = ParameterParser.time("scannedAfter", text, now);
        ExportField.START_LATEST_SCAN_TIME.check(millis);
        return Instant.ofEpochMilli(millis);
    }

    static Set<FindingType> types(List<String> words) {
        if (words.isEmpty()) {
            throw new IllegalArgumentException(Messages.ImageScanResult_noTypes());
        }
        Set<FindingType> types = EnumSet.noneOf(FindingType.class);
        words.forEach(word -> types.add(FindingType.of(word)));
        return types;
    }
}
