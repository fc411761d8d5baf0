package io.jenkins.plugins.hss.client;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Writes a report to disk as it arrives, however long that takes, but gives up when nothing more arrives. */
final class ReportBody implements BodySubscriber<byte[]> {
    private static final byte[] ON_DISK = {};

    private final BodySubscriber<Path> file;
    private final Transport transport;
    private volatile Flow.Subscription subscription;
    private volatile long lastArrival;
    private volatile boolean brokeOff;

    ReportBody(Path file, Transport transport) {
        this.file = BodySubscribers.ofFile(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        this.transport = transport;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        this.subscription = subscription;
        lastArrival = System.nanoTime();
        file.onSubscribe(subscription);
        watch(transport.timeout());
    }

    private void watch(Duration pause) {
        if (hasEnded()) {
            return;
        }
        Steps.delayed(transport.executor()).apply(pause).execute(() -> {
            Duration left = transport.timeout().minusNanos(System.nanoTime() - lastArrival);
            if (!left.isNegative() && !left.isZero()) {
                watch(left);
            } else if (!hasEnded()) {
                subscription.cancel();
                onError(new HttpTimeoutException("nothing more arrived"));
            }
        });
    }

    private boolean hasEnded() {
        return file.getBody().toCompletableFuture().isDone();
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        lastArrival = System.nanoTime();
        file.onNext(buffers);
    }

    @Override
    public void onError(Throwable failure) {
        // Nothing is there that could take an error where the file couldn't be opened.
        if (!hasEnded()) {
            brokeOff = true;
            file.onError(failure);
        }
    }

    @Override
    public void onComplete() {
        file.onComplete();
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return file.getBody().handle((path, failure) -> {
            if (failure == null) {
                return ON_DISK;
            }
            Throwable cause = Steps.cause(failure);
            throw new CompletionException(brokeOff ? cause : new UnwritableException(cause));
        });
    }

    /** The report has arrived, but can't be kept. */
    static final class UnwritableException extends IOException {
        private static final long serialVersionUID = 1L;

        UnwritableException(Throwable cause) {
            super(cause.getMessage(), cause);
        }
    }
}
