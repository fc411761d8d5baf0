package io.jenkins.plugins.hss.client;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.lang.reflect.Method;
import java.net.http.HttpClient;

/** Ends HTTP clients that have made their one call: each has a thread and a connection. */
final class SpentClient {
    @CheckForNull
    private static final Method SHUTDOWN = shutdown();

    private SpentClient() {}

    /** Before Java 21 nothing ends a client but the garbage collector. */
    @CheckForNull
    private static Method shutdown() {
        try {
            return HttpClient.class.getMethod("shutdown");
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    /** Returns at once; the client ends when its call has ended. */
    static void end(HttpClient client) {
        if (SHUTDOWN != null) {
            try {
                SHUTDOWN.invoke(client);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
