package io.jenkins.plugins.hss.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.FakeHss;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What holds for any parameters and for any answer. */
class PropertiesTest {
    private static final String TOKEN = "MIIsecretToken";
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Sizes, kinds and words at which something changes. */
    private static final List<String> SCRAPS = List.of(
            "{\"task_id\":\"",
            "\"task_status\":\"success\"",
            "\"file_id\":",
            "{\"total_num\":",
            "\"data_list\":[",
            "{\"cicd_name\":\"",
            "{\"error_code\":\"HSS.0001\",",
            "\"error_msg\":\"",
            "{\"error\":{\"message\":",
            "\"request_id\":",
            TOKEN,
            "null",
            "true",
            "-1",
            "1e999",
            "99999999999999999999",
            "\"\\ud800\"",
            "\\u0000",
            "[[[[",
            "{",
            "}",
            "]",
            "\"",
            ",",
            ":",
            "\r\n",
            "\u001b[8m",
            "\u202e",
            "<script>",
            "支付");

    private final SettableClock clock = new SettableClock();

    // Parameters

    @Test
    void whatPassesTheChecksKeepsTheContract() {
        try (FakeHss hss = new FakeHss().clock(clock).token(TOKEN)) {
            HssClient client = client(hss);
            Generated.forAny(50, random -> {
                Map<ExportField, Object> values = parameters(random);
                ExportRequest request = request(values);

                JsonNode body = JSON.readTree(request.toJson());
                values.put(ExportField.OPERATE_ALL, !values.containsKey(ExportField.IMAGE_ID_LIST));
                assertEquals(values.size(), body.size());
                values.forEach((field, value) -> assertEquals(
                        JSON.valueToTree(value).toString(),
                        body.get(field.jsonName()).toString()));

                client.submit(request, SendListener.NONE);
                if (request.reportType().length() <= 256) {
                    client.count(request);
                }
                assertEquals(List.of(), hss.violations());
            });
        }
    }

    private static ExportRequest request(Map<ExportField, Object> values) {
        ExportRequest.Builder builder = ExportRequest.builder();
        values.forEach(builder::with);
        return builder.build();
    }

    /** Any values, the required ones among them, that the checks let pass. */
    private static Map<ExportField, Object> parameters(RandomGenerator random) {
        Map<ExportField, Object> values = new LinkedHashMap<>();
        for (ExportField field : ExportField.values()) {
            boolean required = field == ExportField.EXPORT_SIZE || field == ExportField.SECURITY_REPORT_TYPE;
            if (required || random.nextInt(3) == 0) {
                values.put(field, passing(field, random));
            }
        }
        order(values, ExportField.START_LATEST_UPDATE_TIME, ExportField.END_LATEST_UPDATE_TIME);
        order(values, ExportField.START_LATEST_SCAN_TIME, ExportField.END_LATEST_SCAN_TIME);
        return values;
    }

    /** A range that can hold nothing is refused. */
    private static void order(Map<ExportField, Object> values, ExportField start, ExportField end) {
        if (values.get(start) instanceof Long from && values.get(end) instanceof Long to && from > to) {
            values.put(start, to);
            values.put(end, from);
        }
    }

    private static Object passing(ExportField field, RandomGenerator random) {
        while (true) {
            Object value = value(random);
            try {
                field.check(value);
                return value;
            } catch (IllegalArgumentException e) {
                assertTrue(e.getMessage().startsWith(field.parameter()), e.getMessage());
            }
        }
    }

    private static Object value(RandomGenerator random) {
        return switch (random.nextInt(7)) {
            case 0 -> random.nextInt(-2, 200_010);
            case 1 -> random.nextLong();
            case 2 -> random.nextBoolean();
            case 3 -> List.copyOf(texts(random, random.nextInt(4)));
            case 4 -> texts(random, random.nextInt(195, 205));
            default -> text(random, random.nextInt(8) == 0 ? random.nextInt(66_000) : random.nextInt(140));
        };
    }

