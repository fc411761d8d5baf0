package io.jenkins.plugins.hss.client;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.hss.client.SettableLimiter.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Whatever callers do: no minute sees more calls than the limits allow, and everybody gets a turn. */
class SlidingWindowRateLimiterPropertiesTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int LIMIT = 3;
    private static final int HOST_LIMIT = 4;

    /** What one run has done so far. */
    private static final class Traffic {
        private final SettableLimiter limiter = new SettableLimiter();
        private final Map<Place, String> waiting = new HashMap<>();
        private final Map<Place, String> underWay = new HashMap<>();
        private final Map<String, List<Duration>> made = new HashMap<>();
        private final RandomGenerator random;

        Traffic(RandomGenerator random) {
            this.random = random;
        }

        void step() throws Exception {
            switch (random.nextInt(6)) {
                case 0, 1 -> enter();
                case 2 -> leave();
                case 3 -> end();
                default -> limiter.pass(Duration.ofSeconds(random.nextInt(40)));
            }
            check();
        }

        void drain() throws Exception {
            for (int i = 0; i < 100 && !(waiting.isEmpty() && underWay.isEmpty()); i++) {
                check();
                while (!underWay.isEmpty()) {
                    end();
                }
                limiter.pass(MINUTE);
            }
            check();
        }

        private void enter() {
            String account = "account " + random.nextInt(3);
            waiting.put(limiter.enter(limiter.claim(account, LIMIT, HOST_LIMIT, random.nextInt(3), null)), account);
        }

        private void leave() {
            waiting.keySet().stream()
                    .filter(place -> !place.isGranted())
                    .findFirst()
                    .ifPresent(place -> {
                        place.cancel();
                        waiting.remove(place);
                    });
        }

        private void end() throws Exception {
            Iterator<Map.Entry<Place, String>> calls = underWay.entrySet().iterator();
            if (!calls.hasNext()) {
                return;
            }
            Map.Entry<Place, String> call = calls.next();
            calls.remove();
            if (random.nextInt(4) == 0) {
                call.getKey().permit().close();
                return;
            }
            call.getKey().consume();
            made.computeIfAbsent(call.getValue(), key -> new ArrayList<>()).add(limiter.time());
        }

        private void check() {
            for (Place place : List.copyOf(waiting.keySet())) {
                if (place.isGranted()) {
                    underWay.put(place, waiting.remove(place));
                }
            }
            long ofHost = underWay.size();
            for (int i = 0; i < 3; i++) {
                String account = "account " + i;
                long inUse = inUse(account);
                assertTrue(inUse <= LIMIT, () -> account + " has " + inUse);
                ofHost += recent(account);
            }
            long all = ofHost;
            assertTrue(all <= HOST_LIMIT, () -> "the host has " + all);
        }

        private long inUse(String account) {
            return recent(account)
                    + underWay.values().stream().filter(account::equals).count();
        }

        private long recent(String account) {
            return made.getOrDefault(account, List.of()).stream()
                    .filter(at -> limiter.time().minus(at).compareTo(MINUTE) < 0)
                    .count();
        }
    }

    @Test
    void theLimitsHoldAndEverybodyGetsATurn() {
        Generated.forAny(20, random -> {
            Traffic traffic = new Traffic(random);
            for (int i = 0; i < 60; i++) {
                traffic.step();
            }
            traffic.drain();
            assertTrue(traffic.waiting.isEmpty(), () -> traffic.waiting.size() + " wait for ever");
        });
    }
}
