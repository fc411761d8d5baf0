package io.jenkins.plugins.hss.client;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Writes a report to disk as it arrives, and knows since when nothing has arrived. */
final class ReportBody implements BodySubscriber<byte[]> {
    /** HSS exports 200,000 records at most: what is larger is no report. */
    static final long MAX_BYTES = 4L << 30;

    private static final byte[] ON_DISK = {};

    private final BodySubscriber<Path> file;
    private final Duration timeout;
    private final long maxBytes;
    private Flow.Subscription subscription;
    private long bytes;
    private volatile long lastArrival = System.nanoTime();
    private volatile boolean brokeOff;
    private volatile boolean tooLarge;

    /** Takes how long nothing may arrive. */
    ReportBody(Path file, Duration timeout) {
        this(file, timeout, MAX_BYTES);
    }

    ReportBody(Path file, Duration timeout, long maxBytes) {
        this.file = BodySubscribers.ofFile(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        this.timeout = timeout;
        this.maxBytes = maxBytes;
    }

    Duration timeUntilStalled() {
        return timeout.minusNanos(System.nanoTime() - lastArrival);
    }

    boolean isStalled() {
        return !timeUntilStalled().isPositive();
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        this.subscription = subscription;
        lastArrival = System.nanoTime();
        file.onSubscribe(subscription);
    }

    private boolean hasEnded() {
        return file.getBody().toCompletableFuture().isDone();
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        lastArrival = System.nanoTime();
        for (ByteBuffer buffer : buffers) {
            bytes += buffer.remaining();
        }
        if (bytes > maxBytes && !hasEnded()) {
            subscription.cancel();
            tooLarge = true;
            file.onError(new IOException());
            return;
        }
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
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            throw new CompletionException(brokeOff ? cause : unwritable(cause));
        });
    }

    private UnwritableException unwritable(Throwable cause) {
        return tooLarge
                ? new UnwritableException(Messages.ReportBody_tooLarge(maxBytes >> 20), Messages.Hint_tooLarge(), cause)
                : new UnwritableException(
                        Messages.ReportBody_unwritable(cause.getMessage()), Messages.Hint_unwritable(), cause);
    }

    /** The report has arrived, but can't be kept. */
    static final class UnwritableException extends IOException {
        private static final long serialVersionUID = 1L;

        private final String hint;

        UnwritableException(String message, String hint, Throwable cause) {
            super(message, cause);
            this.hint = hint;
        }

        String hint() {
            return hint;
        }
    }
}