    private static List<String> texts(RandomGenerator random, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> text(random, random.nextInt(70)))
                .toList();
    }

    /** Letters, and now and then anything that a char can be, halves of characters included. */
    private static String text(RandomGenerator random, int length) {
        StringBuilder text = new StringBuilder();
        boolean plain = random.nextInt(4) > 0;
        while (text.length() < length) {
            if (plain || random.nextInt(4) > 0) {
                text.append((char) random.nextInt(' ', '~'));
            } else if (random.nextInt(50) == 0) {
                text.append((char) random.nextInt(Character.MAX_VALUE));
            } else {
                text.appendCodePoint(random.nextInt(0x1F300, 0x1F600));
            }
        }
        return text.toString();
    }

    // Answers

    @Test
    void anyAnswerEndsInAResultOrInAnHssException() {
        Generated.forAny(1_000, random -> {
            ApiRequest request = ApiRequest.get(Operation.SUBMIT, URI.create("https://hss.example.com"), "/");
            ApiResponse response = new ApiResponse(request, random.nextInt(100, 600), headers(random), bytes(random));
            TokenAuthentication caller = new TokenAuthentication(TOKEN);

            assertHarmless(ErrorResponse.read(response, caller, clock.instant()));
            try {
                assertTrue(response.id("task_id").matches("[A-Za-z0-9._~-]{1,64}"));
            } catch (HssException e) {
                assertHarmless(e);
            }
            try {
                assertTrue(response.count("total_num") >= 0);
            } catch (HssException e) {
                assertHarmless(e);
            }
        });
    }

    private static HttpHeaders headers(RandomGenerator random) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String name : List.of("Retry-After", "Location", "X-Request-Id", "X-IAM-Trace-Id")) {
            if (random.nextBoolean()) {
                headers.put(name, List.of(new String(bytes(random), UTF_8)));
            }
        }
        return HttpHeaders.of(headers, (name, value) -> true);
    }

    @Test
    void anyBytesOnTheWireEndInAResultOrInAnHssException() {
        try (FakeHss hss = new FakeHss().clock(clock).token(TOKEN)) {
            HssClient client = client(hss);
            Generated.forAny(60, random -> {
                byte[] body = bytes(random);
                int status = random.nextInt(5) > 0 ? 200 : random.nextInt(200, 600);
                for (Api api : List.of(Api.SUBMIT, Api.STATUS, Api.STATISTIC, Api.CICD)) {
                    hss.always(api, Answers.bytes(status, "application/json", body));
                }
                assertEndsWell(() -> Accounts.submit(client));
                assertEndsWell(() -> client.task("a"));
                assertEndsWell(() -> client.count(Accounts.export()));
                assertEndsWell(client::cicdAccesses);
            });
        }
    }

    @Test
    void anyBytesInsteadOfHttpEndInAnHssException() {
        try (FakeHss hss = new FakeHss().clock(clock).token(TOKEN)) {
            HssClient client = client(hss);
            Generated.forAny(100, random -> {
                byte[] head = random.nextBoolean() ? "HTTP/1.1 200 \r\n".getBytes(UTF_8) : new byte[0];
                hss.always(Api.SUBMIT, Answers.raw(concat(head, bytes(random))));
                assertEndsWell(() -> Accounts.submit(client));
            });
        }
    }

    private static void assertEndsWell(Callable<?> call) throws Exception {
        try {
            Object result = call.call();
            if (result instanceof ExportTask task) {
                assertTrue(task.status().length() <= 1_001, task::status);
            }
        } catch (HssException e) {
            assertHarmless(e);
        }
    }

    private static void assertHarmless(HssException failure) {
        String message = failure.getMessage();
        assertTrue(message.length() < 5_000, () -> message.length() + " characters");
        assertTrue(
                message.codePoints()
                        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT),
                message);
        assertTrue(!message.contains(TOKEN), message);
        assertTrue(message.startsWith(failure.operation().displayName() + " failed: "), message);
    }

    /** Mostly scraps of good answers, in any order, and bytes of no meaning. */
    private static byte[] bytes(RandomGenerator random) {
        if (random.nextInt(4) == 0) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            return noise;
        }
        return IntStream.range(0, random.nextInt(30))
                .mapToObj(i -> SCRAPS.get(random.nextInt(SCRAPS.size())).repeat(random.nextInt(40) == 0 ? 2_000 : 1))
                .collect(Collectors.joining())
                .getBytes(UTF_8);
    }

    private static byte[] concat(byte[] head, byte[] tail) {
        byte[] whole = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, whole, head.length, tail.length);
        return whole;
    }

    private HssClient client(FakeHss hss) {
        return new HssClient(
                TestTransport.of(clock),
                Accounts.scope(hss),
                new TokenAuthentication(TOKEN),
                RateLimiter.UNLIMITED,
                TestContexts.within(Duration.ofMinutes(10)));
    }
}
