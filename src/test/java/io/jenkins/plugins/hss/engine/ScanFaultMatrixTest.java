package io.jenkins.plugins.hss.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.jenkins.plugins.hss.client.Pauses;
import io.jenkins.plugins.hss.client.SettableClock;
import io.jenkins.plugins.hss.client.TestContexts;
import io.jenkins.plugins.hss.fake.Answer;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.FakeHss;
import io.jenkins.plugins.hss.fake.ScannedImage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever HSS answers, twice or always: an image that has a finding never passes a gate against it. */
class ScanFaultMatrixTest {
    private static final Duration TIMEOUT = Duration.ofMinutes(8);

    private final Pauses pauses = new Pauses(new SettableClock());
    private final FakeHss hss = new FakeHss().token(Scan.TOKEN);

    /** An image with findings of one type, and the gate that it must not pass. */
    private record Bad(String name, FindingType type, Consumer<ScannedImage> findings) {}

    private static final List<Bad> IMAGES = List.of(
            new Bad("a vulnerability", FindingType.VULNERABILITY, image -> image.vulnerabilities(1, 0, 0)),
            new Bad("300 vulnerabilities", FindingType.VULNERABILITY, image -> image.vulnerabilities(0, 0, 300)),
            new Bad("an unsafe setting", FindingType.RISK_CONFIG, ScannedImage::setting),
            new Bad("a malicious file", FindingType.MALWARES, ScannedImage::malware),
            new Bad("a secret", FindingType.SENSITIVE_INFO, ScannedImage::secret),
            new Bad(
                    "a handled vulnerability",
                    FindingType.VULNERABILITY,
                    image -> image.vulnerability("handle_status", "handled")));

    private static final Map<String, Answer> ANSWERS = Map.ofEntries(
            Map.entry("nothing", json("{}")),
            Map.entry("null", json("null")),
            Map.entry("no row", json("{\"total_num\":0,\"data_list\":[]}")),
            Map.entry("no list", json("{\"total_num\":0}")),
            Map.entry("nulls", json("{\"total_num\":null,\"data_list\":null}")),
            Map.entry("too few rows", json("{\"total_num\":1,\"data_list\":[]}")),
            Map.entry("too many rows", json("{\"total_num\":0,\"data_list\":[{}]}")),
            Map.entry("an empty row", json("{\"total_num\":1,\"data_list\":[{}]}")),
            Map.entry("a row of nulls", json("{\"total_num\":1,\"data_list\":[null]}")),
            Map.entry("a passed check", json("{\"total_num\":1,\"data_list\":[{\"scan_result\":\"pass\"}]}")),
            Map.entry(
                    "counts of 0",
                    json("{\"total_num\":0,\"image_weak_pwd\":0,\"pwd_policy\":0,\"security_check\":0}")),
            Map.entry(
                    "counts of 1",
                    json("{\"total_num\":1,\"image_weak_pwd\":1,\"pwd_policy\":1,\"security_check\":1}")),
            Map.entry(
                    "passwords", json("{\"total_num\":0,\"image_weak_pwd\":1,\"pwd_policy\":1,\"security_check\":0}")),
            Map.entry("a cut answer", Answers.cut()),
            Map.entry("a lost answer", Answers.closeAfterReadingButAct()),
            Map.entry("HTML", Answers.html(200, "<html>Log in</html>")),
            Map.entry("404", Answers.hss(404, "HSS.0011", "not found")),
            Map.entry("403", Answers.hss(403, "HSS.0010", "no")),
            Map.entry("429", Answers.gateway(429, "APIGW.0308", "throttled")),
            Map.entry("500", Answers.hss(500, "HSS.0003", "failed")));

    private static Answer json(String body) {
        return Answers.status(200, body);
    }

    static Stream<Arguments> cells() {
        return IMAGES.stream()
                .flatMap(image -> Stream.concat(
                                Stream.of(Api.STATISTIC),
                                Stream.of(Api.values()).filter(api -> api.compareTo(Api.IMAGES) >= 0))
                        .flatMap(api -> ANSWERS.entrySet().stream()
                                .flatMap(answer -> Stream.of("twice", "always")
                                        .map(times -> arguments(
                                                Named.of(image.name, image),
                                                api,
                                                Named.of(answer.getKey(), answer.getValue()),
                                                times)))));
    }

    @AfterEach
    void stopTheService() {
        hss.close();
        assertEquals(List.of(), hss.violations());
    }

    static Stream<Arguments> images() {
        return IMAGES.stream().map(image -> arguments(Named.of(image.name, image)));
    }

    @ParameterizedTest
    @MethodSource("images")
    void withoutAFaultTheGateFails(Bad bad) throws Exception {
        addImage(bad);

        assertEquals(Verdict.FAILED, scan(bad).run().verdict());
    }

    @ParameterizedTest(name = "{0}, {1}: {2}, {3}")
    @MethodSource("cells")
    void aBadImageNeverPasses(Bad bad, Api api, Answer answer, String times) {
        addImage(bad);
        switch (times) {
            case "twice" -> hss.next(api, answer, answer);
            default -> hss.always(api, answer);
        }

        Verdict verdict = null;
        Exception failure = null;
        try {
            verdict = scan(bad).run().verdict();
        } catch (Exception e) {
            failure = e;
        }

        if (verdict == null) {
            assertNotNull(failure.getMessage());
        } else {
            assertEquals(Verdict.FAILED, verdict);
        }
    }

    private void addImage(Bad bad) {
        ScannedImage image = ScannedImage.of("shop/web:42").level("High").scanned(Instant.now());
        bad.findings.accept(image);
        hss.images(image);
    }

    private Scan scan(Bad bad) {
        return new Scan(hss)
                .gate(bad.type, null, 1)
                .within(TestContexts.with(pauses, TIMEOUT), TIMEOUT)
                .sharing(new ImageReader(Duration.ofSeconds(15)))
                .repeatingAfter(Duration.ofMinutes(1));
    }
}
