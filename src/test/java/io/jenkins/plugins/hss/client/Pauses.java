package io.jenkins.plugins.hss.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Pauses that only the clock goes through. */
public final class Pauses implements CallContext.Sleeper {
    private final List<Duration> taken = new CopyOnWriteArrayList<>();
    private final SettableClock clock;
    private volatile Runnable meanwhile = () -> {};

    public Pauses(SettableClock clock) {
        this.clock = clock;
    }

    public SettableClock clock() {
        return clock;
    }

    /** What happens in each pause. */
    public void meanwhile(Runnable happening) {
        meanwhile = happening;
    }

    public List<Duration> taken() {
        return List.copyOf(taken);
    }

    @Override
    public void sleep(Duration pause) throws InterruptedException {
        taken.add(pause);
        clock.advance(pause);
        meanwhile.run();
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }
}
