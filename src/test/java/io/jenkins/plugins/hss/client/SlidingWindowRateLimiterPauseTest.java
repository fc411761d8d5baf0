package io.jenkins.plugins.hss.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.hss.client.SettableLimiter.Place;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** While Jenkins is quieting down, some calls are held although there are permits. */
class SlidingWindowRateLimiterPauseTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final SettableLimiter limiter = new SettableLimiter();
    private final AtomicBoolean quietingDown = new AtomicBoolean(true);
    private final AtomicInteger questions = new AtomicInteger();

    private boolean isQuietingDown() {
        questions.incrementAndGet();
        return quietingDown.get();
    }

    private Place pausable(int limit) {
        return limiter.enter(limiter.claim("acme", limit, 600, 0, this::isQuietingDown));
    }

    private Place freestyle(int limit) {
        return limiter.enter(limiter.claim("acme", limit, 600, 0, null));
    }

    /** The clock of the limiter stands still: only the look once a second can have granted it. */
    private static void assertGrantedSoon(Place place) {
        long start = System.nanoTime();
        Background.until(place::isGranted);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertTrue(took.compareTo(Duration.ofSeconds(10)) < 0, took::toString);
    }

    @Test
    void aPausedClaimIsHeld() {
        assertFalse(pausable(5).isGranted());
    }

    @Test
    void whatIsNeverPausedGoesOn() {
        Place held = pausable(5);

        assertTrue(freestyle(5).isGranted());
        assertTrue(freestyle(5).isGranted());
        assertFalse(held.isGranted());
    }

    @Test
    void aHeldClaimTakesNoPermitFromOthers() {
        Place held = pausable(1);

        assertTrue(freestyle(1).isGranted());
        assertFalse(held.isGranted());
    }

    @Test
    void aQuietDownThatIsCancelledLetsTheHeldOnesGo() {
        List<Place> held = Stream.generate(() -> pausable(5)).limit(3).toList();

        quietingDown.set(false);

        held.forEach(SlidingWindowRateLimiterPauseTest::assertGrantedSoon);
    }

    @Test
    void aHeldClaimKeepsItsPlace() throws Exception {
        Place first = pausable(1);
        Place second = pausable(1);
        assertFalse(first.isGranted());

        quietingDown.set(false);

        assertGrantedSoon(first);
        assertFalse(second.isGranted());
        first.consume();
        limiter.pass(MINUTE);
        assertTrue(second.isGranted());
    }

    @Test
    void aClaimThatIsPutBackIsNotPutBehindThoseWhoCameLater() throws Exception {
        quietingDown.set(false);
        pausable(1).consume();
        Place first = pausable(1);
        Place second = pausable(1);
        quietingDown.set(true);
        limiter.pass(MINUTE);
        assertFalse(first.isGranted());

        quietingDown.set(false);

        assertGrantedSoon(first);
        assertFalse(second.isGranted());
    }

    @Test
    void aClaimThatWaitsForItsPermitIsPausedWhenItComes() throws Exception {
        quietingDown.set(false);
        limiter.make(5);
        Place waiting = pausable(5);

        quietingDown.set(true);
        limiter.pass(MINUTE);

        assertFalse(waiting.isGranted());
        quietingDown.set(false);
        assertGrantedSoon(waiting);
    }

    @Test
    void whoComesAfterAnOldQuietDownIsNotHeldForLong() {
        Place held = pausable(5);
        held.cancel();
        quietingDown.set(false);

        assertGrantedSoon(pausable(5));
    }

    @Test
    void aHeldClaimCanBeCancelled() {
        Place held = pausable(5);

        assertInstanceOf(InterruptedException.class, held.cancel());
        assertTrue(freestyle(5).isGranted());
    }

    @Test
    void theDeadlineOfAHeldClaimComesAsUsual() {
        Place held = limiter.enter(
                limiter.claim("acme", 5, 600, 0, this::isQuietingDown), TestContexts.within(Duration.ofMillis(200)));

        assertInstanceOf(DeadlineExceededException.class, held.failure());
    }

    @Test
    void jenkinsIsAskedAboutOnceASecondByOneOfThem() {
        for (int i = 0; i < 20; i++) {
            pausable(600);
        }
        int before = questions.get();
        long start = System.nanoTime();

        Background.until(() -> questions.get() >= before + 2);

        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertTrue(took.compareTo(Duration.ofMillis(900)) > 0, took::toString);
    }

    @Test
    void aFreestyleBuildAtTheHeadOfTheQueueWatchesForTheOthers() throws Exception {
        quietingDown.set(false);
        limiter.make(5);
        Place head = limiter.enter(limiter.claim("acme", 5, 600, -1, null));
        quietingDown.set(true);
        Place held = limiter.enter(limiter.claim("another", 5, 600, 0, this::isQuietingDown));
        assertFalse(head.isGranted());
        assertFalse(held.isGranted());

        quietingDown.set(false);

        assertGrantedSoon(held);
        assertFalse(head.isGranted());
    }

    @Test
    void aBrokenQuestionLeavesThePlace() throws Exception {
        Place broken = limiter.enter(limiter.claim("acme", 1, 1, 0, () -> {
            throw new IllegalStateException("Jenkins is gone");
        }));

        assertEquals("Jenkins is gone", broken.failure().getMessage());
        assertTrue(limiter.enter(limiter.claim("acme", 1, 1, 0, null)).isGranted());
    }
}
