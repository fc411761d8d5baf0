package io.jenkins.plugins.hss.client;

import io.jenkins.plugins.hss.client.Gate.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;

/** A budget on one thread and a clock of its own: nothing waits. */
final class SettableBudget {
    /** System.nanoTime may overflow at any time. */
    private static final long BEGINNING =
            Long.MAX_VALUE - Duration.ofSeconds(30).toNanos();

    private final PriorityQueue<Alarm> alarms = new PriorityQueue<>(Comparator.comparing(Alarm::at));
    private final List<Duration> told = new ArrayList<>();
    private Duration time = Duration.ZERO;
    private final CallBudget budget = new CallBudget(
            Runnable::run,
            () -> BEGINNING + time.toNanos(),
            pause -> task -> alarms.add(new Alarm(time.plus(pause), task)));

    private record Alarm(Duration at, Runnable task) {}

    CallBudget budget() {
        return budget;
    }

    /** The waits that were told since the last time that they were asked for. */
    List<Duration> told() {
        List<Duration> news = List.copyOf(told);
        told.clear();
        return news;
    }

    /** How long it has lasted. */
    Duration time() {
        return time;
    }

    CompletableFuture<Turn> enter(int limit, long rank) {
        return budget.enter(limit, rank, told::add);
    }

    CompletableFuture<Turn> enter() {
        return enter(5, 0);
    }

    void pass(Duration duration) {
        Duration end = time.plus(duration);
        while (!alarms.isEmpty() && alarms.peek().at().compareTo(end) <= 0) {
            Alarm alarm = alarms.remove();
            time = alarm.at();
            alarm.task().run();
        }
        time = end;
    }

    void make(int calls) {
        for (int i = 0; i < calls; i++) {
            enter().join().made();
        }
    }
}
