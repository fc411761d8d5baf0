package io.jenkins.plugins.hss.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FingerprintTest {
    private static Finding vulnerability(String packageName, String version, String layer) {
        return new Finding(
                FindingType.VULNERABILITY,
                "CVE-1",
                Severity.HIGH,
                null,
                null,
                packageName,
                version,
                null,
                layer,
                null,
                null,
                null,
                null,
                null);
    }

    @Test
    void vulnerabilityIsToldByItsPackageWhateverVersionAndLayer() {
        String fingerprint = Fingerprint.of(vulnerability("xz", "5.2.4", "layer"));
        assertEquals(fingerprint, Fingerprint.of(vulnerability("xz", "5.2.5", "other")));
        assertNotEquals(fingerprint, Fingerprint.of(vulnerability("xz-libs", "5.2.4", "layer")));
    }

    @ParameterizedTest
    @EnumSource(names = {"SENSITIVE_INFO", "NON_COMPLIANT_APP"})
    void secretsAndSoftwareAreToldByTheirPaths(FindingType type) {
        assertNotEquals(Fingerprint.of(SampleScan.at(type, "x", "/a")), Fingerprint.of(SampleScan.at(type, "x", "/b")));
    }

    @ParameterizedTest
    @EnumSource(names = {"RISK_CONFIG", "MALWARES", "BUILD_COMMAND_RISKS"})
    void restIsToldByTheId(FindingType type) {
        assertEquals(Fingerprint.of(SampleScan.at(type, "x", "/a")), Fingerprint.of(SampleScan.at(type, "x", "/b")));
        assertNotEquals(Fingerprint.of(SampleScan.at(type, "x", "/a")), Fingerprint.of(SampleScan.at(type, "y", "/a")));
    }

    @Test
    void typesHaveFingerprintsOfTheirOwn() {
        assertNotEquals(
                Fingerprint.of(SampleScan.at(FindingType.MALWARES, "x", null)),
                Fingerprint.of(SampleScan.at(FindingType.BUILD_COMMAND_RISKS, "x", null)));
    }

    /** It is kept in files and compared with later ones. */
    @Test
    void fingerprintNeverChanges() {
        assertEquals(
                "02b8e33f31ba2a35be222926fe45f5a753979555365ba90e114c3724d27eb3c3",
                Fingerprint.of(vulnerability("xz", "5.2.4", "layer")));
    }
}
