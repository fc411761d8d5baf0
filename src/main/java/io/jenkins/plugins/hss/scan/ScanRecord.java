package io.jenkins.plugins.hss.scan;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.hss.client.CicdImage;
import io.jenkins.plugins.hss.client.SafeText;
import io.jenkins.plugins.hss.config.ResolvedConnection;
import io.jenkins.plugins.hss.engine.ImageReference;
import io.jenkins.plugins.hss.engine.ScanResult;
import io.jenkins.plugins.hss.engine.VisibleText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.regex.Pattern;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** Immutable summary of one scan, persisted with its build; the rows are in {@link FindingsFiles}. */
@ExportedBean(defaultVisibility = 2)
public final class ScanRecord implements Cloneable {
    private static final int MAX_NAME = 200;
    private static final int MAX_ID = 128;
    private static final int MAX_WORD = 20;
    private static final int MAX_REASON = 300;
    private static final int MAX_NOTES = 4;
    private static final int MAX_NOTE = 100;
    /** The regions of the European company have a console of their own. */
    private static final Pattern CONSOLE_REGION = Pattern.compile("(?!eu-west-1)[a-z0-9-]{1,64}");

    private final int number;
    private final String imageName;
    private final String imageVersion;
    private final String cicdName;
    private final long startedAt;
    private String connection;
    private String region;
    private String credentialsId;
    private String imageId;
    private String digest;
    private boolean byTagOnly;
    private long scannedAt;
    private String severity;
    private String counts;
    private String gates;
    private List<String> notes;
    private Outcome result;
    private boolean aborted;
    private String reason;
    private long endedAt;

    private ScanRecord(int number, String imageName, String imageVersion, @CheckForNull String cicdName) {
        this.number = number;
        this.imageName = cut(imageName, MAX_NAME);
        this.imageVersion = cut(imageVersion, MAX_NAME);
        this.cicdName = cut(cicdName, MAX_ID);
        this.startedAt = System.currentTimeMillis();
    }

    static ScanRecord of(int number, ScanParameters parameters) {
        ImageReference image = parameters.options().image();
        String name = (image.registry() == null ? "" : image.registry() + "/") + image.path();
        return new ScanRecord(
                number,
                name,
                image.toString().substring(name.length()),
                parameters.options().cicdName());
    }

    /** Returns the record of a scan whose parameters were refused. */
    static ScanRecord refused(int number, String image, String reason) {
        return new ScanRecord(number, image, "", null).ended(Outcome.FAILED, reason, System.currentTimeMillis());
    }

    /** Whoever built the image wrote most of the texts. */
    @CheckForNull
    private static String cut(@CheckForNull String text, int max) {
        if (text == null) {
            return null;
        }
        String safe = SafeText.of(VisibleText.of(text), List.of());
        return safe.codePointCount(0, safe.length()) <= max
                ? safe
                : safe.substring(0, safe.offsetByCodePoints(0, max)) + "…";
    }

