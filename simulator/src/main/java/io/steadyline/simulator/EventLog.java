package io.steadyline.simulator;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A call's notable events in order, bounded, told to the plan's listener as they happen. */
final class EventLog {

    static final int MAX_EVENTS = 1_000;

    private static final Logger log = LoggerFactory.getLogger(EventLog.class);

    private final CallListener listener;
    private final long originNs;
    private final List<CallEvent> events = new ArrayList<>();
    private long leftOut;
    private boolean listenerFailed;

    EventLog(CallListener listener, long originNs) {
        this.listener = listener;
        this.originNs = originNs;
    }

    void add(CallEvent.Kind kind, String detail, long nowNs) {
        CallEvent event = new CallEvent((nowNs - originNs) / 1_000_000, kind, detail);
        if (events.size() < MAX_EVENTS) {
            events.add(event);
        } else {
            leftOut++;
        }
        tell(event);
    }

    private void tell(CallEvent event) {
        if (listenerFailed) {
            return;
        }
        try {
            listener.onEvent(event);
        } catch (RuntimeException e) {
            listenerFailed = true;
            log.warn("a call's listener failed at {} and is not called any more", event.kind(), e);
        }
    }

    List<CallEvent> events() {
        return List.copyOf(events);
    }

    long leftOut() {
        return leftOut;
    }
}
