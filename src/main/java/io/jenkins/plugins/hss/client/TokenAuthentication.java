package io.jenkins.plugins.hss.client;

import java.util.List;
import java.util.Map;

/** Authenticates with a token that somebody else obtained from IAM. */
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
    public Map<String, String> headers(ApiRequest request, CallContext context) {
        return Map.of("X-Auth-Token", token);
    }

    @Override
    public String projectId(CallContext context) throws HssException {
        HssException.Builder failure = new HssException.Builder(Operation.PROJECT);
        failure.cause = Messages.TokenAuthentication_projectNeeded();
        throw failure.build();
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
