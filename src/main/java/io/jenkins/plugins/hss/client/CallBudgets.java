package io.jenkins.plugins.hss.client;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.ToLongFunction;

/** The budgets of the whole controller: one for each account and API. */
public final class CallBudgets {
    private static final Map<Key, CallBudget> BUDGETS = new ConcurrentHashMap<>();

    private record Key(String account, Operation operation) {}

    private CallBudgets() {}

    /**
     * Returns the gate for one caller.
     *
     * @param account who the service counts the calls for
     * @param callsPerMinute what the caller's connection allows
     * @param rank who goes first at an API: the smallest one, among equals whoever came first
     * @param waiting told where the caller has to wait for a while, and for how long about
     * @param executor runs whatever follows a turn
     */
    public static Gate gate(
            String account,
            int callsPerMinute,
            ToLongFunction<Operation> rank,
            BiConsumer<Operation, Duration> waiting,
            Executor executor) {
        return operation -> BUDGETS.computeIfAbsent(
                        new Key(account, operation), key -> new CallBudget(executor, System::nanoTime))
                .enter(callsPerMinute, rank.applyAsLong(operation), wait -> waiting.accept(operation, wait));
    }
}
