package io.steadyline.queue;

import io.steadyline.media.AudioFrame;
import io.steadyline.media.MediaItem;
import io.steadyline.telemetry.QueueCounts;
import io.steadyline.testkit.Frames;
import io.steadyline.testkit.NaiveQueue;
import io.steadyline.testkit.Seeds;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One random game of a queue and its model: the same moves on both, and after each move the same counts. Frames and
 * control items share one sequence of numbers, so that order shows over both.
 */
abstract class RandomPlay {

    private static final int STEPS = 400;
    private static final int STEPS_OF_A_MOOD = 50;

    final RandomGenerator random;
    final int capacityFrames;
    final NaiveQueue model;
    boolean closed;

    private int offerPercent;
    private int controlPercent;
    private long numbersGiven;
    private long lastNumberTaken = -1;
    private long controlsIn;
    private long controlsOut;

    RandomPlay(RandomGenerator random, int capacityFrames, NaiveQueue model) {
        this.random = random;
        this.capacityFrames = capacityFrames;
        this.model = model;
    }

    /** Mostly small ones, where every bound is met often. */
    static int anyCapacity(RandomGenerator random) {
        return Seeds.oneOf(random, 1, 2, 3, 7, 8, 9, 14, 15, 16, 1 + random.nextInt(40), 200);
    }

    abstract void offerFrame(AudioFrame frame);

    abstract void offerControl(long number);

    abstract void poll();

    /** What else this queue can do: clear, hold, close, discard. */
    abstract void rareMove();

    abstract QueueCounts counts();

    /** What holds after each move beyond the counts. */
    abstract void checkState();

    final void play() {
        for (int step = 0; step < STEPS; step++) {
            if (step % STEPS_OF_A_MOOD == 0) {
                changeMood();
            }
            move();
            check();
        }
        while (!model.isEmpty()) {
            poll();
            check();
        }
        poll();
        check();
    }

    private void changeMood() {
        offerPercent = Seeds.oneOf(random, 20, 50, 80, 98);
        controlPercent = Seeds.oneOf(random, 0, 10, 50, 98);
    }

    private void move() {
        if (random.nextInt(100) < 2) {
            rareMove();
        } else if (random.nextInt(100) >= offerPercent) {
            poll();
        } else if (random.nextInt(100) < controlPercent) {
            offerControl(numbersGiven++);
        } else {
            offerFrame(Frames.numbered(numbersGiven++));
        }
    }

    private void check() {
        QueueCounts counts = counts();
        same("counts", counts, model.counts());
        same("balance", counts.out() + counts.dropped() + counts.depth(), counts.in());
        same("control items that went missing", controlsIn - controlsOut - counts.controlDepth(), 0L);
        if (counts.depth() > capacityFrames) {
            throw new AssertionError("depth: " + counts.depth() + " (expected: at most " + capacityFrames + ")");
        }
        checkState();
    }

    final void sameOutcome(OfferOutcome actual, OfferOutcome expected) {
        same("outcome of the offer", actual, expected);
    }

    final void sameControlOutcome(OfferOutcome actual, OfferOutcome expected) {
        sameOutcome(actual, expected);
        if (actual.isAccepted()) {
            controlsIn++;
        }
    }

    final void sameItem(@Nullable MediaItem actual, @Nullable MediaItem expected) {
        same("item", actual, expected);
        if (actual == null) {
            return;
        }
        long number = actual instanceof AudioFrame frame ? Frames.numberOf(frame) : numberOfControl(actual);
        if (number <= lastNumberTaken) {
            throw new AssertionError("item " + number + " came after " + lastNumberTaken);
        }
        lastNumberTaken = number;
        if (!(actual instanceof AudioFrame)) {
            controlsOut++;
        }
    }

    abstract long numberOfControl(MediaItem control);

    static void same(String what, @Nullable Object actual, @Nullable Object expected) {
        if (!Objects.equals(actual, expected)) {
            throw new AssertionError(what + ": " + actual + " (the model says: " + expected + ")");
        }
    }
}
