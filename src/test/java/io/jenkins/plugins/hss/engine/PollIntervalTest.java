package io.jenkins.plugins.hss.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PollIntervalTest {
    @Test
    void readsBecomeRarerUpToOnceAMinute() {
        PollInterval interval = PollInterval.DEFAULT;

        List<Double> seconds = Stream.iterate(interval.first(), interval::after)
                .limit(9)
                .map(pause -> pause.toMillis() / 1e3)
                .toList();

        assertEquals(List.of(5.0, 7.5, 11.25, 16.875, 25.312, 37.968, 56.953, 60.0, 60.0), seconds);
    }

    @Test
    void pauseIsNeverLongerThanTheLongest() {
        Duration longest = Duration.ofMillis(7);

        assertEquals(longest, new PollInterval(longest, longest).after(longest));
    }

    @ParameterizedTest
    @CsvSource({"0, 5", "4, 5", "5, 5", "6, 6", "59, 59", "60, 60", "61, 60", "600, 60"})
    void firstReadComesWhenItsPermitDoesButWithinAMinute(long expectedWait, long pause) {
        assertEquals(Duration.ofSeconds(pause), PollInterval.DEFAULT.first(Duration.ofSeconds(expectedWait)));
    }

    @Test
    void firstPauseIsKeptEvenWhereItIsLongerThanTheLongest() {
        Duration hour = Duration.ofHours(1);

        assertEquals(hour, new PollInterval(hour, Duration.ofMinutes(1)).first(Duration.ofMinutes(2)));
    }
}
