package io.jenkins.plugins.hss.form;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.hss.client.ExportField;
import io.jenkins.plugins.hss.client.ExportRequest;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/** Maps parameters to the fields of a request: variables expanded, numbers and times parsed. */
public final class RequestMapper {
    private final ExportRequest.Builder request;
    private final UnaryOperator<String> expand;
    private final Instant now;

    public RequestMapper(ExportRequest.Builder request, UnaryOperator<String> expand, Instant now) {
        this.request = request;
        this.expand = expand;
        this.now = now;
    }

    public void text(ExportField field, @CheckForNull String value) {
        if (value != null) {
            request.with(field, expand.apply(value));
        }
    }

    public void texts(ExportField field, @CheckForNull List<String> values) {
        if (values != null) {
            request.with(field, values.stream().map(expand).toList());
        }
    }

    public void number(ExportField field, @CheckForNull String value) {
        if (value != null) {
            request.with(field, ParameterParser.number(field.parameter(), expand.apply(value)));
        }
    }

    public void time(ExportField field, @CheckForNull String value) {
        if (value != null) {
            request.with(field, ParameterParser.time(field.parameter(), expand.apply(value), now));
        }
    }
}
