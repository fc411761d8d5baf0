package io.jenkins.plugins.hss;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Reads points in time as people write them. */
final class Times {
    private Times() {}

    /**
     * Returns the milliseconds since 1970 of an ISO-8601 time with its offset ({@code 2026-01-31T08:00:00Z}), of such
     * milliseconds themselves, or of an ISO-8601 duration back from now ({@code PT24H}, {@code P7D}).
     *
     * @throws IllegalArgumentException with a message for people when the text is none of these
     */
    static long parse(String name, String text, Instant now) {
        String time = text.trim();
        try {
            if (time.matches("\\d{1,18}")) {
                return Long.parseLong(time);
            }
            if (time.startsWith("P") || time.startsWith("p")) {
                Duration back = Duration.parse(time);
                if (!back.isNegative()) {
                    return now.minus(back).toEpochMilli();
                }
            } else {
                return OffsetDateTime.parse(time).toInstant().toEpochMilli();
            }
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException(Messages.Times_malformed(name, text), e);
        }
        throw new IllegalArgumentException(Messages.Times_malformed(name, text));
    }
}
