package io.jenkins.plugins.hss.fake;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** The gateway's limit of calls a minute, for each account and API. */
final class Throttle {
    private record Key(String account, Api api) {}

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Map<Key, Deque<Instant>> accepted = new HashMap<>();
    private int limit = Integer.MAX_VALUE;

    synchronized void limit(int callsPerMinute) {
        limit = callsPerMinute;
    }

    synchronized void check(String account, Api api, Instant now) {
        Deque<Instant> calls = accepted.computeIfAbsent(new Key(account, api), key -> new ArrayDeque<>());
        while (!calls.isEmpty() && !now.isBefore(calls.peek().plus(MINUTE))) {
            calls.remove();
        }
        if (calls.size() >= limit) {
            String message =
                    "The throttling threshold has been reached: policy user over ratelimit,limit:%d,time:1 minute";
            throw new Refusal(Answers.gateway(429, "APIGW.0308", message.formatted(limit)));
        }
        calls.add(now);
    }
}
