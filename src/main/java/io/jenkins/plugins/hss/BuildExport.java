package io.jenkins.plugins.hss;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.hss.client.ExportField;
import io.jenkins.plugins.hss.client.ExportRequest;
import io.jenkins.plugins.hss.client.Gate;
import io.jenkins.plugins.hss.client.Steps;
import io.jenkins.plugins.hss.config.HssAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** One export of one build: checks it, carries it out, and tells log and page how it goes. */
final class BuildExport {
    private final TaskListener listener;
    private final HssExportsAction action;
    private final int number;
    private final HssAccess access;
    private final ExportRequest request;

    private BuildExport(
            TaskListener listener, HssExportsAction action, int number, HssAccess access, ExportRequest request) {
        this.listener = listener;
        this.action = action;
        this.number = number;
        this.access = access;
        this.request = request;
    }

    /**
     * Checks everything that can be checked without a call, and takes the export into the build.
     *
     * @param expand replaces variables in texts
     * @throws AbortException when something is wrong that a person has to mend
     */
    static BuildExport prepare(
            Run<?, ?> run, TaskListener listener, ImageReportExport export, UnaryOperator<String> expand)
            throws IOException {
        Instant now = Instant.now();
        ExportRequest request;
        String variable = ImageReportExport.expanded(expand, export.getTaskIdVariable());
        try {
            request = export.toRequest(expand, now);
            if (variable != null) {
                TaskIdVariable.check(variable);
            }
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
        HssAccess access = HssAccess.of(run, export.toTarget(expand));
        HssExportsAction action = HssExportsAction.of(run);
        warnOfUnknownWords(request, listener);
        boolean first = action.getExports().stream()
                .noneMatch(other ->
                        other.getCredentialsId().equals(access.credentials().getId()));
        if (first) {
            CredentialsProvider.track(run, access.credentials());
        }
        int number = action.add(new ExportRecord(
                request.reportType(),
                ImageReportExport.expanded(expand, export.getCicdName()),
                access.place(),
                access.credentials().getId(),
                variable,
                now.toEpochMilli()));
        return new BuildExport(listener, action, number, access, request);
    }

    private static void warnOfUnknownWords(ExportRequest request, TaskListener listener) {
        request.unknownWords()
                .forEach((field, word) -> log(listener, Messages.BuildExport_unknownWord(field.parameter(), word)));
    }

    /** Submits the export and returns the task's ID. */
    CompletableFuture<String> start() {
        String cicdName = action.get(number).getCicdName();
        log(
                listener,
                Messages.BuildExport_submitting(
                        Choices.label(ExportField.SECURITY_REPORT_TYPE, request.reportType()),
                        cicdName == null ? "" : Messages.BuildExport_ofCicd(cicdName),
                        access.place(),
                        access.scope().projectId() == null
                                ? ""
                                : Messages.BuildExport_inProject(access.scope().projectId()),
                        access.credentials().getId()));
        Steps<String> steps = new Steps<>();
        try {
            action.put(number, action.get(number).in(ExportRecord.State.SUBMITTING));
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
        return steps.endWith(steps.step(() -> access.client(Gate.OPEN).submit(request))
                .thenApply(this::submitted)
                .whenComplete(this::ended));
    }

    private String submitted(String taskId) {
        try {
            action.put(number, action.get(number).submitted(taskId, System.currentTimeMillis()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        log(listener, Messages.BuildExport_submitted(taskId));
        return taskId;
    }

    private void ended(@CheckForNull String taskId, @CheckForNull Throwable failure) {
        if (failure == null) {
            return;
        }
        Throwable cause = Steps.cause(failure);
        try {
            action.put(number, action.get(number).failed(cause.getMessage()));
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** Returns how a failure ends a build: without a stack trace where the message says it all. */
    static Throwable forBuild(Throwable failure) {
        Throwable cause = Steps.cause(failure);
        boolean explained = cause instanceof io.jenkins.plugins.hss.client.HssException
                || cause instanceof IllegalArgumentException;
        return explained ? new AbortException(cause.getMessage()) : cause;
    }

    private static void log(TaskListener listener, String message) {
        listener.getLogger().println("[HSS] " + message);
    }
}
