package io.jenkins.plugins.hss.engine;

import io.jenkins.plugins.hss.client.CallContext;
import io.jenkins.plugins.hss.client.CicdImage;
import io.jenkins.plugins.hss.client.HssClient;
import io.jenkins.plugins.hss.client.RateLimiter;
import io.jenkins.plugins.hss.client.TestContexts;
import io.jenkins.plugins.hss.client.TestTransport;
import io.jenkins.plugins.hss.client.TokenAuthentication;
import io.jenkins.plugins.hss.fake.FakeHss;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A scan's result to be read in a test; where a test says nothing, it is patient and judges nothing. */
final class Scan implements ScanListener {
    static final String TOKEN = "token";

    private final FakeHss hss;
    private final List<String> told = new CopyOnWriteArrayList<>();
    private String image = "shop/web:42";
    private String cicdName;
    private Instant scannedAfter = Instant.now().minusSeconds(3600);
    private boolean ofJenkinsClock = true;
    private Set<FindingType> types = EnumSet.copyOf(FindingType.DEFAULT);
    private final List<QualityGate> gates = new ArrayList<>();
    private final List<IgnoreRule> ignore = new ArrayList<>();
    private boolean countHandled = true;
    private int maxFindings = 1000;
    private Duration timeout = Duration.ofMinutes(30);
    private Duration pause = Duration.ofMillis(5);
    private ImageReader reader = new ImageReader(Duration.ofMillis(5));
    private RateLimiter limiter = RateLimiter.UNLIMITED;
    private CallContext context = TestContexts.lasting();
    private Renewal renewal = () -> null;

    Scan(FakeHss hss) {
        this.hss = hss;
    }

    Scan of(String other) {
        image = other;
        return this;
    }

    Scan by(String otherCicdName) {
        cicdName = otherCicdName;
        return this;
    }

    Scan after(Instant time, boolean byJenkinsClock) {
        scannedAfter = time;
        ofJenkinsClock = byJenkinsClock;
        return this;
    }

    Scan types(FindingType... others) {
        types = EnumSet.noneOf(FindingType.class);
        types.addAll(List.of(others));
        return this;
    }

    Scan gate(FindingType type, Severity severity, long threshold) {
        gates.add(new QualityGate(type, severity, threshold, Verdict.FAILED));
        return this;
    }

    Scan ignore(FindingType type, String id) {
        ignore.add(new IgnoreRule(type, id, null, null, "known", null));
        return this;
    }

    Scan ignore(IgnoreRule rule) {
        ignore.add(rule);
        return this;
    }

    Scan withoutHandled() {
        countHandled = false;
        return this;
    }

    Scan keeping(int rows) {
        maxFindings = rows;
        return this;
    }

    Scan within(CallContext otherContext, Duration time) {
        context = otherContext;
        timeout = time;
        return this;
    }

    Scan sharing(ImageReader otherReader) {
        reader = otherReader;
        return this;
    }

    Scan limitedBy(RateLimiter other) {
        limiter = other;
        return this;
    }

    Scan renewedBy(Renewal other) {
        renewal = other;
        return this;
    }

    Scan repeatingAfter(Duration otherPause) {
        pause = otherPause;
        return this;
    }

    List<String> told() {
        return told;
    }

    CallContext context() {
        return context;
    }

    HssClient client() {
        return new HssClient(
                TestTransport.of(Clock.systemUTC()),
                new HssClient.Scope(hss.url(), FakeHss.REGION, FakeHss.PROJECT, null),
                new TokenAuthentication(TOKEN),
                limiter,
                context);
    }

    ScanResult run() throws Exception {
        ScanOptions options = new ScanOptions(
                ImageReference.parse(image),
                cicdName,
                scannedAfter,
                ofJenkinsClock,
                types,
                List.copyOf(gates),
                countHandled,
                List.copyOf(ignore),
                maxFindings,
                timeout);
        return new ScanProcess(client(), renewal, reader, options, this, context, pause).run();
    }

    @Override
    public void waiting(String reason) {
        told.add("waiting: " + reason);
    }

    @Override
    public void scanned(CicdImage row, boolean byTagOnly) {
        told.add("scanned " + row.imageId());
    }

    @Override
    public void reading(FindingType type, long rows, long total) {
        told.add(type.word() + " " + rows + " of " + total);
    }

    @Override
    public void note(String text) {
        told.add("note: " + text);
    }
}
