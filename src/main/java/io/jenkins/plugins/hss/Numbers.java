package io.jenkins.plugins.hss;

/** Reads whole numbers that people write. */
final class Numbers {
    private Numbers() {}

    /**
     * Returns the number.
     *
     * @throws IllegalArgumentException with a message for people when the text is none, or too large a one
     */
    static long parse(String name, String text) {
        try {
            return Long.parseLong(text.trim());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(Messages.Numbers_malformed(name, text), e);
        }
    }
}
