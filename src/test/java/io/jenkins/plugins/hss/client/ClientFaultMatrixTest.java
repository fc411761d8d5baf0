package io.jenkins.plugins.hss.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.FakeHss;
import io.jenkins.plugins.hss.fake.Fault;
import io.jenkins.plugins.hss.fake.Fault.Meaning;
import io.jenkins.plugins.hss.fake.ScannedImage;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every API with every fault, once: what a caller gets, how often the service is asked, and what is marked and counted. */
class ClientFaultMatrixTest {
    private static final String SECRET = "secret-that-nobody-may-see";

    private static TestTls tls;
    private static TestTls strangersTls;

    @TempDir
    private Path folder;

    private final Pauses pauses = new Pauses(new SettableClock());
    private final CallContext context = TestContexts.with(pauses, Duration.ofHours(1));
    private final CountingLimiter limiter = new CountingLimiter();
    private final Marks marks = new Marks();
    private FakeHss hss;

    @BeforeAll
    static void makeCertificates(@TempDir Path ours, @TempDir Path theirs) throws Exception {
        tls = new TestTls(ours);
        strangersTls = new TestTls(theirs);
    }

    static Stream<Arguments> cells() {
        return Fault.all(strangersTls.server()).stream()
                .flatMap(fault ->
                        Arrays.stream(Api.values()).map(api -> arguments(api, Named.of(fault.name(), fault))));
    }

    @AfterEach
    void stopTheService() {
        hss.close();
    }

    /** What came of a call: nothing where it succeeded. */
    private HssException make(Api api, Transport transport) throws Exception {
        IamClient iam = new IamClient(transport, hss.url());
        HssClient client =
                new HssClient(transport, Accounts.scope(hss), new TokenAuthentication(SECRET), limiter, context);
        ExportTask task = task(api, client);
        try {
            switch (api) {
                case SUBMIT -> client.submit(Accounts.export(), marks);
                case STATUS -> client.task(task.id());
                case DOWNLOAD -> client.download(task, folder.resolve("report.zip"));
                case STATISTIC -> client.count(Accounts.export());
                case CICD -> client.cicdAccesses();
                case TOKEN ->
                    iam.token(new IamUser("acme", "jenkins", SECRET), IamProject.withId(FakeHss.PROJECT), context);
                case PROJECTS -> iam.projectId(FakeHss.REGION, new TokenAuthentication(SECRET), context);
                case IMAGES -> client.images(Map.of(), 0);
                case VULNERABILITIES -> findings(client, FindingList.VULNERABILITIES);
                case CHECK_RULES -> findings(client, FindingList.CHECK_RULES);
                case MALWARES -> findings(client, FindingList.MALWARES);
                case SENSITIVE_INFO -> findings(client, FindingList.SENSITIVE_INFO);
                case NON_COMPLIANT_APPS -> findings(client, FindingList.NON_COMPLIANT_APPS);
                case BUILD_COMMANDS -> findings(client, FindingList.BUILD_COMMANDS);
                case BASELINE_STATISTIC -> client.baselineStatistic(image());
            }
            return null;
        } catch (HssException e) {
            return e;
        }
    }

    private void findings(HssClient client, FindingList list) throws Exception {
        client.findings(list, image(), Map.of(), 0);
    }

    private CicdImage image() {
        ScannedImage image = ScannedImage.of("shop/web:42").vulnerabilities(1, 1, 1);
        hss.images(image);
        return Accounts.image(image);
    }

    /** What has to be there before the call; a fault on the way begins with the last answer of these. */
    private ExportTask task(Api api, HssClient client) throws Exception {
        return switch (api) {
            case STATUS, STATISTIC -> new ExportTask(Accounts.submit(client), "running", null);
            case DOWNLOAD -> client.task(Accounts.submit(client));
            default -> null;
        };
    }

    private static boolean isIam(Api api) {
        return api == Api.TOKEN || api == Api.PROJECTS;
    }

