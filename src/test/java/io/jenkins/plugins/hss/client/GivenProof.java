package io.jenkins.plugins.hss.client;

import io.jenkins.plugins.hss.fake.FakeHss;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A caller whose proof comes from outside. */
record GivenProof(Supplier<CompletableFuture<Map<String, String>>> proof) implements Authentication {
    @Override
    public CompletableFuture<Map<String, String>> headers(Call call) {
        return proof.get();
    }

    @Override
    public boolean renew(Map<String, String> refused) {
        throw new IllegalStateException("no renewal");
    }

    @Override
    public CompletableFuture<String> projectId() {
        return CompletableFuture.completedFuture(FakeHss.PROJECT);
    }

    @Override
    public String refusedHint() {
        return "";
    }

    @Override
    public List<String> secrets() {
        return List.of();
    }
}
