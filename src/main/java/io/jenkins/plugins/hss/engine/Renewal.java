package io.jenkins.plugins.hss.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.hss.client.HssClient;
import java.io.IOException;

/** Looks credentials up once more, when HSS refuses those of a call that only reads. */
@FunctionalInterface
public interface Renewal {
    /** Returns a client with the credentials of now, null where they are still those that were refused. */
    @CheckForNull
    HssClient renewedClient() throws IOException, InterruptedException;
}