    /** IAM is asked again here, whatever is only read by the JDK's client where no byte of an answer came. */
    private static boolean isRepeated(Api api, Fault fault) {
        return switch (fault.meaning()) {
            case BROKEN -> isList(api) && fault.name().equals(Fault.LARGE);
            case NOT_TAKEN, UNKNOWN -> isIam(api);
            case DROPPED -> api != Api.SUBMIT && api != Api.STATISTIC;
            case FINE, REFUSED, UNREACHABLE -> false;
        };
    }

    /** A page that is too large is asked for in smaller ones. */
    private static boolean isList(Api api) {
        return api.compareTo(Api.IMAGES) >= 0 && api != Api.BASELINE_STATISTIC;
    }

    private static boolean succeeds(Api api, Fault fault) {
        Meaning meaning = fault.meaning();
        // Whether a report is a zip file is looked at later.
        boolean kept = api == Api.DOWNLOAD && meaning == Meaning.BROKEN;
        return meaning == Meaning.FINE || kept || isRepeated(api, fault);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cells")
    void everyFaultOfEveryApiEndsAsPromised(Api api, Fault fault) throws Exception {
        Meaning meaning = fault.meaning();
        boolean untrusted = fault.name().equals(Fault.UNTRUSTED);
        hss = untrusted ? new FakeHss(tls.server()) : new FakeHss();
        hss.clock(pauses.clock()).token(SECRET).iamUser("acme", "jenkins", SECRET);
        fault.happening().prepare(hss, api);
        Transport transport = TestTransport.of(pauses.clock());
        if (untrusted) {
            transport = TestTransport.by(
                    () -> HttpClient.newBuilder().sslContext(tls.client()).build(), transport);
        }
        if (fault.name().startsWith("silence")) {
            transport = TestTransport.within(Duration.ofMillis(700), transport);
        }

        HssException failure = make(api, transport);

        assertEquals(succeeds(api, fault), failure == null, () -> String.valueOf(failure));
        int calls = meaning == Meaning.UNREACHABLE ? 0 : isRepeated(api, fault) ? 2 : 1;
        assertEquals(calls, hss.calls(api).size());
        assertTrue(hss.tasks() <= 1);
        if (failure != null) {
            assertSays(api, fault, failure);
        }
        if (api == Api.SUBMIT) {
            assertCounts(fault, failure);
        }
    }

    private void assertSays(Api api, Fault fault, HssException failure) {
        Meaning meaning = fault.meaning();
        assertEquals(meaning == Meaning.UNREACHABLE, failure.status() == 0 && failure.createdNothing());
        assertEquals(
                meaning == Meaning.NOT_TAKEN
                        || meaning == Meaning.UNKNOWN
                        || meaning == Meaning.DROPPED
                        || meaning == Meaning.UNREACHABLE && !fault.name().equals(Fault.UNTRUSTED),
                failure.isTemporary(),
                failure::getMessage);
        assertFalse(failure.hint().isEmpty(), failure::getMessage);
        assertFalse(failure.getMessage().contains(SECRET), failure::getMessage);
        assertTrue(failure.getMessage().codePoints().noneMatch(Character::isISOControl), failure::getMessage);
        assertEquals(
                api.name().replace("PROJECTS", "PROJECT"), failure.operation().name());
    }

    private void assertCounts(Fault fault, HssException failure) {
        boolean nothing = failure != null && failure.createdNothing();
        List<String> told = nothing ? List.of("sending", "created nothing") : List.of("sending");
        assertEquals(told, marks.told());
        boolean possible =
                switch (fault.meaning()) {
                    case NOT_TAKEN, UNREACHABLE -> true;
                    case REFUSED -> failure.status() >= 400;
                    case FINE, DROPPED, UNKNOWN, BROKEN -> false;
                };
        assertEquals(possible, nothing);
        String end = limiter.ends().get(0);
        assertEquals(
                fault.meaning() == Meaning.UNREACHABLE || failure != null && failure.status() == 407
                        ? "unused"
                        : failure != null && failure.isThrottled() ? "throttled" : "consumed",
                end.replaceFirst(" .*", ""));
        if (failure != null && !nothing && failure.status() != 302) {
            assertEquals(Messages.Hint_taskLost(), failure.hint());
        }
    }
}
