package io.jenkins.plugins.hss.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.net.URI;
import java.net.URISyntaxException;

/** Tells which addresses in findings may become links. */
public final class WebLink {
    private WebLink() {}

    /** Returns an http or https address in ASCII, null for anything else. */
    @CheckForNull
    public static String of(@CheckForNull String text) {
        if (text == null) {
            return null;
        }
        try {
            URI address = new URI(text.strip());
            boolean web = "https".equalsIgnoreCase(address.getScheme()) || "http".equalsIgnoreCase(address.getScheme());
            // A user's name may look like the host.
            return web && address.getHost() != null && address.getRawUserInfo() == null
                    ? address.toASCIIString()
                    : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
