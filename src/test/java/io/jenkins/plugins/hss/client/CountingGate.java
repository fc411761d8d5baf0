package io.jenkins.plugins.hss.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A gate that keeps a book of the turns it grants. */
final class CountingGate implements Gate {
    private final List<List<String>> turns = new ArrayList<>();

    @Override
    public synchronized CompletableFuture<Turn> enter(Operation operation) {
        List<String> ends = new ArrayList<>();
        turns.add(ends);
        return CompletableFuture.completedFuture(new Turn() {
            @Override
            public void made() {
                end("made");
            }

            @Override
            public void unused() {
                end("unused");
            }

            @Override
            public void throttled(Duration pause) {
                end("throttled for " + pause.toSeconds());
            }

            private void end(String how) {
                synchronized (CountingGate.this) {
                    ends.add(how);
                }
            }
        });
    }

    /** How each turn has ended: a correct one with exactly one word. */
    synchronized List<List<String>> turns() {
        return turns.stream().map(List::copyOf).toList();
    }
}
