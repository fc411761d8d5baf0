package io.jenkins.plugins.hss.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.hss.client.CallContext;
import io.jenkins.plugins.hss.client.CicdImage;
import io.jenkins.plugins.hss.client.HssException;
import io.jenkins.plugins.hss.client.TestContexts;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.Call;
import io.jenkins.plugins.hss.fake.ScannedImage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImageReaderTest extends ScanFixture {
    private static final Instant NOW = Instant.now();

    private final ImageReader reader = new ImageReader(Duration.ofMillis(1));

    @Test
    void newestScansAreReadBackToTheTimeAskedForAndTheOldestOnce() throws Exception {
        addImages(1_000);

        ImageReader.Reading reading = read(scannedAfter(250));

        assertEquals(400 + 200, reading.all().size());
        assertEquals(List.of("desc 0", "desc 200", "asc 0"), calls());
    }

    @Test
    void whatAnEarlierReadHasSeenIsNotReadAgain() throws Exception {
        addImages(1_000);
        read(scannedAfter(700));
        int before = calls().size();
        hss.images(ScannedImage.of("shop/new:1").scanned(NOW.plusSeconds(3600)));

        ImageReader.Reading reading = read(scannedAfter(650));

        assertEquals(List.of("desc 0", "asc 0"), calls().subList(before, calls().size()));
        assertTrue(names(reading).contains("new"));
        assertTrue(names(reading).contains("image-640"));
        assertTrue(reading.fresh().size() < reading.all().size());
    }

    @Test
    void anEarlierTimeIsReadBackToOnce() throws Exception {
        addImages(1_000);
        read(scannedAfter(50));
        int before = calls().size();

        read(scannedAfter(450));
        read(scannedAfter(450));

        assertEquals(
                List.of("desc 0", "desc 200", "desc 400", "asc 0", "desc 0", "asc 0"),
                calls().subList(before, calls().size()));
    }

    @Test
    void whatIsReadAnewIsFresh() throws Exception {
        addImages(1_000);
        read(scannedAfter(450));

        ImageReader.Reading reading = read(new ImageReader.Range(time(300), false, true));

        assertTrue(reading.fresh().stream().anyMatch(row -> row.name().equals("image-300")));
    }

    @Test
    void aScanThatHasNotEndedIsForgottenUnlessItIsSeenAgain() throws Exception {
        ScannedImage image = ScannedImage.of("shop/web:42").status("scanning").scanned(null);
        hss.images(image);

        assertEquals(List.of("scanning"), statuses(read(scannedAfter(10))));
        image.digest("sha256:known-now").status("success").scanned(NOW);
        assertEquals(List.of("success"), statuses(read(scannedAfter(10))));
    }

    @Test
    void aReadServesAllWhoWaitForIt() throws Exception {
        addImages(10);
        CountDownLatch held = new CountDownLatch(1);
        hss.next(Api.IMAGES, exchange -> {
            await(held);
            exchange.send(exchange.behave());
        });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<ImageReader.Reading> leader = threads.submit(() -> read(scannedAfter(5)));
            hss.await(Api.IMAGES, 1, TestContexts.LONG_ENOUGH);
            List<Future<ImageReader.Reading>> others = IntStream.range(0, 20)
                    .mapToObj(i -> threads.submit(() -> read(scannedAfter(5))))
                    .toList();
            held.countDown();

            for (Future<ImageReader.Reading> other : others) {
                assertFalse(other.get().all().isEmpty());
            }
            leader.get();
        }
        // Whoever comes in the middle of a read waits for one that begins after that.
        assertTrue(calls().size() < 2 * 8, calls().toString());
    }

    @Test
    void whereTheReaderIsAbortedTheNextOneReads() throws Exception {
        addImages(10);
        CallContext aborted = TestContexts.lasting();
        CompletableFuture<Void> left = new CompletableFuture<>();
        hss.next(Api.IMAGES, Answers.stall());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> leader = threads.submit(() -> {
                try {
                    return read(scannedAfter(5), aborted);
                } finally {
                    left.complete(null);
                }
            });
            hss.await(Api.IMAGES, 1, TestContexts.LONG_ENOUGH);
            Future<ImageReader.Reading> other = threads.submit(() -> read(scannedAfter(5)));
            aborted.cancel();

            assertEquals(10, other.get().all().size());
            assertThrows(ExecutionException.class, leader::get);
        }
    }

    @Test
    void aRefusalIsThatOfWhoeverIsRefused() throws Exception {
        hss.next(Api.IMAGES, Answers.hss(403, "HSS.0010", "no"));

        assertThrows(HssException.class, () -> read(scannedAfter(5)));
        assertEquals(0, read(scannedAfter(5)).all().size());
    }

    private void addImages(int number) {
        IntStream.range(0, number)
                .forEach(i ->
                        hss.images(ScannedImage.of("shop/image-" + i + ":1").scanned(time(i))));
    }

    /** The scan time of an image; they ended ten minutes apart. */
    private static Instant time(int image) {
        return NOW.minus(Duration.ofMinutes(10L * image));
    }

    private static ImageReader.Range scannedAfter(int image) {
        return new ImageReader.Range(time(image), false, false);
    }

    private ImageReader.Reading read(ImageReader.Range range) throws Exception {
        return read(range, TestContexts.lasting());
    }

    private ImageReader.Reading read(ImageReader.Range range, CallContext context) throws Exception {
        Scan scan = scan().within(context, Duration.ofMinutes(30));
        return reader.read(range, new Reads(scan.client(), () -> null, context), context);
    }

    private static Set<String> names(ImageReader.Reading reading) {
        return reading.all().stream().map(CicdImage::name).collect(Collectors.toSet());
    }

    private static List<String> statuses(ImageReader.Reading reading) {
        return reading.all().stream().map(CicdImage::scanStatus).toList();
    }

    private List<String> calls() {
        return hss.calls(Api.IMAGES).stream().map(ImageReaderTest::describe).toList();
    }

    private static String describe(Call call) {
        return call.parameter("sort_dir") + " " + call.parameter("offset");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
