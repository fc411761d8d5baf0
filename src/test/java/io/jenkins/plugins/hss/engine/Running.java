package io.jenkins.plugins.hss.engine;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.hss.client.TestContexts;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** An export on a thread of its own. */
record Running(Thread thread, FutureTask<ExportResult> task) {
    static Running on(Thread.Builder threads, Callable<ExportResult> export) {
        FutureTask<ExportResult> task = new FutureTask<>(export);
        return new Running(threads.name("export").start(task), task);
    }

    ExportResult result() throws Exception {
        return task.get(TestContexts.LONG_ENOUGH.toSeconds(), TimeUnit.SECONDS);
    }

    Throwable failure() {
        return failureWithin(TestContexts.LONG_ENOUGH);
    }

    <T extends Throwable> T failure(Class<T> type) {
        return assertInstanceOf(type, failure());
    }

    Throwable failureWithin(Duration time) {
        return assertThrows(ExecutionException.class, () -> task.get(time.toMillis(), TimeUnit.MILLISECONDS))
                .getCause();
    }
}
