package io.jenkins.plugins.hss.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.hss.client.ExportRequest;
import io.jenkins.plugins.hss.client.ExportTask;
import io.jenkins.plugins.hss.client.Gate;
import io.jenkins.plugins.hss.client.HssClient;
import io.jenkins.plugins.hss.client.Operation;
import io.jenkins.plugins.hss.client.Retry;
import io.jenkins.plugins.hss.client.Steps;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.zip.ZipException;

/** One export on its way from the queue to its end: calls and pauses, without a thread of its own. */
public final class ExportRun {
    private static final int MOST_DOWNLOADS = 3;

    private final HssClient client;
    private final ExportRequest request;
    private final Plan plan;
    private final Progress progress;
    private final Executor executor;
    private final Executor diskExecutor;
    private final Steps<Void> whole = new Steps<>();

    /**
     * Prepares a run.
     *
     * @param client makes a client whose calls pass the gate that it is given
     * @param gate where calls wait for their turn
     * @param executor runs what follows an answer
     * @param diskExecutor runs what may take long on disk
     */
    public ExportRun(
            Function<Gate, HssClient> client,
            Gate gate,
            ExportRequest request,
            Plan plan,
            Progress progress,
            Executor executor,
            Executor diskExecutor) {
        this.client = client.apply(new MarkingGate(gate, progress));
        this.request = request;
        this.plan = plan;
        this.progress = progress;
        this.executor = executor;
        this.diskExecutor = diskExecutor;
    }

    /**
     * Starts, or goes on with a task that exists already.
     *
     * @return ends with the run; with a {@link TimeoutException} when the deadline has passed, without a call when that
     *     was before the start
     */
    public CompletableFuture<Void> start(@CheckForNull String knownTaskId) {
        if (knownTaskId != null && plan.asksForNothingMore()) {
            return CompletableFuture.completedFuture(null);
        }
        long left = Duration.between(Instant.now(), plan.deadline()).toMillis();
        if (left <= 0) {
            return CompletableFuture.failedFuture(new TimeoutException());
        }
        CompletableFuture<String> task = knownTaskId == null
                ? whole.step(() -> client.submit(request)).thenApply(id -> tell(id, progress::submitted))
                : CompletableFuture.completedFuture(knownTaskId);
        whole.endWith(task.thenCompose(this::count).thenCompose(this::follow).thenCompose(this::report));
        Steps<Void> bounded = new Steps<>();
        return bounded.endWith(bounded.step(() -> whole)
                .copy()
                .orTimeout(left, TimeUnit.MILLISECONDS)
                // Not on the one thread that all timers of the process share.
                .whenCompleteAsync(
                        (done, failure) -> {
                            if (failure instanceof TimeoutException) {
                                whole.cancel(true);
                            }
                        },
                        executor));
    }

    private CompletableFuture<String> count(String taskId) {
        return plan.count()
                ? whole.step(() -> read(() -> client.count(request))).thenApply(records -> {
                    tell(records, progress::counted);
                    return taskId;
                })
                : CompletableFuture.completedFuture(taskId);
    }

    private CompletableFuture<ExportTask> follow(String taskId) {
        if (!plan.follow() && !plan.report()) {
            return CompletableFuture.completedFuture(null);
        }
        return whole.step(() -> new Polling(client, taskId, progress::running, executor).start())
                .thenApply(task -> {
                    if (task.hasFailed()) {
                        throw new CompletionException(new TaskFailedException(taskId));
                    }
                    tell(progress::succeeded);
                    return task;
                });
    }

    private CompletableFuture<Void> report(@CheckForNull ExportTask task) {
        return plan.report() ? report(task, 1) : CompletableFuture.completedFuture(null);
    }

    private CompletableFuture<Void> report(ExportTask task, int attempt) {
        if (whole.isDone()) {
            // Whoever ended it has cleaned up already.
            return CompletableFuture.failedFuture(new CancellationException());
        }
        Path file = tell(progress::reportFile);
        return whole.step(() -> read(() -> client.download(task.fileId(), file)))
                .thenApplyAsync(size -> names(file), diskExecutor)
                .handle((names, failure) -> {
                    if (failure == null) {
                        return whole.step(() -> CompletableFuture.runAsync(
                                () -> tell(() -> progress.report(file, names)), diskExecutor));
                    }
                    Throwable cause = Steps.cause(failure);
                    return cause instanceof ZipException && attempt < MOST_DOWNLOADS
                            ? report(task, attempt + 1)
                            : CompletableFuture.<Void>failedFuture(cause);
                })
                .thenCompose(Function.identity());
    }

    private static List<String> names(Path file) {
        try {
            return ReportFile.names(file);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    /** Reads ride out what passes, for as long as the deadline allows. */
    private <T> CompletableFuture<T> read(Supplier<CompletableFuture<T>> call) {
        return Retry.repeat(call, (failure, attempt, pause) -> failure.isTemporary(), executor);
    }

    private interface News<T> {
        void tell(T news) throws IOException;
    }

    private interface Source<T> {
        T get() throws IOException;
    }

    private interface Event {
        void tell() throws IOException;
    }

    private static <T> T tell(T value, News<T> news) {
        tell(() -> news.tell(value));
        return value;
    }

    private static void tell(Event event) {
        tell(() -> {
            event.tell();
            return null;
        });
    }

    private static <T> T tell(Source<T> source) {
        try {
            return source.get();
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    /** Marks a submit before it is sent, and takes the mark back where it certainly created nothing. */
    private record MarkingGate(Gate gate, Progress progress) implements Gate {
        @Override
        public CompletableFuture<Turn> enter(Operation operation) {
            if (operation != Operation.SUBMIT) {
                return gate.enter(operation);
            }
            Steps<Turn> marked = new Steps<>();
            marked.step(() -> gate.enter(operation)).whenComplete((turn, failure) -> {
                if (failure != null) {
                    marked.completeExceptionally(Steps.cause(failure));
                    return;
                }
                try {
                    progress.submitting();
                } catch (IOException | RuntimeException e) {
                    turn.unused();
                    marked.completeExceptionally(e);
                    return;
                }
                Turn mine = new MarkedTurn(turn, progress);
                if (!marked.complete(mine)) {
                    mine.unused();
                }
            });
            return marked;
        }
    }

    private record MarkedTurn(Gate.Turn turn, Progress progress) implements Gate.Turn {
        @Override
        public void made() {
            turn.made();
        }

        @Override
        public void refused() {
            turn.refused();
            tell(progress::notSubmitted);
        }

        @Override
        public void unused() {
            turn.unused();
            tell(progress::notSubmitted);
        }

        @Override
        public void throttled(Duration pause) {
            turn.throttled(pause);
            tell(progress::notSubmitted);
            progress.waiting(Operation.SUBMIT, pause);
        }
    }
}
