package io.jenkins.plugins.hss.scan;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.hss.engine.FindingType;
import java.io.Serializable;
import java.util.HashMap;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What a Pipeline gets to know of an image's scan. */
public final class ImageScan implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String image;
    private final String imageId;
    private final String digest;
    private final String severity;
    private final String scannedAt;
    private final String result;
    private final String url;
    private final HashMap<String, Long> counts = new HashMap<>();

    ImageScan(ScanRecord scan, String url) {
        this.image = scan.getImage();
        this.imageId = scan.getImageId();
        this.digest = scan.getDigest();
        this.severity = scan.getSeverity();
        this.scannedAt = scan.scannedAtInstant();
        this.result = scan.getResult();
        this.url = url;
        for (TypeCounts type : scan.getCounts()) {
            counts.put(type.getType(), type.getCount());
            type.getSeverities().forEach((name, count) -> counts.put(type.getType() + " " + name, count));
        }
    }

    /** Returns HSS's ID of the image, null for one that was not scanned. */
    @Whitelisted
    @CheckForNull
    public String getImageId() {
        return imageId;
    }

    /** Returns the digest of the image, null where HSS gives none. */
    @Whitelisted
    @CheckForNull
    public String getDigest() {
        return digest;
    }

    /** Returns HSS's level of the image, null where HSS gives none. */
    @Whitelisted
    @CheckForNull
    public String getSeverity() {
        return severity;
    }

    /** Returns when HSS had scanned the image as an ISO instant, null for one that was not scanned. */
    @Whitelisted
    @CheckForNull
    public String getScannedAt() {
        return scannedAt;
    }

    /** Returns passed, unstable or notScanned; a scan that failed fails the step. */
    @Whitelisted
    public String getResult() {
        return result;
    }

    /** Returns the address of the page of the findings. */
    @Whitelisted
    public String getUrl() {
        return url;
    }

    /**
     * Returns how many findings of a type gates count.
     *
     * @throws IllegalArgumentException where there is no such type
     * @throws IllegalStateException where the image was not scanned, or the type not read
     */
    @Whitelisted
    public long count(String type) {
        return known(FindingType.of(type), "");
    }

    /**
     * Returns how many findings of a type and of just this severity gates count.
     *
     * @throws IllegalArgumentException where there is no such type, or no such severity of it
     * @throws IllegalStateException where the image was not scanned, or the type not read
     */
    @Whitelisted
    public long count(String type, String severity) {
        FindingType known = FindingType.of(type);
        return known(known, " " + known.severityNamed(severity).word());
    }

    private long known(FindingType type, String severity) {
        if (counts.isEmpty()) {
            throw new IllegalStateException(Messages.ImageScan_notScanned(image));
        }
        Long count = counts.get(type.word() + severity);
        if (count == null) {
            throw new IllegalStateException(Messages.ImageScan_notRead(type.word()));
        }
        return count;
    }
}
