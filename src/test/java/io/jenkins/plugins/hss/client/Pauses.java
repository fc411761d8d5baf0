package io.jenkins.plugins.hss.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;

/** Pauses that only the clock goes through. */
final class Pauses implements Function<Duration, Executor> {
    private final List<Duration> taken = new CopyOnWriteArrayList<>();
    private final SettableClock clock;
    private volatile Runnable meanwhile = () -> {};

    Pauses(SettableClock clock) {
        this.clock = clock;
    }

    SettableClock clock() {
        return clock;
    }

    /** What happens in each pause. */
    void meanwhile(Runnable happening) {
        meanwhile = happening;
    }

    List<Duration> taken() {
        return List.copyOf(taken);
    }

    @Override
    public Executor apply(Duration pause) {
        return next -> {
            taken.add(pause);
            clock.advance(pause);
            meanwhile.run();
            ForkJoinPool.commonPool().execute(next);
        };
    }
}
