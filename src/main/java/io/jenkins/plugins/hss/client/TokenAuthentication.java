package io.jenkins.plugins.hss.client;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A caller who holds a token of IAM that somebody else obtained. */
public final class TokenAuthentication implements Authentication {
    private final String token;

    /**
     * Takes a token of 1 to 32,768 characters that may stand in an HTTP header.
     *
     * @throws IllegalArgumentException with a message for people otherwise
     */
    public TokenAuthentication(String token) {
        if (!isToken(token)) {
            throw new IllegalArgumentException(Messages.TokenAuthentication_malformed());
        }
        this.token = token;
    }

    static boolean isToken(String text) {
        return text.matches("[\\x21-\\x7e]{1,32768}");
    }

    @Override
    public CompletableFuture<Map<String, String>> headers(Call call) {
        return CompletableFuture.completedFuture(Map.of("X-Auth-Token", token));
    }

    @Override
    public CompletableFuture<String> projectId() {
        return CompletableFuture.failedFuture(
                new IllegalArgumentException(Messages.TokenAuthentication_projectNeeded()));
    }

    @Override
    public String refusedHint() {
        return Messages.Hint_token();
    }

    @Override
    public List<String> secrets() {
        return List.of(token);
    }
}
