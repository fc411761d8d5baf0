package io.jenkins.plugins.hss.fake;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;

/** A stand-in for HSS and IAM on loopback that refuses whatever breaks the contract. */
public final class FakeHss implements AutoCloseable {
    public static final String PROJECT = "77b6a44cba5143ab91d13ab9a8ff44fd";
    public static final String REGION = "cn-north-4";

    private final Service service = new Service();
    private final Plan plan = new Plan();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Responder responder = new Responder(service, plan, closing);
    private final Listener listener;
    private final URI url;

    public FakeHss() {
        this(0, null);
    }

    public FakeHss(int port) {
        this(port, null);
    }

    /** Speaks TLS. */
    public FakeHss(SSLContext tls) {
        this(0, tls);
    }

    private FakeHss(int port, SSLContext tls) {
        project(REGION, PROJECT);
        listener = new Listener("fake-hss", port, tls, responder::serve);
        url = URI.create((tls == null ? "http://" : "https://") + listener.authority());
    }

    /** Where both HSS and IAM are. */
    public URI url() {
        return url;
    }

    // Who may call

    public FakeHss token(String token) {
        service.tokens.add(token);
        return this;
    }

    public FakeHss accessKey(String accessKey, String secretKey) {
        service.accessKeys.add(accessKey, secretKey);
        return this;
    }

    public FakeHss iamUser(String domain, String user, String password) {
        service.tokens.addUser(domain, user, password);
        return this;
    }

    /** How long tokens live that IAM issues from now on. */
    public FakeHss tokensLast(Duration lifetime) {
        service.tokens.last(lifetime);
        return this;
    }

    /** Ends the tokens that IAM has issued until now. */
    public void revokeIssuedTokens() {
        service.tokens.revokeIssued();
    }

    /** Adds a project; REGION has PROJECT from the beginning. */
    public FakeHss project(String region, String id) {
        service.projects.add(region, id);
        return this;
    }

    // How the service behaves

    /** The time that all tasks take, running ones too. */
    public FakeHss exportsTake(Duration duration) {
        service.exports.take(duration);
        return this;
    }

    /** The status that all tasks end in, running ones too. */
    public FakeHss exportsEnd(String status) {
        service.exports.end(status);
        return this;
    }

    public FakeHss records(long number) {
        service.exports.records(number);
        return this;
    }

    public FakeHss report(byte[] zip) {
        service.exports.report(Content.of(zip));
        return this;
    }

    /** Reports are zip files of exactly so many bytes, less than 4 GiB. */
    public FakeHss reportOfSize(long bytes) {
        service.exports.report(Report.ofSize(bytes));
        return this;
    }

    /** The CI/CD accesses that are listed. */
    public FakeHss cicd(String... names) {
        service.cicdAccesses.set(names);
        return this;
    }

    /** Adds images that CI/CD accesses had scanned; where nothing else is said, the scans have ended now. */
    public FakeHss images(ScannedImage... scanned) {
        List.of(scanned).forEach(image -> service.images.add(image.addedAt(responder.clock.instant())));
        return this;
    }

    /** Weak passwords in every image, which only the baseline statistic tells. */
    public FakeHss weakPasswords(int number) {
        service.images.weakPasswords(number);
        return this;
    }

    /** Behaves so, too, when it is asked for scan results. */
    public FakeHss quirks(Quirk... more) {
        service.images.quirks().addAll(List.of(more));
        return this;
    }

    /** Refuses to list the vulnerabilities of an empty namespace. */
    public FakeHss refuseEmptyNamespace() {
        return quirks(Quirk.EMPTY_NAMESPACE_REFUSED);
    }

    /** The limit for each account and API of HSS. */
    public FakeHss callsPerMinute(int limit) {
        service.throttle.limit(limit);
        return this;
    }

    /** The time between an act of the service and its answer. */
    public FakeHss latency(Duration duration) {
        responder.latency = duration;
        return this;
    }

