package io.jenkins.plugins.hss.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.hss.client.CicdImage;
import java.time.Instant;

/**
 * An image as the files of its findings name it; what HSS leaves out is null.
 *
 * @param name the namespace and the name
 * @param cicdName the CI/CD access that scanned it
 * @param level HSS's level of the image: Security, Low, Medium, High
 * @param scannedAt when its scan ended, as an ISO instant
 * @param byTagOnly whether it was found by its tag, without a digest
 */
public record ScannedImage(
        @CheckForNull String registry,
        @CheckForNull String name,
        @CheckForNull String tag,
        @CheckForNull String digest,
        @CheckForNull String imageId,
        @CheckForNull String cicdName,
        @CheckForNull String level,
        @CheckForNull String scannedAt,
        boolean byTagOnly) {

    static ScannedImage of(ScanResult result) {
        CicdImage row = result.image();
        return new ScannedImage(
                row.registry(),
                row.path(),
                row.version(),
                row.digest(),
                row.imageId(),
                row.cicdName(),
                row.severityLevel(),
                row.scanEnd().map(Instant::toString).orElse(null),
                result.byTagOnly());
    }
}
