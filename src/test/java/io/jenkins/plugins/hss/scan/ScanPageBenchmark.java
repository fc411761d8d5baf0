package io.jenkins.plugins.hss.scan;

import hudson.model.FreeStyleBuild;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Measures the page of many findings; the results are in the lines that begin with {@code BENCHMARK}. */
@WithJenkins
class ScanPageBenchmark {
    @Test
    void tenThousandFindings(JenkinsRule j) throws Exception {
        FreeStyleBuild small = j.buildAndAssertSuccess(j.createFreeStyleProject());
        Scans.add(small, "shop/web:42", Scans.result(1, 1, 1));
        FreeStyleBuild large = j.buildAndAssertSuccess(j.createFreeStyleProject());
        Scans.add(large, "shop/web:42", Scans.result(100, 4_900, 5_000));
        HttpClient http = HttpClient.newHttpClient();
        for (int i = 0; i < 20; i++) {
            get(j, http, small, "");
        }
        for (int round = 1; round <= 3; round++) {
            System.gc();
            long before =
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            heapPools(MemoryPoolMXBean::resetPeakUsage);
            long first = get(j, http, large, "");
            long[] peak = new long[1];
            heapPools(pool -> peak[0] += pool.getPeakUsage().getUsed());
            System.out.printf(
                    "BENCHMARK 10,000 findings: page %d ms, last page %d ms, by text %d ms, peak heap %+d MB%n",
                    first,
                    get(j, http, large, "?type=vulnerability&page=100"),
                    get(j, http, large, "?type=vulnerability&text=RHSA-2026:77"),
                    (peak[0] - before) >> 20);
        }
    }

    private static long get(JenkinsRule j, HttpClient http, FreeStyleBuild build, String query) throws Exception {
        long begin = System.nanoTime();
        int status = http.send(
                        HttpRequest.newBuilder(URI.create(j.getURL() + build.getUrl() + "hss-findings/1/" + query))
                                .build(),
                        BodyHandlers.ofString())
                .statusCode();
        if (status != 200) {
            throw new AssertionError(status + " for " + query);
        }
        return (System.nanoTime() - begin) / 1_000_000;
    }

    private static void heapPools(Consumer<MemoryPoolMXBean> use) {
        ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .forEach(use);
    }
}
