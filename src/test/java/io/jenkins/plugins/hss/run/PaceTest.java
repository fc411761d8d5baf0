package io.jenkins.plugins.hss.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PaceTest {

    @Test
    void readsBecomeRarerUpToOnceAMinute() {
        Pace pace = Pace.usual();

        List<Double> seconds = Stream.iterate(pace.first(), pace::after)
                .limit(9)
                .map(pause -> pause.toMillis() / 1e3)
                .toList();

        assertEquals(List.of(5.0, 7.5, 11.25, 16.875, 25.312, 37.968, 56.953, 60.0, 60.0), seconds);
    }

    @Test
    void pauseIsNeverLongerThanTheLongest() {
        Duration longest = Duration.ofMillis(7);
        assertEquals(longest, new Pace(longest, longest).after(longest));
    }
}
