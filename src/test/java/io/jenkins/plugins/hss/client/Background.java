package io.jenkins.plugins.hss.client;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** Something that runs on a virtual thread of its own. */
public final class Background<T> {
    private final FutureTask<T> task;
    private final Thread thread;

    private Background(Callable<T> call) {
        task = new FutureTask<>(call);
        thread = Thread.ofVirtual().start(task);
    }

    public static <T> Background<T> start(Callable<T> call) {
        return new Background<>(call);
    }

    public boolean isDone() {
        return task.isDone();
    }

    /** Returns the result when it is there. */
    public T result() throws Exception {
        return task.get(TestContexts.LONG_ENOUGH.toSeconds(), TimeUnit.SECONDS);
    }

    /** Returns what was thrown when it is over. */
    public Throwable failure() {
        return assertThrows(ExecutionException.class, this::result).getCause();
    }

    /** Returns this as soon as the thread waits for something with a bound, or has ended. */
    public Background<T> whenWaiting() {
        until(() -> isDone() || thread.getState() == Thread.State.TIMED_WAITING);
        return this;
    }

    public void interrupt() {
        thread.interrupt();
    }

    /** Looks every millisecond. */
    static void until(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(TestContexts.LONG_ENOUGH)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(condition);
    }
}
