package io.jenkins.plugins.hss.client;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** A caller who logs in at IAM when a token is first needed, and again before it ends or when it is refused. */
public final class IamUserAuthentication implements Authentication {
    private static final String HEADER = "X-Auth-Token";
    /** An answer may still be on its way when the token of its call is replaced. */
    private static final int REMEMBERED = 2;

    private final IamUser user;
    private final Shared<IamToken> token;
    private volatile List<String> latestTokens = List.of();

    /**
     * Takes the user and the project that all calls are for.
     *
     * @param clock tells when a token wants renewal
     */
    public IamUserAuthentication(IamClient iam, IamUser user, IamProject project, Clock clock) {
        this.user = user;
        this.token = new Shared<>(
                () -> iam.token(user, project).thenApply(this::remember), held -> held.isFresh(clock.instant()));
    }

    private IamToken remember(IamToken obtained) {
        latestTokens = Stream.concat(Stream.of(obtained.value()), latestTokens.stream())
                .limit(REMEMBERED)
                .toList();
        return obtained;
    }

    @Override
    public CompletableFuture<Map<String, String>> headers(Call call) {
        return token.get().thenApply(held -> Map.of(HEADER, held.value()));
    }

    @Override
    public boolean renew(Map<String, String> refused) {
        token.forget(held -> held.value().equals(refused.get(HEADER)));
        return true;
    }

    @Override
    public CompletableFuture<String> projectId() {
        return token.get().thenApply(IamToken::projectId);
    }

    @Override
    public String refusedHint() {
        return Messages.Hint_iamToken();
    }

    @Override
    public List<String> secrets() {
        // The tokens first: the password might be a part of one.
        return Stream.concat(latestTokens.stream(), user.secrets().stream()).toList();
    }
}
