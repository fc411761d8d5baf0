package io.jenkins.plugins.hss.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.Call;
import io.jenkins.plugins.hss.fake.Reply;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Measures what many findings cost; the results are in the lines that begin with {@code BENCHMARK}. */
class ScanBenchmark extends ScanFixture {
    private static final int ROUNDS = 5;
    private static final int FINDINGS = 5_000;
    private static final int PAGE = 200;

    @Test
    void fiveThousandFindings() throws Exception {
        image("shop/web:42").level("High").vulnerabilities(0, 1, 0);
        List<Reply> pages = IntStream.range(0, FINDINGS / PAGE)
                .mapToObj(ScanBenchmark::page)
                .toList();
        Reply none = Answers.status(200, "{\"total_num\":0,\"data_list\":[]}");
        hss.always(Api.VULNERABILITIES, exchange -> {
            Call call = exchange.call();
            boolean listed = "unhandled".equals(call.parameter("handle_status"))
                    && !List.of("immediate_repair", "not_needed_repair")
                            .contains(String.valueOf(call.parameter("repair_necessity")));
            exchange.send(listed ? pages.get(Integer.parseInt(call.parameter("offset")) / PAGE) : none);
        });
        for (int round = 1; round <= ROUNDS; round++) {
            System.gc();
            long before = used();
            heapPools(MemoryPoolMXBean::resetPeakUsage);
            Instant begin = Instant.now();
            ScanResult result = scan().types(FindingType.VULNERABILITY)
                    .gate(FindingType.VULNERABILITY, Severity.MEDIUM, 5_000)
                    .ignore(FindingType.VULNERABILITY, "HSS-4999")
                    .keeping(5_000)
                    .run();
            Duration read = Duration.between(begin, Instant.now());
            Sarif.write(result, OutputStream.nullOutputStream());
            FindingsJson.write(result, OutputStream.nullOutputStream());
            Duration all = Duration.between(begin, Instant.now());
            assertEquals(4_999, findings(result, FindingType.VULNERABILITY).count());
            System.out.printf(
                    "BENCHMARK 5,000 findings: read and judged in %d ms, written after %d ms, peak heap %+d MB%n",
                    read.toMillis(), all.toMillis(), (peak() - before) >> 20);
        }
    }

    /** A page made beforehand, so that the stand-in costs next to nothing. */
    private static Reply page(int number) {
        String rows = IntStream.range(number * PAGE, (number + 1) * PAGE)
                .mapToObj(i ->
                        "{\"vul_id\":\"HSS-" + i + "\",\"repair_necessity\":\"delay_repair\",\"app_name\":\"openssl\","
                                + "\"version\":\"1.1.1k-6\",\"position\":\"sha256:74ddd0ec08fa43\",\"description\":\""
                                + "x".repeat(128)
                                + "\",\"solution\":\"Upgrade the affected software\",\"url\":\"https://access.redhat.com/errata/"
                                + i
                                + "\"}")
                .collect(Collectors.joining(",", "{\"total_num\":" + FINDINGS + ",\"data_list\":[", "]}"));
        return Answers.status(200, rows);
    }

    private static long used() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long peak() {
        long[] sum = new long[1];
        heapPools(pool -> sum[0] += pool.getPeakUsage().getUsed());
        return sum[0];
    }

    private static void heapPools(Consumer<MemoryPoolMXBean> use) {
        ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .forEach(use);
    }
}
