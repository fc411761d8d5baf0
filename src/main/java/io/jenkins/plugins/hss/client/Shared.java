package io.jenkins.plugins.hss.client;

import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Something that many callers need and one request obtains: kept in memory while usable, a failure never. */
final class Shared<T> {
    private final Supplier<CompletableFuture<T>> request;
    private final Predicate<T> usable;
    private CompletableFuture<T> latest;

    /**
     * Takes the way to obtain it.
     *
     * @param request starts one request, never a second one before the first has ended
     * @param usable whether what was obtained earlier still serves
     */
    Shared(Supplier<CompletableFuture<T>> request, Predicate<T> usable) {
        this.request = request;
        this.usable = usable;
    }

    /** Returns what is there or under way, else requests it; cancelling the future leaves the others theirs. */
    synchronized CompletableFuture<T> get() {
        if (latest == null || latest.isCompletedExceptionally() || latest.isDone() && !usable.test(latest.join())) {
            latest = request.get();
        }
        return latest.copy();
    }

    /** Has the next caller request it anew if what is there is the one refused. */
    synchronized void forget(Predicate<T> refused) {
        if (latest != null && latest.isDone() && !latest.isCompletedExceptionally() && refused.test(latest.join())) {
            latest = null;
        }
    }
}
