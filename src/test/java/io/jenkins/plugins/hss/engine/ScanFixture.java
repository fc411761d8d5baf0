package io.jenkins.plugins.hss.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.hss.fake.FakeHss;
import io.jenkins.plugins.hss.fake.ScannedImage;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Images scanned by a fake HSS over HTTP. */
abstract class ScanFixture {
    final FakeHss hss = new FakeHss().token(Scan.TOKEN);

    @AfterEach
    void stopTheService() {
        hss.close();
        assertEquals(List.of(), hss.violations());
    }

    /** Adds an image that was scanned just now. */
    ScannedImage image(String name) {
        ScannedImage image = ScannedImage.of(name).scanned(Instant.now());
        hss.images(image);
        return image;
    }

    Scan scan() {
        return new Scan(hss);
    }

    static TypeFindings findings(ScanResult result, FindingType type) {
        return result.findings().stream()
                .filter(findings -> findings.type() == type)
                .findFirst()
                .orElseThrow();
    }
}
