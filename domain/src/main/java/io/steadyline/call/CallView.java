package io.steadyline.call;

import io.steadyline.signal.CallEnd;
import io.steadyline.signal.CallFacts;
import io.steadyline.signal.CallState;
import io.steadyline.telemetry.CallSecond;
import io.steadyline.telemetry.CallVerdict;
import io.steadyline.telemetry.QueueCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One call as it was at its last full second; a value that never changes.
 *
 * @param agent name of the agent, empty while none is attached
 * @param queues the four queues in the order of the media
 * @param lastSecond empty in the first second of a call
 * @param resumes how often the call came back on a new stream
 */
public record CallView(
        CallFacts facts,
        CallState state,
        Instant startedAt,
        Duration age,
        String agent,
        String recogniser,
        List<QueueCounts> queues,
        Optional<CallSecond> lastSecond,
        CallVerdict verdict,
        int resumes,
        Optional<CallEnd> end) {

    public CallView {
        queues = List.copyOf(queues);
    }
}
