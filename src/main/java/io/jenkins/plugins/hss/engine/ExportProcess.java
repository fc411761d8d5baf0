package io.jenkins.plugins.hss.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.hss.client.Backoff;
import io.jenkins.plugins.hss.client.CallContext;
import io.jenkins.plugins.hss.client.DeadlineExceededException;
import io.jenkins.plugins.hss.client.ExportRequest;
import io.jenkins.plugins.hss.client.ExportTask;
import io.jenkins.plugins.hss.client.HssClient;
import io.jenkins.plugins.hss.client.HssException;
import io.jenkins.plugins.hss.client.Operation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipException;

/** Exports one report, from the submit to the verdict, on the thread of the caller. */
public final class ExportProcess {
    private static final int MAX_CONNECTS = 4;
    private static final int MAX_DOWNLOADS = 3;

    private final ExportRequest request;
    private final ExportOptions options;
    private final PollInterval interval;
    private final ExportListener listener;
    private final CallContext context;
    private final HssClient client;
    private final Reads reads;
    private Instant lastRead;
    private String lastStatus;
    private HssException lastFailure;

    /**
     * Takes an export that has not begun, or one to go on with.
     *
     * @param client makes the calls within {@code context}
     * @param renewal asked when HSS refuses the credentials of a call that only reads
     */
    public ExportProcess(
            HssClient client,
            Renewal renewal,
            ExportRequest request,
            ExportOptions options,
            PollInterval interval,
            ExportListener listener,
            CallContext context) {
        this.client = client;
        this.reads = new Reads(client, renewal, context);
        this.request = request;
        this.options = options;
        this.interval = interval;
        this.listener = listener;
        this.context = context;
    }

    /**
     * How far an export had come before Jenkins was restarted.
     *
     * @param taskId null before the task exists
     * @param records null where they were not counted
     * @param reported whether the report is kept
     * @param ended whether the task was seen to end and all that was asked for was done
     */
    public record Progress(
            @CheckForNull String taskId, @CheckForNull Long records, boolean reported, boolean ended) {
        public static final Progress NONE = new Progress(null, null, false, false);
    }

    /**
     * Exports the report.
     *
     * @throws HssException when a call failed for good
     * @throws TaskFailedException when HSS says that the task has failed
     * @throws ExportTimeoutException when the deadline has passed
     * @throws InterruptedException when the thread was interrupted or the context cancelled
     */
    public ExportResult run(Progress known) throws IOException, InterruptedException {
        try {
            String taskId = known.taskId() == null ? submit() : known.taskId();
            Long records = known.records();
            if (records == null && options.counts()) {
                records = count();
            }
            if (options.waits() && !known.ended()) {
                ExportTask task = waitForEnd(taskId);
                if (options.archiveReport() && !known.reported()) {
                    download(task);
                }
            }
            return new ExportResult(taskId, records, options.verdict(records));
        } catch (DeadlineExceededException e) {
            throw timeout(e);
        }
    }

    private String submit() throws IOException, InterruptedException {
        int connects = 0;
        for (int attempt = 1; ; attempt++) {
            try {
                String taskId = client.submit(request, listener);
                lastFailure = null;
                listener.submitted(taskId);
                return taskId;
            } catch (HssException e) {
                lastFailure = e;
                connects += e.delivery() == HssException.Delivery.NOT_SENT ? 1 : 0;
                if (!mayBeRepeated(e, connects)) {
                    throw e;
                }
                Duration pause = Backoff.pause(e, attempt);
                listener.retrying(e, pause);
                context.sleep(pause);
            }
        }
    }

    /** Only where certainly no task was created: no connection, or a refusal that will pass. */
    private static boolean mayBeRepeated(HssException failure, int connects) {
        // IAM's failures were met with patience before they come here.
        if (failure.operation() != Operation.SUBMIT) {
            return false;
        }
        boolean notConnected = failure.delivery() == HssException.Delivery.NOT_SENT && failure.isTemporary();
        return failure.isThrottled() || failure.isGatewayUnavailable() || notConnected && connects < MAX_CONNECTS;
    }

    private long count() throws IOException, InterruptedException {
        long records = reads.read(hss -> hss.count(request));
        listener.counted(records);
        return records;
    }

    private ExportTask waitForEnd(String taskId) throws IOException, InterruptedException {
        Duration pause = interval.first(reads.client().expectedWait(Operation.STATUS));
        while (true) {
            context.sleep(pause);
            ExportTask task = reads.read(hss -> hss.task(taskId));
            lastRead = Instant.now();
            lastStatus = task.status();
            if (task.hasFailed()) {
                throw new TaskFailedException(taskId);
            }
            if (task.hasSucceeded()) {
                listener.succeeded();
                return task;
            }
            listener.running(task.status());
            pause = interval.after(pause);
        }
    }

    private void download(ExportTask task) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            Path file = listener.reportFile();
            reads.read(hss -> {
                hss.download(task, file);
                return null;
            });
            List<String> names;
            try {
                names = ReportFile.names(file);
            } catch (ZipException e) {
                if (attempt == MAX_DOWNLOADS) {
                    throw e;
                }
                continue;
            }
            listener.downloaded(file, names);
            return;
        }
    }

    private ExportTimeoutException timeout(DeadlineExceededException deadline) {
        HssException failure = lastFailure == null ? reads.lastFailure() : lastFailure;
        return new ExportTimeoutException(Stream.of(
                        Messages.ExportProcess_timeout(
                                Long.toString(options.timeout().toMinutes())),
                        lastRead == null
                                ? ""
                                : Messages.ExportProcess_lastRead(
                                        lastStatus,
                                        lastRead.truncatedTo(ChronoUnit.SECONDS).toString()),
                        deadline.isRateLimited() ? Messages.ExportProcess_rateLimited() : "",
                        failure == null ? "" : Messages.ExportProcess_lastFailure(failure.getMessage()))
                .filter(sentence -> !sentence.isEmpty())
                .collect(Collectors.joining(" ")));
    }
}
