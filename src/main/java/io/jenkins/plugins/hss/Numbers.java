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

    /**
     * Returns the number.
     *
     * @throws IllegalArgumentException with a message for people when the text is none from {@code min} to {@code max}
     */
    static long parse(String name, String text, long min, long max) {
        long number = parse(name, text);
        if (number < min || number > max) {
            throw new IllegalArgumentException(
                    max == Long.MAX_VALUE
                            ? Messages.Numbers_tooSmall(name, Long.toString(min), text)
                            : Messages.Numbers_range(name, Long.toString(min), Long.toString(max), text));
        }
        return number;
    }
}
