package io.steadyline.journal.host;

import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A process that tells its stalls, one a line; with {@code -Dgc=true} it brings them about itself until its input ends. */
final class StallChild {

    private StallChild() {}

    public static void main(String[] args) throws Exception {
        try (StallWatch watch = StallWatch.start(
                () -> {},
                stall -> System.out.println(stall.kind() + " " + stall.length().toMillis() + " " + stall.sentence()))) {
            while (!watch.isTicking()) {
                Thread.onSpinWait();
            }
            System.out.println("ready");
            if (Boolean.getBoolean("gc")) {
                collect();
            }
            // Until the parent is done.
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }

    /** Ever more small objects to mark and move: each full collection stops the process longer than the one before. */
    private static void collect() throws Exception {
        List<Deque<byte[]>> live = new ArrayList<>();
        while (System.in.available() == 0 && live.size() < 100) {
            Deque<byte[]> more = new ArrayDeque<>();
            for (int i = 0; i < 100_000; i++) {
                more.add(new byte[8]);
            }
            live.add(more);
            System.gc();
        }
    }
}
