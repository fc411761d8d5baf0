package io.jenkins.plugins.hss.fake;

import java.io.IOException;

/** What the fake does with a call instead of behaving. */
@FunctionalInterface
public interface Answer {

    /** Answers the call, or does whatever stands for an answer. */
    void give(Exchange exchange) throws IOException;

    /** Whether the body of the request is read before this is given. */
    default boolean readsBody() {
        return true;
    }
}
