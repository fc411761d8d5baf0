package io.jenkins.plugins.hss.client;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Logs an IAM user in, and again before the token ends or when it is refused. */
public final class IamUserAuthentication implements Authentication {
    private static final String HEADER = "X-Auth-Token";
    /** A response may still be on its way when the token of its request is replaced. */
    private static final int REMEMBERED_TOKENS = 2;

    private final IamClient iam;
    private final IamUser user;
    private final IamProject project;
    private final SingleFlight<IamToken> token;
    private volatile List<String> latestTokens = List.of();

    /**
     * Takes the user and the project that all requests are for.
     *
     * @param clock tells when a token wants renewal
     */
    public IamUserAuthentication(IamClient iam, IamUser user, IamProject project, Clock clock) {
        this.iam = iam;
        this.user = user;
        this.project = project;
        this.token = new SingleFlight<>(held -> held.isFresh(clock.instant()));
    }

    private IamToken token(CallContext context) throws IOException, InterruptedException {
        return token.get(() -> remember(iam.token(user, project, context)), context);
    }

    private IamToken remember(IamToken obtained) {
        latestTokens = Stream.concat(Stream.of(obtained.value()), latestTokens.stream())
                .limit(REMEMBERED_TOKENS)
                .toList();
        return obtained;
    }

    @Override
    public Map<String, String> headers(ApiRequest request, CallContext context)
            throws IOException, InterruptedException {
        return Map.of(HEADER, token(context).value());
    }

    @Override
    public boolean renew(Map<String, String> refused) {
        token.forget(held -> held.value().equals(refused.get(HEADER)));
        return true;
    }

    @Override
    public String projectId(CallContext context) throws IOException, InterruptedException {
        return token(context).projectId();
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
