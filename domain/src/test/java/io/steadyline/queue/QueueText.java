package io.steadyline.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.telemetry.QueueCounts;
import java.util.StringJoiner;

/** Counts as a reader would say them: {@code in 201, overflow 1, depth 200, max 200}; figures of zero are left out. */
final class QueueText {

    private QueueText() {}

    static String of(QueueCounts counts) {
        assertThat(counts.isBalanced()).describedAs("balance of %s", counts).isTrue();
        StringJoiner text = new StringJoiner(", ");
        say(text, "in", counts.in());
        say(text, "out", counts.out());
        say(text, "overflow", counts.droppedOverflow());
        say(text, "cleared", counts.droppedCleared());
        say(text, "closed", counts.droppedClosed());
        say(text, "refused", counts.refused());
        say(text, "depth", counts.depth());
        say(text, "max", counts.maxDepth());
        say(text, "control", counts.controlDepth());
        return text.toString();
    }

    private static void say(StringJoiner text, String name, long figure) {
        if (figure != 0) {
            text.add(name + " " + figure);
        }
    }
}
