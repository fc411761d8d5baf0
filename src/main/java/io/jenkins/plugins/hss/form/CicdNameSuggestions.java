package io.jenkins.plugins.hss.form;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.model.Item;
import hudson.util.ComboBoxModel;
import hudson.util.Secret;
import io.jenkins.plugins.hss.client.CallContext;
import io.jenkins.plugins.hss.client.HssClient;
import io.jenkins.plugins.hss.config.ConnectionOverrides;
import io.jenkins.plugins.hss.config.HssThreads;
import io.jenkins.plugins.hss.config.ResolvedConnection;
import java.io.IOException;
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
 * The names of CI/CD accesses that a job's form suggests: requested once in five minutes, and left out where HSS doesn't
 * answer at once.
 */
public final class CicdNameSuggestions {
    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final long MAX_WAIT_SECONDS = 3;
    private static final Map<Key, Suggestions> SUGGESTIONS = new ConcurrentHashMap<>();

    private record Key(String account, Secret secret, HssClient.Scope scope) {
        @Override
        public String toString() {
            return account;
        }
    }

    /** A failure is kept as well: an access key that is refused too often gets locked. */
    private record Suggestions(Instant until, CompletableFuture<List<String>> names) {
        boolean isOver(Instant now) {
            return !now.isBefore(until);
        }
    }

    private CicdNameSuggestions() {}

    public static ComboBoxModel items(@CheckForNull Item item, ConnectionOverrides overrides)
            throws InterruptedException {
        if (!FieldChecks.mayConfigure(item)) {
            return new ComboBoxModel();
        }
        try {
            return new ComboBoxModel(
                    request(ResolvedConnection.ofItem(item, overrides)).get(MAX_WAIT_SECONDS, TimeUnit.SECONDS));
        } catch (AbortException | ExecutionException | TimeoutException e) {
            return new ComboBoxModel();
        }
    }

    private static CompletableFuture<List<String>> request(ResolvedConnection connection) {
        Instant now = Instant.now();
        SUGGESTIONS.values().removeIf(suggestions -> suggestions.isOver(now));
        Suggestions mine = new Suggestions(now.plus(LIFETIME), new CompletableFuture<>());
        Suggestions earlier =
                SUGGESTIONS.putIfAbsent(new Key(connection.account(), connection.secret(), connection.scope()), mine);
        if (earlier != null) {
            return earlier.names;
        }
        HssThreads.start(() -> {
            try {
                HssClient client = connection.client(new CallContext(mine.until));
                mine.names.complete(client.cicdAccesses().names());
            } catch (IOException | InterruptedException | RuntimeException e) {
                mine.names.completeExceptionally(e);
            }
        });
        return mine.names;
    }
}
