package io.jenkins.plugins.hss.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import jenkins.security.FIPS140;

/** Reads the endpoints that an administrator gives. */
final class Endpoints {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private Endpoints() {}

    /**
     * Returns scheme, host and port.
     *
     * @throws IllegalArgumentException with a message for people when the text is no such URL, or an insecure one: http
     *     is for loopback addresses, and not for FIPS mode
     */
    static URI parse(String text) {
        URI uri;
        try {
            uri = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(Messages.Endpoints_malformed(text), e);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (uri.getHost() == null
                || uri.getRawUserInfo() != null
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null
                || !uri.getRawPath().isEmpty()) {
            throw new IllegalArgumentException(Messages.Endpoints_malformed(text));
        }
        boolean loopback = LOOPBACK.contains(uri.getHost().toLowerCase(Locale.ROOT));
        if (!scheme.equals("https") && !(scheme.equals("http") && loopback && !FIPS140.useCompliantAlgorithms())) {
            throw new IllegalArgumentException(Messages.Endpoints_insecure(text));
        }
        return URI.create(scheme + "://" + uri.getRawAuthority());
    }
}
