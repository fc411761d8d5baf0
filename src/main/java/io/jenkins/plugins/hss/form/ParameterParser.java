package io.jenkins.plugins.hss.form;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;

/** Parses numbers, times and words as people write them. */
public final class ParameterParser {
    private ParameterParser() {}

    /**
     * Parses a whole number.
     *
     * @throws IllegalArgumentException with a message for people when the text is none, or too large a one
     */
    public static long number(String name, String text) {
        try {
            return Long.parseLong(text.trim());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(Messages.ParameterParser_number(name, text), e);
        }
    }

    /**
     * Parses a whole number from {@code min} to {@code max}.
     *
     * @throws IllegalArgumentException with a message for people when the text is none
     */
    public static long number(String name, String text, long min, long max) {
        long number = number(name, text);
        if (number < min || number > max) {
            throw new IllegalArgumentException(
                    max == Long.MAX_VALUE
                            ? Messages.ParameterParser_tooSmall(name, Long.toString(min), text)
                            : Messages.ParameterParser_range(name, Long.toString(min), Long.toString(max), text));
        }
        return number;
    }

    /**
     * Parses an ISO-8601 time with its offset ({@code 2026-01-31T08:00:00Z}), milliseconds since 1970, or an ISO-8601
     * duration back from now ({@code PT24H}, {@code P7D}).
     *
     * @return milliseconds since 1970
     * @throws IllegalArgumentException with a message for people when the text is none of these
     */
    public static long time(String name, String text, Instant now) {
        String time = text.trim();
        try {
            if (time.matches("\\d{1,18}")) {
                return Long.parseLong(time);
            }
            if (isDuration(time)) {
                Duration back = Duration.parse(time);
                if (!back.isNegative()) {
                    return now.minus(back).toEpochMilli();
                }
            } else {
                return OffsetDateTime.parse(time).toInstant().toEpochMilli();
            }
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException(Messages.ParameterParser_time(name, text), e);
        }
        throw new IllegalArgumentException(Messages.ParameterParser_time(name, text));
    }

    /** Returns whether a time is written as a duration back from now. */
    public static boolean isDuration(String time) {
        return time.trim().startsWith("P") || time.trim().startsWith("p");
    }

    /**
     * Parses a day ({@code 2026-12-31}).
     *
     * @throws IllegalArgumentException with a message for people when the text is none
     */
    public static LocalDate date(String name, String text) {
        try {
            return LocalDate.parse(text.trim());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(Messages.ParameterParser_date(name, text), e);
        }
    }

    /**
     * Returns a text that must be there.
     *
     * @throws IllegalArgumentException with a message for people when it is missing or blank
     */
    public static String text(String name, @CheckForNull String text) {
        if (text == null) {
            throw new IllegalArgumentException(Messages.ParameterParser_required(name));
        }
        if (text.isBlank()) {
            throw new IllegalArgumentException(Messages.ParameterParser_empty(name));
        }
        return text;
    }

    /**
     * Returns a text that must be one of some words.
     *
     * @throws IllegalArgumentException with a message for people that names the words
     */
    public static String word(String name, @CheckForNull String text, List<String> words) {
        return words.stream()
                .filter(word -> word.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        Messages.ParameterParser_word(name, String.join(", ", words), text)));
    }
}
