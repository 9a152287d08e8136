package io.steadyline.testkit;

import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * Random tests that can be repeated. Each run has a seed of its own; a failure names it, and
 * {@code -Dsteadyline.seed=<seed>} repeats just that run.
 */
public final class Seeds {

    public static final String PROPERTY = "steadyline.seed";

    private Seeds() {}

    /** One run of a random test. */
    @FunctionalInterface
    public interface SeededRun {
        void run(long seed, RandomGenerator random) throws Exception;
    }

    /** Fresh seeds each time, or the pinned one once. */
    public static void forEach(int runs, SeededRun body) {
        String pinned = System.getProperty(PROPERTY);
        if (pinned != null) {
            runWith(parse(pinned), body);
            return;
        }
        SplittableRandom seeds =
                new SplittableRandom(ThreadLocalRandom.current().nextLong());
        for (int run = 0; run < runs; run++) {
            runWith(seeds.nextLong(), body);
        }
    }

    /** Any of these, each as likely as the other. */
    @SafeVarargs
    public static <T> T oneOf(RandomGenerator random, T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private static void runWith(long seed, SeededRun body) {
        try {
            body.run(seed, new SplittableRandom(seed));
        } catch (Exception | AssertionError failure) {
            throw new AssertionError(
                    "seed " + seed + " (repeat with -D" + PROPERTY + "=" + seed + "): " + failure.getMessage(),
                    failure);
        }
    }

    private static long parse(String seed) {
        try {
            return Long.parseLong(seed.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(PROPERTY + ": " + seed + " (expected: a whole number)", e);
        }
    }
}
