package io.jenkins.plugins.hss.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.hss.client.Backoff;
import io.jenkins.plugins.hss.client.CallContext;
import io.jenkins.plugins.hss.client.HssClient;
import io.jenkins.plugins.hss.client.HssException;
import java.io.IOException;

/** Makes calls that only read, and rides out what passes, for as long as the deadline allows. */
final class Reads {
    private final Renewal renewal;
    private final CallContext context;
    private HssClient client;
    private HssException lastFailure;

    Reads(HssClient client, Renewal renewal, CallContext context) {
        this.client = client;
        this.renewal = renewal;
        this.context = context;
    }

    /** A call that only reads. */
    interface Read<T> {
        T from(HssClient hss) throws IOException, InterruptedException;
    }

    /**
     * Reads something.
     *
     * @throws HssException when the call failed for good
     * @throws io.jenkins.plugins.hss.client.DeadlineExceededException when the deadline has passed
     */
    <T> T read(Read<T> call) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                T result = call.from(client);
                lastFailure = null;
                return result;
            } catch (HssException e) {
                lastFailure = e;
                if (e.isTemporary()) {
                    context.sleep(Backoff.pause(e, attempt));
                } else {
                    client = renewed(e);
                }
            }
        }
    }

    private HssClient renewed(HssException failure) throws IOException, InterruptedException {
        HssClient renewed = failure.status() == 401 ? renewal.renewedClient() : null;
        if (renewed == null) {
            throw failure;
        }
        return renewed;
    }

    HssClient client() {
        return client;
    }

    /** Returns how the last call failed, null where it didn't. */
    @CheckForNull
    HssException lastFailure() {
        return lastFailure;
    }
}
