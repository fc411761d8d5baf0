package io.jenkins.plugins.hss.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.hss.client.Operation;
import io.jenkins.plugins.hss.client.RateLimiter;
import io.jenkins.plugins.hss.client.RateLimiters;
import io.jenkins.plugins.hss.client.TestContexts;
import io.jenkins.plugins.hss.fake.Api;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of an export whose deadline has passed, and why it has. */
class ExportTimeoutTest extends ExportFixture {
    private static final String TIMEOUT = Messages.ExportProcess_timeout(30L);
    private static final String USED_UP = Messages.ExportProcess_rateLimited();

    @ParameterizedTest
    @ValueSource(longs = {0, -1, -3_600})
    void deadlineThatHasPassedCostsNoCall(long seconds) {
        Throwable failure = export().within(TestContexts.within(Duration.ofSeconds(seconds)))
                .failure(ExportTimeoutException.class);

        assertEquals(TIMEOUT, failure.getMessage());
        assertEquals(List.of(), recorder.told());
        assertEquals(List.of(), hss.calls());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void deadlineThatHasPassedCostsNoCallOfAKnownTask(boolean counts) {
        Throwable failure = export().with(counts ? Export.ALL : Export.ARCHIVE)
                .after("known")
                .within(TestContexts.within(Duration.ZERO))
                .failure(ExportTimeoutException.class);

        assertEquals(TIMEOUT, failure.getMessage());
        assertEquals(List.of(), hss.calls());
    }

    @Test
    void lastStatusAndItsTimeAreTold() {
        hss.exportsTake(Duration.ofDays(1));
        Instant start = Instant.now();

        String message = exportWithoutPauses()
                .every(PollInterval.DEFAULT)
                .failure(ExportTimeoutException.class)
                .getMessage();

        Matcher time =
                Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ").matcher(message);
        assertTrue(time.find(), message);
        assertEquals(TIMEOUT + " " + Messages.ExportProcess_lastRead("running", time.group()), message);
        Instant at = Instant.parse(time.group());
        assertTrue(!at.isBefore(start.minusSeconds(1)) && !at.isAfter(Instant.now()), message);
    }

    @Test
    void lastFailureIsTold() {
        hss.always(Api.STATISTIC, unavailable());

        String message =
                exportWithoutPauses().failure(ExportTimeoutException.class).getMessage();

        String before = TIMEOUT + " " + Messages.ExportProcess_lastFailure("");
        assertTrue(message.startsWith(before + Operation.STATISTIC.displayName()), message);
        assertTrue(message.contains("APIGW.0613"), message);
    }

    @Test
    void failureThatWasOvercomeIsNotTold() {
        hss.next(Api.SUBMIT, throttled()).next(Api.STATUS, unavailable()).exportsTake(Duration.ofDays(1));

        String message = exportWithoutPauses()
                .every(PollInterval.DEFAULT)
                .failure(ExportTimeoutException.class)
                .getMessage();

        assertTrue(message.contains("running"), message);
        assertFalse(message.contains(Messages.ExportProcess_lastFailure("")), message);
    }

    @Test
    void refusedSubmitThatWasRepeatedIsNotTold() {
        hss.next(Api.SUBMIT, throttled());
        Duration hour = Duration.ofHours(1);

        String message = exportWithoutPauses()
                .with(Export.WAIT)
                .every(new PollInterval(hour, hour))
                .failure(ExportTimeoutException.class)
                .getMessage();

        assertEquals(TIMEOUT, message);
        assertEquals(1, hss.tasks());
    }

    @Test
    void usedUpCallsAreToldWithTheLastStatus() {
        hss.exportsTake(Duration.ofDays(1));

        String message = exportWithoutPauses()
                .with(Export.WAIT)
                .limitedBy(usedUpAfterTwo(Api.STATUS))
                .failure(ExportTimeoutException.class)
                .getMessage();

        assertTrue(message.startsWith(TIMEOUT + " "), message);
        assertTrue(message.contains("running"), message);
        assertTrue(message.endsWith(" " + USED_UP), message);
        assertEquals(2, hss.calls(Api.STATUS).size());
    }

    @Test
    void usedUpCallsAreToldWithTheLastFailure() {
        hss.always(Api.SUBMIT, unavailable());

        String message = exportWithoutPauses()
                .limitedBy(usedUpAfterTwo(Api.SUBMIT))
                .failure(ExportTimeoutException.class)
                .getMessage();

        assertTrue(message.startsWith(TIMEOUT + " " + USED_UP + " "), message);
        assertTrue(message.contains("APIGW.0613"), message);
        assertEquals("retrying after 503", recorder.last());
    }

    @Test
    void exportThatNeverGotItsTurnHasNoMark() {
        String message = export().limitedBy(closed())
                .within(TestContexts.within(Duration.ofMillis(300)))
                .failure(ExportTimeoutException.class)
                .getMessage();

        assertEquals(TIMEOUT + " " + USED_UP, message);
        assertEquals(List.of(), recorder.told());
        assertEquals(List.of(), hss.calls());
    }

    /** Returns a limiter whose third permit for an API comes only after the deadline. */
    private RateLimiter usedUpAfterTwo(Api api) {
        RateLimiter closed = closed();
        return (operation, context) -> {
            if (hss.calls(api).size() < 2) {
                return RateLimiter.UNLIMITED.acquire(operation, context);
            }
            clock.advance(Export.TIMEOUT);
            return closed.acquire(operation, context);
        };
    }

    /** Returns a limiter that grants nothing. */
    private RateLimiter closed() {
        RateLimiters limiters = new RateLimiters();
        limiters.close();
        return limiters.of(
                new RateLimiters.Caller(hss.url(), "account", 5, 5), operation -> 0, (operation, wait) -> {}, null);
    }
}
