package io.jenkins.plugins.hss.fake;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;

/** The answers that tests asked for, by API. */
final class Plan {
    private final Map<Api, Deque<Answer>> next = new EnumMap<>(Api.class);
    private final Map<Api, Answer> always = new EnumMap<>(Api.class);

    synchronized void next(Api api, Collection<Answer> answers) {
        next.computeIfAbsent(api, key -> new ArrayDeque<>()).addAll(answers);
    }

    synchronized void always(Api api, Answer answer) {
        always.put(api, answer);
    }

    synchronized Answer take(Api api) {
        Deque<Answer> waiting = next.get(api);
        Answer answer = waiting == null || waiting.isEmpty() ? always.get(api) : waiting.remove();
        return answer == null ? Answers.behave() : answer;
    }
}
