package io.jenkins.plugins.hss.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.hss.client.CicdImage;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An image as one pushes it: {@code [registry/][namespace/]name:tag[@sha256:…]}.
 *
 * @param registry host and port; null where there is none
 * @param path the namespace and the name
 * @param tag null where there is only a digest
 * @param digest {@code sha256:} and 64 hexadecimal digits; null where there is only a tag
 */
public record ImageReference(
        @CheckForNull String registry,
        String path,
        @CheckForNull String tag,
        @CheckForNull String digest) {
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final int MAX_TAG = 128;

    /**
     * Reads a reference.
     *
     * @throws IllegalArgumentException with a message for people
     */
    public static ImageReference parse(String text) {
        String rest = text;
        String digest = null;
        int at = text.indexOf('@');
        if (at >= 0) {
            digest = text.substring(at + 1);
            rest = text.substring(0, at);
            if (!DIGEST.matcher(digest).matches()) {
                throw new IllegalArgumentException(Messages.ImageReference_digest(digest));
            }
        }
        String tag = null;
        int colon = rest.lastIndexOf(':');
        if (colon > rest.lastIndexOf('/')) {
            tag = rest.substring(colon + 1);
            rest = rest.substring(0, colon);
        }
        if (tag == null && digest == null) {
            throw new IllegalArgumentException(Messages.ImageReference_noTag(text));
        }
        String registry = null;
        int slash = rest.indexOf('/');
        if (slash > 0 && isRegistry(rest.substring(0, slash))) {
            registry = rest.substring(0, slash);
            rest = rest.substring(slash + 1);
        }
        if (!isPath(rest) || tag != null && !isTag(tag)) {
            throw new IllegalArgumentException(Messages.ImageReference_malformed(text));
        }
        return new ImageReference(registry, rest, tag, digest);
    }

    private static boolean isRegistry(String segment) {
        return segment.contains(".") || segment.contains(":") || segment.equals("localhost");
    }

    private static boolean isPath(String path) {
        return List.of(path.split("/", -1)).stream().noneMatch(String::isEmpty)
                && path.chars().noneMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c) || c == '@');
    }

    private static boolean isTag(String tag) {
        return !tag.isEmpty()
                && tag.length() <= MAX_TAG
                && tag.chars().noneMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c) || c == ':');
    }

    /**
     * Returns whether a row is this image by its names, tag and digest.
     *
     * <p>HSS keeps organization and name apart, either may have slashes, and the registry may stand before them.
     */
    public boolean matches(CicdImage row) {
        return isNamedAs(row)
                && (tag == null || tag.equals(row.version()))
                && (digest == null || digest.equals(row.digest()));
    }

    /** Returns whether a row is an image of this name, whatever its tag and digest. */
    boolean isNamedAs(CicdImage row) {
        String full = row.path();
        return path.equals(full) || registry != null && (registry + "/" + path).equals(full);
    }

    @Override
    public String toString() {
        return (registry == null ? "" : registry + "/")
                + path
                + (tag == null ? "" : ":" + tag)
                + (digest == null ? "" : "@" + digest);
    }
}
