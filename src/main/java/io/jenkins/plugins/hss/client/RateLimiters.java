package io.jenkins.plugins.hss.client;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/** The rate limiters of a controller: one for each API of each host. */
public final class RateLimiters {
    private final LongSupplier nanoTime;
    private final Map<Key, SlidingWindowRateLimiter> limiters = new ConcurrentHashMap<>();
    private volatile boolean closed;

    private record Key(URI endpoint, Operation operation) {}

    public RateLimiters() {
        this(System::nanoTime);
    }

    RateLimiters(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Who calls a host, and how often the host may be called.
     *
     * @param endpoint scheme, host and port
     * @param account whom the service counts the calls for
     * @param callsPerMinute the calls a minute of each API that the account may make
     * @param hostCallsPerMinute the calls a minute of each API that all accounts together may make
     */
    public record Caller(URI endpoint, String account, int callsPerMinute, int hostCallsPerMinute) {}

    /**
     * Returns the limiter for one caller.
     *
     * @param rank the order in which permits for an API are granted: the smallest rank first, among equals whoever came
     *     first
     * @param waiting told when a permit has to be waited for, and about how long
     * @param submitsPaused whether no export may be submitted just now; null for never
     */
    public RateLimiter of(
            Caller caller,
            ToLongFunction<Operation> rank,
            BiConsumer<Operation, Duration> waiting,
            @CheckForNull BooleanSupplier submitsPaused) {
        return new CallerLimiter(caller, rank, waiting, submitsPaused);
    }

    /** Grants no permit any more; whoever waits for one goes on waiting. */
    public void close() {
        closed = true;
        limiters.values().forEach(SlidingWindowRateLimiter::close);
    }

    /** Has the limiters look at the clock again. */
    void refresh() {
        limiters.values().forEach(SlidingWindowRateLimiter::refresh);
    }

    private final class CallerLimiter implements RateLimiter {
        private final Caller caller;
        private final ToLongFunction<Operation> rank;
        private final BiConsumer<Operation, Duration> waiting;
        private final BooleanSupplier submitsPaused;

        CallerLimiter(
                Caller caller,
                ToLongFunction<Operation> rank,
                BiConsumer<Operation, Duration> waiting,
                @CheckForNull BooleanSupplier submitsPaused) {
            this.caller = caller;
            this.rank = rank;
            this.waiting = waiting;
            this.submitsPaused = submitsPaused;
        }

        @Override
        public Permit acquire(Operation operation, CallContext context) throws IOException, InterruptedException {
            return limiter(operation).acquire(claim(operation), context);
        }

        @Override
        public Duration expectedWait(Operation operation) {
            return limiter(operation).expectedWait(claim(operation));
        }

        private SlidingWindowRateLimiter.Claim claim(Operation operation) {
            return new SlidingWindowRateLimiter.Claim(
                    caller.account,
                    caller.callsPerMinute,
                    Math.max(caller.callsPerMinute, caller.hostCallsPerMinute),
                    rank.applyAsLong(operation),
                    operation == Operation.SUBMIT ? submitsPaused : null,
                    wait -> waiting.accept(operation, wait));
        }

        private SlidingWindowRateLimiter limiter(Operation operation) {
            SlidingWindowRateLimiter limiter = limiters.computeIfAbsent(
                    new Key(caller.endpoint, operation), key -> new SlidingWindowRateLimiter(nanoTime));
            if (closed) {
                limiter.close();
            }
            return limiter;
        }
    }
}
