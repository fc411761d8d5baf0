package io.jenkins.plugins.hss.client;

import java.io.IOException;

/** Is told about a request that must not be sent twice. */
public interface SendListener {
    /** Hears nothing. */
    SendListener NONE = new SendListener() {};

    /** The next thing to happen is that the first byte is sent; what this throws keeps it from that. */
    default void sending() throws IOException {}

    /** The service has certainly created nothing. */
    default void createdNothing() throws IOException {}
}