    /** Ends a kept connection, without an answer, as soon as a second request arrives on it. */
    public FakeHss staleAfterFirst(boolean yes) {
        responder.stale = yes;
        return this;
    }

    /** The time that tasks, scans, tokens, signatures and limits go by. */
    public FakeHss clock(InstantSource source) {
        responder.clock = source;
        return this;
    }

    /** The time that the header {@code Date} tells, in place of the clock's. */
    public FakeHss date(InstantSource source) {
        responder.date = source;
        return this;
    }

    /** Answers without the header {@code Date}. */
    public FakeHss withoutDate() {
        return date(null);
    }

    // Faults

    /** What the next calls of the API get, one after the other. */
    public FakeHss next(Api api, Answer... answers) {
        plan.next(api, List.of(answers));
        return this;
    }

    /** What all calls of the API get, until it is set to null. */
    public FakeHss always(Api api, Answer answer) {
        plan.always(api, answer);
        return this;
    }

    /** Refuses connections from now on; those that were made stay. */
    public void refuseConnections() {
        listener.refuse();
    }

    /** Shows another certificate on new connections. */
    public void identify(SSLContext tls) {
        listener.identify(tls);
    }

    // What happened

    public List<Call> calls() {
        return service.journal.calls();
    }

    public List<Call> calls(Api api) {
        return service.journal.calls(api);
    }

    /** The number of export tasks created. */
    public int tasks() {
        return taskIds().size();
    }

    public List<String> taskIds() {
        return service.exports.taskIds();
    }

    /** The CI/CD name of each task, in the order of the tasks. */
    public List<String> cicdNamesOfTasks() {
        return service.exports.cicdNames();
    }

    /** The tokens that IAM has issued: none of them may be seen anywhere. */
    public List<String> issuedTokens() {
        return service.tokens.issued();
    }

    /** The IDs of the CI/CD accesses: none of them may be seen anywhere. */
    public List<String> cicdIds() {
        return service.cicdAccesses.ids();
    }

    /** Every breach of the contract, in words. */
    public List<String> violations() {
        return service.journal.violations();
    }

    /** The calls in the fullest sliding minute, those of all accounts together. */
    public int mostCallsInAMinute(Api api) {
        return service.journal.mostCallsInAMinute(api);
    }

    /** Waits until so many calls of the API have arrived since the fake was made. */
    public void await(Api api, int calls, Duration atMost) throws InterruptedException {
        service.journal.await(api, calls, atMost);
    }

    @Override
    public void close() {
        closing.countDown();
        listener.close();
    }

    /** A service for trying things out: it takes its time, knows one account of each kind, and keeps to the limits. */
    public static FakeHss demo() {
        return demo(0);
    }

    private static FakeHss demo(int port) {
        return new FakeHss(port)
                .token("demo-token")
                .accessKey("DEMOACCESSKEY", "demo-secret-key")
                .iamUser("demo", "demo", "demo-password")
                .cicd("shop-pipeline", "billing-pipeline", "支付流水线")
                .images(DemoImages.all())
                .exportsTake(Duration.ofSeconds(15))
                .latency(Duration.ofMillis(100))
                .callsPerMinute(5);
    }

    /** A stand-alone stand-in; arguments: the port (8181), calls a minute (5). */
    public static void main(String[] args) throws InterruptedException {
        try (FakeHss hss = demo(args.length > 0 ? Integer.parseInt(args[0]) : 8181)) {
            if (args.length > 1) {
                hss.callsPerMinute(Integer.parseInt(args[1]));
            }
            System.out.println("HSS and IAM: " + hss.url() + ", project " + PROJECT + " in " + REGION);
            System.out.println("token demo-token; access key DEMOACCESSKEY, demo-secret-key; "
                    + "IAM user demo of demo, demo-password");
            for (int index = 0; ; index++) {
                Call call = hss.service.journal.call(index);
                System.out.println(call.at() + " " + call.method() + " " + call.path() + " " + call.query());
            }
        }
    }
}
