package io.jenkins.plugins.hss.run;

import io.jenkins.plugins.hss.client.ExportTask;
import io.jenkins.plugins.hss.client.HssClient;
import io.jenkins.plugins.hss.client.Retry;
import io.jenkins.plugins.hss.client.Steps;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Reads the state of a task, less and less often, until the task has ended. */
final class Polling {
    private final HssClient client;
    private final String taskId;
    private final Consumer<String> running;
    private final Executor executor;
    private final Pace pace = Pace.usual();
    private final Steps<ExportTask> end = new Steps<>();

    /**
     * Prepares the reading.
     *
     * @param running told the service's word on each read that finds the task still running
     */
    Polling(HssClient client, String taskId, Consumer<String> running, Executor executor) {
        this.client = client;
        this.taskId = taskId;
        this.running = running;
        this.executor = executor;
    }

    CompletableFuture<ExportTask> start() {
        readAfter(pace.first());
        return end;
    }

    /** Not a chain of futures: it would grow with every read. */
    private void readAfter(Duration pause) {
        end.pause(pause.toMillis(), executor)
                .thenCompose(rested -> end.step(() -> Retry.repeat(
                        () -> client.task(taskId), (failure, attempt, wait) -> failure.isTemporary(), executor)))
                .whenComplete((task, failure) -> {
                    if (failure != null) {
                        end.completeExceptionally(Steps.cause(failure));
                    } else if (task.hasSucceeded() || task.hasFailed()) {
                        end.complete(task);
                    } else {
                        running.accept(task.status());
                        readAfter(pace.after(pause));
                    }
                });
    }
}
