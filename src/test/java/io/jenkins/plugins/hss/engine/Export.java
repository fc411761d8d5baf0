package io.jenkins.plugins.hss.engine;

import io.jenkins.plugins.hss.client.Authentication;
import io.jenkins.plugins.hss.client.CallContext;
import io.jenkins.plugins.hss.client.ExportField;
import io.jenkins.plugins.hss.client.ExportRequest;
import io.jenkins.plugins.hss.client.HssClient;
import io.jenkins.plugins.hss.client.RateLimiter;
import io.jenkins.plugins.hss.client.TestContexts;
import io.jenkins.plugins.hss.client.TestTransport;
import io.jenkins.plugins.hss.client.TokenAuthentication;
import io.jenkins.plugins.hss.client.Transport;
import io.jenkins.plugins.hss.fake.FakeHss;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;

/** An export to be made in a test; where a test says nothing, it is patient and nothing limits it. */
final class Export {
    static final String TOKEN = "token";
    static final Duration TIMEOUT = Duration.ofMinutes(30);

    static final ExportOptions SUBMIT = options(false, false, null, null);
    static final ExportOptions COUNT = options(false, false, null, Long.MAX_VALUE);
    static final ExportOptions WAIT = options(true, false, null, null);
    static final ExportOptions ARCHIVE = options(false, true, null, null);
    static final ExportOptions ALL = options(false, true, null, Long.MAX_VALUE);

    private final ExportListener listener;
    private URI url;
    private String projectId = FakeHss.PROJECT;
    private Transport transport = TestTransport.of(Clock.systemUTC());
    private Authentication authentication = new TokenAuthentication(TOKEN);
    private RateLimiter limiter = RateLimiter.UNLIMITED;
    private CallContext context = TestContexts.lasting();
    private ExportOptions options = ALL;
    private PollInterval interval = new PollInterval(Duration.ofMillis(5), Duration.ofMillis(20));
    private Renewal renewal = () -> null;
    private ExportProcess.Progress known = ExportProcess.Progress.NONE;
    private volatile boolean leftInterrupted;

    Export(FakeHss hss, ExportListener listener) {
        this.url = hss.url();
        this.listener = listener;
    }

    static ExportOptions options(boolean wait, boolean archive, Long unstableAbove, Long failAbove) {
        return new ExportOptions(wait, archive, unstableAbove, failAbove, TIMEOUT);
    }

    static ExportRequest request() {
        return ExportRequest.builder()
                .with(ExportField.EXPORT_SIZE, 100)
                .with(ExportField.SECURITY_REPORT_TYPE, "malwares")
                .build();
    }

    Export at(URI otherUrl) {
        url = otherUrl;
        return this;
    }

    /** In the caller's own project, which has to be looked up. */
    Export inOwnProject() {
        projectId = null;
        return this;
    }

    Export by(Transport otherTransport) {
        transport = otherTransport;
        return this;
    }

    Export as(Authentication caller) {
        authentication = caller;
        return this;
    }

    Export limitedBy(RateLimiter otherLimiter) {
        limiter = otherLimiter;
        return this;
    }

    Export within(CallContext otherContext) {
        context = otherContext;
        return this;
    }

    Export with(ExportOptions otherOptions) {
        options = otherOptions;
        return this;
    }

    Export every(PollInterval otherInterval) {
        interval = otherInterval;
        return this;
    }

    Export renewedBy(Renewal otherRenewal) {
        renewal = otherRenewal;
        return this;
    }

    Export after(ExportProcess.Progress progress) {
        known = progress;
        return this;
    }

    /** Goes on with a task of which nothing else is known. */
    Export after(String taskId) {
        return after(new ExportProcess.Progress(taskId, null, false, false));
    }

    /** Returns the client that the export calls by. */
    HssClient client() {
        HssClient.Scope scope = new HssClient.Scope(url, FakeHss.REGION, projectId, null);
        return new HssClient(transport, scope, authentication, limiter, context);
    }

    /** Runs on a virtual thread as a Pipeline does. */
    Running start() {
        return Running.on(Thread.ofVirtual(), this::run);
    }

    /** Runs on a platform thread as an executor of Jenkins is one. */
    Running startOnPlatformThread() {
        return Running.on(Thread.ofPlatform(), this::run);
    }

    private ExportResult run() throws Exception {
        try {
            return new ExportProcess(client(), renewal, request(), options, interval, listener, context).run(known);
        } finally {
            leftInterrupted = Thread.currentThread().isInterrupted();
        }
    }

    /** Returns whether the thread was still interrupted when the export ended. */
    boolean hasLeftInterrupted() {
        return leftInterrupted;
    }

    CallContext context() {
        return context;
    }

    /** Runs from the first call to the last. */
    ExportResult result() throws Exception {
        return start().result();
    }

    /** Runs, and returns what it ends with. */
    Throwable failure() {
        return start().failure();
    }

    <T extends Throwable> T failure(Class<T> type) {
        return start().failure(type);
    }
}
