package io.jenkins.plugins.hss.engine;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.hss.client.TestContexts;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.Reply;
import io.jenkins.plugins.hss.fake.ScannedImage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScanProcessTest extends ScanFixture {

    @Test
    void findingsOfAllTypesAreReadCountedAndJudged() throws Exception {
        image("shop/web:42")
                .level("High")
                .vulnerabilities(3, 20, 14)
                .malware()
                .secret("severity", "low")
                .setting("severity", "Critical")
                .setting("severity", "Security");

        ScanResult result = scan().gate(FindingType.VULNERABILITY, Severity.HIGH, 3)
                .gate(FindingType.MALWARES, null, 2)
                .run();

        assertEquals(
                Map.of(Severity.HIGH, 3L, Severity.MEDIUM, 20L, Severity.LOW, 14L),
                findings(result, FindingType.VULNERABILITY).counts());
        assertEquals(1, findings(result, FindingType.MALWARES).count(Severity.HIGH));
        assertEquals(1, findings(result, FindingType.SENSITIVE_INFO).count(Severity.LOW));
        assertEquals(
                Map.of(Severity.HIGH, 1L, Severity.MEDIUM, 0L, Severity.LOW, 0L, Severity.NONE, 1L),
                findings(result, FindingType.RISK_CONFIG).counts());
        assertEquals(Verdict.FAILED, result.verdict());
        assertEquals(
                List.of(false, true),
                result.gates().stream().map(QualityGate.Result::passed).toList());
        assertTrue(result.byTagOnly());
        assertTrue(result.findings().stream().allMatch(TypeFindings::whole));
    }

    @Test
    void aCleanImagePassesWithOneCallForEachList() throws Exception {
        image("shop/web:42");

        ScanResult result = scan().gate(null, null, 1).run();

        assertEquals(Verdict.PASSED, result.verdict());
        assertEquals(List.of(), result.notes());
        assertEquals(2, hss.calls(Api.VULNERABILITIES).size());
        assertEquals(1, hss.calls(Api.MALWARES).size());
        assertEquals(1, hss.calls(Api.STATISTIC).size());
        assertEquals(4, hss.calls(Api.IMAGES).size());
    }

    @Test
    void manyVulnerabilitiesAreCountedByLevelAndTheWorstAreKept() throws Exception {
        image("shop/web:42").level("High").vulnerabilities(150, 400, 2_500);

        ScanResult result = scan().types(FindingType.VULNERABILITY).keeping(300).run();

        TypeFindings read = findings(result, FindingType.VULNERABILITY);
        assertEquals(Map.of(Severity.HIGH, 150L, Severity.MEDIUM, 400L, Severity.LOW, 2_500L), read.counts());
        assertEquals(300, read.findings().size());
        assertEquals(
                150,
                read.findings().stream()
                        .filter(row -> row.severity() == Severity.HIGH)
                        .count());
        assertFalse(read.whole());
        assertEquals(5, hss.calls(Api.VULNERABILITIES).size());
    }

    @Test
    void thousandsOfRowsAreReadWholeWhereOneIsIgnored() throws Exception {
        image("shop/web:42").level("High").vulnerabilities(0, 0, 3_000);

        ScanResult result = scan().types(FindingType.VULNERABILITY)
                .ignore(FindingType.VULNERABILITY, "HSS-not_needed_repair-2999")
                .keeping(10)
                .run();

        TypeFindings read = findings(result, FindingType.VULNERABILITY);
        assertEquals(2_999, read.count());
        assertEquals(1, read.ignored());
        assertEquals(List.of(), result.notes());
        assertTrue(read.whole());
        assertEquals(10, read.findings().size());
    }

    @Test
    void moreRowsThanAreEverReadFailWhereEveryOneIsNeeded() {
        image("shop/web:42").level("High").vulnerabilities(0, 0, 10_001);

        ScanException failure = assertThrows(
                ScanException.class,
                () -> scan().ignore(FindingType.VULNERABILITY, "x").run());

        assertTrue(failure.getMessage().contains("10,001"), failure.getMessage());
    }

    @Test
    void handledOnesCountUnlessTheBuildSaysOtherwise() throws Exception {
        image("shop/web:42")
                .level("High")
                .vulnerabilities(1, 0, 0)
                .vulnerability("vul_id", "done", "handle_status", "handled")
                .secret("handle_status", "handled");

        ScanResult all = scan().run();
        ScanResult open = scan().withoutHandled().run();

        assertEquals(2, findings(all, FindingType.VULNERABILITY).count());
        assertEquals(1, findings(open, FindingType.VULNERABILITY).count());
        assertEquals(1, findings(open, FindingType.VULNERABILITY).handled());
        assertEquals(1, findings(all, FindingType.SENSITIVE_INFO).count());
        assertEquals(0, findings(open, FindingType.SENSITIVE_INFO).count());
    }

    @Test
    void anIgnoredFindingIsKeptAtTheEndWithItsReason() throws Exception {
        image("shop/web:42").level("High").vulnerability("vul_id", "A").vulnerability("vul_id", "B");

        ScanResult result = scan().gate(FindingType.VULNERABILITY, null, 2)
                .ignore(FindingType.VULNERABILITY, "A")
                .run();

        TypeFindings read = findings(result, FindingType.VULNERABILITY);
        assertEquals(Verdict.PASSED, result.verdict());
        assertEquals(
                List.of("B", "A"), read.findings().stream().map(Finding::id).toList());
        assertEquals("known", read.findings().get(1).ignored());
    }

    @Test
    void anExceptionThatIsOverOrMatchesNothingIsTold() throws Exception {
        image("shop/web:42").level("High").vulnerability("vul_id", "A");

        ScanResult result = scan().gate(FindingType.VULNERABILITY, null, 1)
                .ignore(new IgnoreRule(FindingType.VULNERABILITY, "A", null, null, "known", LocalDate.of(2020, 1, 31)))
                .ignore(new IgnoreRule(FindingType.VULNERABILITY, "A", "bash", null, "known", null))
                .run();

        assertEquals(Verdict.FAILED, result.verdict());
        assertEquals(2, result.notes().size());
        assertTrue(result.notes().get(0).contains("2020-01-31"), result.notes().get(0));
    }

    @Test
    void aCveThatIsNoIdOfAFindingIsRefused() {
        image("shop/web:42").level("High").vulnerabilities(1, 0, 0);

        assertThrows(
                ScanException.class,
                () -> scan().ignore(FindingType.VULNERABILITY, "CVE-2021-45960").run());
    }

    @Test
    void theScanIsWaitedFor() throws Exception {
        ScannedImage image = image("shop/web:42").status("scanning").scanned(null);
        hss.next(Api.IMAGES, Answers.behave(), Answers.behave(), exchange -> {
            image.status("success").scanned(Instant.now());
            exchange.send(exchange.behave());
        });
        Scan scan = scan();

        scan.run();

        assertTrue(
                scan.told().get(0).startsWith("waiting: HSS has not finished"),
                scan.told().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"failed", "download_failed", "image_oversized"})
    void aFailedScanIsNotScanned(String status) {
        image("shop/web:42").status(status).set("scan_failed_code", "image_over_sized");

        NotScannedException failure = assertThrows(NotScannedException.class, () -> scan().run());

        assertTrue(failure.getMessage().contains("image_over_sized"), failure.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"shop/web:43, tag 42", "shop/api:42, no image", "web:42, no image"})
    void atTheDeadlineTheReasonSaysWhatWasSeen(String name, String words) {
        image("shop/web:42");

        NotScannedException failure = assertThrows(
                NotScannedException.class,
                () -> scan().of(name)
                        .within(TestContexts.within(Duration.ofMillis(500)), Duration.ofMillis(500))
                        .run());

        assertTrue(failure.getMessage().contains(words), failure.getMessage());
    }

    @Test
    void anEarlierScanIsToldAtOnceAndNeverTaken() {
        image("shop/web:42").scanned(Instant.now().minusSeconds(7200));
        Scan scan = scan().within(TestContexts.within(Duration.ofMillis(500)), Duration.ofMillis(500));

        assertThrows(NotScannedException.class, scan::run);

        assertTrue(scan.told().get(0).contains("scannedAfter"), scan.told().toString());
    }

    @Test
    void theTimesOfTheBuildAreComparedByTheClockOfTheService() {
        // By the clock of the service, which is an hour slow, the build began an hour earlier.
        hss.clock(() -> Instant.now().minus(Duration.ofHours(1)));
        Instant begin = Instant.now();
        image("shop/web:42").scanned(begin.minus(Duration.ofHours(1)).minusSeconds(5));
        image("shop/api:1").scanned(begin.minus(Duration.ofHours(1)).plusSeconds(5));

        assertThrows(
                NotScannedException.class,
                () -> scan().after(begin, true)
                        .within(TestContexts.within(Duration.ofMillis(500)), Duration.ofMillis(500))
                        .run());
        assertDoesNotThrow(() -> scan().of("shop/api:1").after(begin, true).run());
    }

    @Test
    void withoutTheClockOfTheServiceTheLogSaysSo() throws Exception {
        hss.withoutDate();
        image("shop/web:42");
        Scan scan = scan();

        scan.run();

        assertTrue(
                scan.told().stream().anyMatch(line -> line.contains("Jenkins' clock")),
                scan.told().toString());
    }

    @Test
    void onlyTheDigestOfTheBuildCounts() throws Exception {
        ScannedImage mine = image("shop/web:42");
        image("shop/web:42").level("High").vulnerabilities(5, 0, 0);
        String digest = "sha256:" + "ab".repeat(32);
        mine.digest(digest);

        assertThrows(ScanException.class, () -> scan().run());
        ScanResult result = scan().of("shop/web:42@" + digest).run();

        assertEquals(digest, result.image().digest());
        assertFalse(result.byTagOnly());
    }

    @Test
    void anImageWithoutANamespaceIsAskedForWithAnEmptyOneAndThenWithout() throws Exception {
        image("web:42").level("High").vulnerabilities(1, 0, 0);

        assertEquals(
                1,
                findings(scan().of("web:42").run(), FindingType.VULNERABILITY).count());
        hss.refuseEmptyNamespace();
        assertEquals(
                1,
                findings(scan().of("web:42").run(), FindingType.VULNERABILITY).count());
    }

    @Test
    void nothingOfASecretIsKept() throws Exception {
        image("shop/web:42").level("High").secret();

        Finding secret =
                findings(scan().run(), FindingType.SENSITIVE_INFO).findings().get(0);

        assertFalse(secret.toString().contains("canary"), secret.toString());
    }

    @ParameterizedTest
    @EnumSource(
            value = FindingType.class,
            names = {"SENSITIVE_INFO", "NON_COMPLIANT_APP", "BUILD_COMMAND_RISKS"})
    void aListThatSaysNoneIsHeldAgainstTheStatisticWhereTheImageIsNotSecure(FindingType type) {
        image("shop/web:42")
                .level("High")
                .vulnerabilities(1, 0, 0)
                .secret()
                .software()
                .command();
        hss.always(
                Map.of(
                                FindingType.SENSITIVE_INFO, Api.SENSITIVE_INFO,
                                FindingType.NON_COMPLIANT_APP, Api.NON_COMPLIANT_APPS,
                                FindingType.BUILD_COMMAND_RISKS, Api.BUILD_COMMANDS)
                        .get(type),
                Answers.status(200, "{\"total_num\":0,\"data_list\":[]}"));

        ScanException failure = assertThrows(
                ScanException.class,
                () -> scan().types(type).gate(type, null, 1).run());

        assertTrue(failure.getMessage().contains("statistic"), failure.getMessage());
    }

    @Test
    void findingsThatAreStoredLaterThanTheScanAreReadOnceMore() throws Exception {
        image("shop/web:42").level("High").vulnerabilities(1, 0, 0);
        Reply none = Answers.status(200, "{\"total_num\":0,\"data_list\":[]}");
        hss.next(Api.VULNERABILITIES, none, none);

        Scan scan = scan().gate(FindingType.VULNERABILITY, null, 1);

        assertEquals(Verdict.FAILED, scan.run().verdict());
        assertTrue(
                scan.told().stream().anyMatch(line -> line.contains("counts 1")),
                scan.told().toString());
    }

    @Test
    void weakPasswordsExplainALevelAndAreSaidNotToBeJudged() throws Exception {
        image("shop/web:42").level("Medium").set("unsafe_setting_num", 2);
        hss.weakPasswords(2);

        ScanResult result = scan().gate(FindingType.RISK_CONFIG, null, 1).run();

        assertEquals(Verdict.PASSED, result.verdict());
        assertTrue(
                result.notes().stream().anyMatch(note -> note.contains("not judged")),
                result.notes().toString());
    }

    @Test
    void aCountOrALevelThatIsMissingIsSaid() throws Exception {
        image("shop/web:42")
                .set("vul_num", null)
                .set("malicious_file_num", null)
                .set("unsafe_setting_num", null)
                .level(null);

        assertEquals(4, scan().run().notes().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"scan_status", "image_digest", "severity_level", "vul_num", "latest_scan_time"})
    void aRowThatChangesWhileFindingsAreReadHasAllReadAnew(String field) throws Exception {
        ScannedImage image = image("shop/web:42").level("High").vulnerabilities(1, 0, 0);
        Map<String, Object> others = Map.of(
                "scan_status",
                "scanning",
                "image_digest",
                "sha256:" + "cd".repeat(32),
                "severity_level",
                "Low",
                "vul_num",
                7,
                "latest_scan_time",
                Instant.now().plusSeconds(60).toEpochMilli());
        hss.next(Api.MALWARES, exchange -> {
            image.set(field, others.get(field));
            exchange.send(exchange.behave());
        });
        Scan scan = scan();

        if (field.equals("scan_status")) {
            hss.next(Api.MALWARES, exchange -> {
                image.status("scanning");
                exchange.send(exchange.behave());
            });
            scan.within(TestContexts.within(Duration.ofSeconds(1)), Duration.ofSeconds(1));
            assertThrows(IOException.class, scan::run);
        } else {
            scan.run();
        }

        assertTrue(
                scan.told().stream().anyMatch(line -> line.contains("changed")),
                scan.told().toString());
    }

    @Test
    void anAbortEndsTheReadingAtOnce() throws Exception {
        image("shop/web:42");
        hss.always(Api.VULNERABILITIES, Answers.stall());
        Scan scan = scan();
        Running running = Running.on(Thread.ofVirtual(), () -> {
            scan.run();
            return null;
        });
        hss.await(Api.VULNERABILITIES, 1, TestContexts.LONG_ENOUGH);

        scan.context().cancel();

        running.failure(InterruptedException.class);
    }

    @Test
    void aRenewedSecretIsLookedUpOnceAfterARefusal() throws Exception {
        image("shop/web:42");
        hss.next(Api.MALWARES, Answers.gateway(401, "APIGW.0307", "The token must be updated"));
        Scan scan = scan();

        scan.renewedBy(scan::client).run();

        assertEquals(2, hss.calls(Api.MALWARES).size());
    }
}
