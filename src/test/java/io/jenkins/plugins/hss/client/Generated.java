package io.jenkins.plugins.hss.client;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Properties that hold for any input; a failure names the seed that leads there again. */
public final class Generated {
    private Generated() {}

    /** What holds for whatever is made from random numbers. */
    public interface Property {
        void holdsFor(RandomGenerator random) throws Exception;
    }

    /** Tries a property with so many seeds, or with the one of {@code -Dseed}. */
    public static void forAny(int cases, Property property) {
        long first = Long.getLong("seed", System.nanoTime());
        int count = System.getProperty("seed") == null ? cases : 1;
        for (long seed = first; seed < first + count; seed++) {
            try {
                property.holdsFor(RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
            } catch (Exception | AssertionError e) {
                fail("-Dseed=" + seed, e);
            }
        }
    }
}
