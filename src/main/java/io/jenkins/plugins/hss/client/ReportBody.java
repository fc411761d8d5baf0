package io.jenkins.plugins.hss.client;

import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;

/** Writes a report to disk as it arrives, however long that takes, but gives up when nothing more arrives. */
final class ReportBody implements BodySubscriber<byte[]> {
    private static final byte[] ON_DISK = {};

    private final BodySubscriber<Path> file;
    private final Transport transport;
    private volatile Flow.Subscription subscription;
    private volatile long lastArrival;
    private volatile boolean ended;

    ReportBody(Path file, Transport transport) {
        this.file = BodySubscribers.ofFile(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        this.transport = transport;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        this.subscription = subscription;
        lastArrival = System.nanoTime();
        watch(transport.timeout().toNanos());
        file.onSubscribe(subscription);
    }

    private void watch(long nanos) {
        CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS, transport.executor())
                .execute(() -> {
                    long left = lastArrival + transport.timeout().toNanos() - System.nanoTime();
                    if (!ended && left > 0) {
                        watch(left);
                    } else if (!ended) {
                        subscription.cancel();
                        onError(new HttpTimeoutException("nothing more arrived"));
                    }
                });
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        lastArrival = System.nanoTime();
        file.onNext(buffers);
    }

    @Override
    public void onError(Throwable failure) {
        ended = true;
        file.onError(failure);
    }

    @Override
    public void onComplete() {
        ended = true;
        file.onComplete();
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return file.getBody().thenApply(path -> ON_DISK);
    }
}
