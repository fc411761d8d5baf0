package io.jenkins.plugins.hss.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Where each call waits for its turn, so that the limits of the service are kept. */
@FunctionalInterface
public interface Gate {
    /** Lets every call pass at once. */
    Gate OPEN = operation -> CompletableFuture.completedFuture(new Turn() {});

    /** Completes when the call may be made; cancelling it gives the place in the queue up. */
    CompletableFuture<Turn> enter(Operation operation);

    /** The right to make one call; exactly one of its methods is called in the end. */
    interface Turn {
        /** The call has been made, with whatever end. */
        default void made() {}

        /** The service has refused the call: it counts, but nothing came of it. */
        default void refused() {
            made();
        }

        /** The call has certainly not reached the service. */
        default void unused() {}

        /** The service has refused the call as one too many. */
        default void throttled(Duration pause) {}
    }
}
