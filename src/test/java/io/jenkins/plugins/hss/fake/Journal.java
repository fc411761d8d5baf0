package io.jenkins.plugins.hss.fake;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What happened, in order. */
final class Journal {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final List<Call> calls = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();

    synchronized void add(Call call) {
        calls.add(call);
        notifyAll();
    }

    synchronized void violation(String words) {
        violations.add(words);
    }

    synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    synchronized List<Call> calls(Api api) {
        return calls.stream().filter(call -> call.api() == api).toList();
    }

    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    /** Waits for the call of that index. */
    synchronized Call call(int index) throws InterruptedException {
        while (calls.size() <= index) {
            wait();
        }
        return calls.get(index);
    }

    synchronized void await(Api api, int count, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (calls(api).size() < count) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                List<Api> seen = calls.stream().map(Call::api).toList();
                throw new AssertionError(
                        "%d calls of %s expected within %s, but seen %s".formatted(count, api, atMost, seen));
            }
            wait(left);
        }
    }

    int mostCallsInAMinute(Api api) {
        List<Instant> times = calls(api).stream().map(Call::at).sorted().toList();
        int most = 0;
        int first = 0;
        for (int last = 0; last < times.size(); last++) {
            while (!times.get(last).isBefore(times.get(first).plus(MINUTE))) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }
}
