package io.steadyline.port;

import io.steadyline.signal.CallFacts;
import io.steadyline.signal.CallMoment;
import io.steadyline.signal.SpeechEvent;
import io.steadyline.telemetry.CallSecond;
import io.steadyline.telemetry.QueueCounts;
import java.util.List;

/**
 * Watches calls. Told by the media loop, in order for each call: returns at once, never blocks; what it throws is caught
 * and counted, and harms no call.
 */
public interface CallObserver {

    void onMoment(CallFacts facts, CallMoment moment);

    /** All that the recogniser tells; personal data, and only for those who are allowed to see it. */
    default void onSpeech(CallFacts facts, SpeechEvent event) {}

    /** Once a second and call, and once more for the last, incomplete second. The counts are running totals. */
    void onSecond(CallFacts facts, CallSecond second, List<QueueCounts> queues);

    /** An exception of ours ended this call; it is no moment, because only the log wants its trace. */
    default void onFailure(CallFacts facts, Throwable failure) {}

    /** One frame went to its connection {@code latenessNs} after its deadline; 0 when in time. */
    void onSendLateness(long latenessNs);

    /** One frame was handed towards the recogniser in {@code writeNs}. */
    void onSttWrite(long writeNs);
}