    private ScanRecord copy() {
        try {
            return (ScanRecord) clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    ScanRecord with(ResolvedConnection resolved) {
        ScanRecord next = copy();
        next.connection = resolved.name();
        next.region = resolved.scope().region();
        next.credentialsId = resolved.credentials().getId();
        return next;
    }

    ScanRecord scanned(CicdImage image, boolean onlyByTag) {
        if (hasEnded()) {
            return this;
        }
        ScanRecord next = copy();
        next.imageId = cut(image.imageId(), MAX_ID);
        next.digest = cut(image.digest(), MAX_ID);
        next.byTagOnly = onlyByTag;
        next.scannedAt = image.scanEnd().map(Instant::toEpochMilli).orElse(0L);
        next.severity = cut(image.severityLevel(), MAX_WORD);
        return next;
    }

    /** A scan that was aborted meanwhile stays so. */
    ScanRecord judged(ScanResult scan, String why, long now) {
        if (hasEnded()) {
            return this;
        }
        ScanRecord next = scanned(scan.image(), scan.byTagOnly());
        next.counts = TypeCounts.format(scan.findings());
        next.gates = JudgedGate.format(scan.gates());
        next.notes = new ArrayList<>(scan.notes().stream()
                .limit(MAX_NOTES)
                .map(note -> cut(note, MAX_NOTE))
                .toList());
        Outcome verdict =
                switch (scan.verdict()) {
                    case PASSED -> Outcome.PASSED;
                    case UNSTABLE -> Outcome.UNSTABLE;
                    case FAILED -> Outcome.FAILED;
                };
        return next.ended(verdict, why, now);
    }

    ScanRecord ended(Outcome how, @CheckForNull String why, long now) {
        if (hasEnded()) {
            return this;
        }
        ScanRecord next = copy();
        next.result = how;
        next.reason = why == null || why.isBlank() ? null : cut(why, MAX_REASON);
        next.endedAt = now;
        return next;
    }

    ScanRecord aborted(long now) {
        ScanRecord next = ended(Outcome.FAILED, Messages.ScanRecord_aborted(), now);
        if (!hasEnded()) {
            next.aborted = true;
        }
        return next;
    }

    /** Returns this record as failed if its build ended while the scan was still waited for. */
    ScanRecord asAbandoned() {
        return ended(Outcome.FAILED, Messages.ScanRecord_abandoned(), 0);
    }

    boolean hasEnded() {
        return result != null;
    }

    boolean isAborted() {
        return aborted;
    }

    @CheckForNull
    Outcome outcome() {
        return result;
    }

    /** Returns the number of the scan in its build. */
    @Exported
    public int getNumber() {
        return number;
    }

    /** Returns the image as the build names it. */
    @Exported
    public String getImage() {
        return imageName + imageVersion;
    }

    /** Returns the image as the build names it, without tag and digest. */
    @Exported
    public String getImageName() {
        return imageName;
    }

    /** Returns the name of the CI/CD access, null where none was asked for. */
    @Exported
    @CheckForNull
    public String getCicdName() {
        return cicdName;
    }

    /** Returns the name of the connection, or the region where the build used none; null before it is known. */
    @Exported
    @CheckForNull
    public String getConnection() {
        return connection;
    }

    @CheckForNull
    String credentialsId() {
        return credentialsId;
    }

    @Exported
    public Date getStartedAt() {
        return new Date(startedAt);
    }

    /** Returns when the scan was judged or given up, null before. */
    @Exported
    @CheckForNull
    public Date getEndedAt() {
        return endedAt == 0 ? null : new Date(endedAt);
    }

    /** Returns HSS's ID of the image, null before it is known. */
    @Exported
    @CheckForNull
    public String getImageId() {
        return imageId;
    }

    /** Returns the digest of the image, null where HSS gives none. */
    @Exported
    @CheckForNull
    public String getDigest() {
        return digest;
    }

    /** Returns whether the image was found by its tag, without a digest. */
    @Exported
    public boolean isByTagOnly() {
        return byTagOnly;
    }

    /** Returns when HSS had scanned the image, null before that is known. */
    @Exported
    @CheckForNull
    public Date getScannedAt() {
        return scannedAt == 0 ? null : new Date(scannedAt);
    }

    /** Returns the same as an ISO instant. */
    @CheckForNull
    String scannedAtInstant() {
        return scannedAt == 0 ? null : Instant.ofEpochMilli(scannedAt).toString();
    }

    /** Returns HSS's level of the image, null where HSS gives none. */
    @Exported
    @CheckForNull
    public String getSeverity() {
        return severity;
    }

    /** Returns what was found of each type that was read. */
    @Exported(inline = true)
    public List<TypeCounts> getCounts() {
        return TypeCounts.parse(counts);
    }

    /** Returns what each quality gate says. */
    @Exported(inline = true)
    public List<JudgedGate> getGates() {
        return JudgedGate.parse(gates);
    }

    /** Returns the first things that people should know beside the numbers. */
    @Exported
    public List<String> getNotes() {
        return notes == null ? List.of() : notes;
    }

    /** Returns passed, unstable, failed or notScanned; null while the scan is waited for. */
    @Exported
    @CheckForNull
    public String getResult() {
        return result == null ? null : result.word();
    }

    /** Returns the result in the person's language. */
    public String getResultLabel() {
        return result == null ? Messages.Outcome_waiting() : result.label();
    }

    /** Returns why the result is what it is, null where nothing is to be said. */
    @Exported
    @CheckForNull
    public String getReason() {
        return reason;
    }

    /** Returns the address of HSS's console, null where the region is not known. */
    @CheckForNull
    public String getConsoleUrl() {
        return consoleUrl(region);
    }

    @CheckForNull
    static String consoleUrl(@CheckForNull String region) {
        return region != null && CONSOLE_REGION.matcher(region).matches()
                ? "https://console.huaweicloud.com/hss2/?region=" + region
                : null;
    }
}
