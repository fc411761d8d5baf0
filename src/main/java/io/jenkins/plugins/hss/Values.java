package io.jenkins.plugins.hss;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.hss.client.ExportField;
import io.jenkins.plugins.hss.client.ExportRequest;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/** Puts what people wrote into a request: variables expanded, numbers and times read. */
final class Values {
    private final ExportRequest.Builder request;
    private final UnaryOperator<String> expand;
    private final Instant now;

    Values(ExportRequest.Builder request, UnaryOperator<String> expand, Instant now) {
        this.request = request;
        this.expand = expand;
        this.now = now;
    }

    void text(ExportField field, @CheckForNull String value) {
        if (value != null) {
            request.with(field, expand.apply(value));
        }
    }

    void texts(ExportField field, @CheckForNull List<String> values) {
        if (values != null) {
            request.with(field, values.stream().map(expand).toList());
        }
    }

    void number(ExportField field, @CheckForNull String value) {
        if (value != null) {
            request.with(field, Numbers.parse(field.parameter(), expand.apply(value)));
        }
    }

    void time(ExportField field, @CheckForNull String value) {
        if (value != null) {
            request.with(field, Times.parse(field.parameter(), expand.apply(value), now));
        }
    }
}
