package io.jenkins.plugins.hss;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.model.Item;
import hudson.util.ComboBoxModel;
import hudson.util.Secret;
import io.jenkins.plugins.hss.client.CicdAccesses;
import io.jenkins.plugins.hss.client.HssClient;
import io.jenkins.plugins.hss.config.HssAccess;
import io.jenkins.plugins.hss.config.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The names of CI/CD accesses that a job's form proposes: asked of HSS once in some minutes, and simply not there where
 * HSS doesn't answer at once.
 */
final class CicdNames {
    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final long LONGEST_WAIT_SECONDS = 3;
    private static final Map<Key, Asked> ASKED = new ConcurrentHashMap<>();

    private record Key(String account, Secret secret, HssClient.Scope scope) {}

    /** A failure is kept as well: an access key that is refused too often gets locked. */
    private record Asked(Instant until, CompletableFuture<List<String>> names) {
        boolean isOver(Instant now) {
            return !now.isBefore(until);
        }
    }

    private CicdNames() {}

    static ComboBoxModel choices(@CheckForNull Item item, Target target) throws InterruptedException {
        if (!Checks.mayConfigure(item)) {
            return new ComboBoxModel();
        }
        try {
            return new ComboBoxModel(ask(HssAccess.of(item, target)).get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS));
        } catch (AbortException | ExecutionException | TimeoutException e) {
            return new ComboBoxModel();
        }
    }

    private static CompletableFuture<List<String>> ask(HssAccess access) {
        Instant now = Instant.now();
        ASKED.values().removeIf(asked -> asked.isOver(now));
        Asked mine = new Asked(now.plus(LIFETIME), new CompletableFuture<>());
        Asked earlier = ASKED.putIfAbsent(new Key(access.account(), access.secret(), access.scope()), mine);
        if (earlier != null) {
            return earlier.names;
        }
        access.client().cicdAccesses().thenApply(CicdAccesses::names).whenComplete((names, failure) -> {
            if (failure == null) {
                mine.names.complete(names);
            } else {
                mine.names.completeExceptionally(failure);
            }
        });
        return mine.names;
    }
}
