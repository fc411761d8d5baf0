package io.jenkins.plugins.hss.client;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Collects what is known of a failed call, and words it. */
final class Failure {
    final Operation operation;
    HssException.Fate fate = HssException.Fate.ANSWERED;
    int status;
    String code = "";
    String serviceMessage = "";
    String requestId = "";
    String hint = "";
    boolean temporary;

    @CheckForNull
    Duration retryAfter;

    private String cause = "";

    Failure(Operation operation) {
        this.operation = operation;
    }

    /** Says in words what happened where there is no answer, or none that can be read. */
    Failure because(String words) {
        cause = words;
        return this;
    }

    HssException toException() {
        String answer = Stream.of(
                        status == 0 ? "" : "HTTP " + status,
                        code,
                        serviceMessage.isEmpty() ? "" : Messages.Failure_words(serviceMessage),
                        requestId.isEmpty() ? "" : Messages.Failure_request(requestId))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(Messages.Failure_separator()));
        String what = Stream.of(cause, answer).filter(part -> !part.isEmpty()).collect(Collectors.joining(" – "));
        return new HssException(
                this,
                Messages.Failure_message(operation.displayName(), what, hint).trim());
    }
}
