package io.jenkins.plugins.hss.client;

import static io.jenkins.plugins.hss.client.Accounts.hssFailure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.hss.fake.Answer;
import io.jenkins.plugins.hss.fake.Answers;
import io.jenkins.plugins.hss.fake.Api;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pauses between two attempts. */
class BackoffTest extends CountedPermits {
    private HssException failure(Answer answer) {
        hss.next(Api.SUBMIT, answer);
        return hssFailure(this::submit);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "7, 7", "300, 300", "301, 300", "999999999, 300", "9999999999, 60", "-1, 60", "soon, 60"})
    void leavesTheServiceAloneForAsLongAsItAsksUpToFiveMinutes(String asked, long seconds) {
        HssException failure =
                failure(Answers.gateway(429, "APIGW.0308", "throttled").withHeader("Retry-After", asked));

        assertEquals(Duration.ofSeconds(seconds), Backoff.pause(failure, 1));
        assertEquals(Duration.ofSeconds(seconds), Backoff.pause(failure, 20));
    }

    @ParameterizedTest
    @CsvSource({"90, 90", "301, 300", "-10, 0"})
    void understandsADateAsWell(long ahead, long seconds) {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                clock.instant().plusSeconds(ahead).atOffset(ZoneOffset.UTC));

        HssException failure =
                failure(Answers.gateway(503, "APIGW.0613", "unavailable").withHeader("Retry-After", date));

        assertEquals(Duration.ofSeconds(seconds), Backoff.pause(failure, 1));
    }

    @Test
    void aThrottledCallWaitsForAMinute() {
        assertEquals(Duration.ofMinutes(1), Backoff.pause(failure(Answers.gateway(429, "APIGW.0308", "throttled")), 1));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 4", "4, 8", "5, 16", "6, 30", "7, 30", "100, 30", "2147483647, 30"})
    void whatMayPassIsTriedLessAndLessOften(int attempt, long longestSeconds) {
        HssException failure = failure(Answers.gateway(503, "APIGW.0613", "unavailable"));
        Duration longest = Duration.ofSeconds(longestSeconds);

        for (int i = 0; i < 100; i++) {
            Duration pause = Backoff.pause(failure, attempt);
            assertTrue(
                    pause.compareTo(longest) <= 0 && pause.compareTo(longest.dividedBy(2)) >= 0,
                    () -> "pause " + pause);
        }
    }

    @Test
    void thePausesOfManyBuildsDiffer() {
        HssException failure = failure(Answers.hss(500, "HSS.1000", "oops"));
        Duration first = Backoff.pause(failure, 6);

        Background.until(() -> !Backoff.pause(failure, 6).equals(first));
    }
}
