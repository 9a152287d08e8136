package io.steadyline.simulator;

import io.steadyline.simulator.CallEvent.Kind;
import java.util.List;

/** The freezes of one call, those of its plan and those that are asked for. Loop thread. */
final class Freezer {

    private final Loop loop;
    private final Link link;
    private final EventLog events;
    private final List<Freeze> planned;
    private final Timers.Timer timer;
    private long startNs;
    private int next;
    private boolean isInPlannedFreeze;

    Freezer(Loop loop, Link link, EventLog events, List<Freeze> planned) {
        this.loop = loop;
        this.link = link;
        this.events = events;
        this.planned = planned;
        timer = loop.timers().create((dueNs, nowNs) -> onDue(nowNs), link::onFault);
    }

    void startAt(long startNs) {
        this.startNs = startNs;
        arm();
    }

    private void arm() {
        if (next < planned.size()) {
            loop.timers().set(timer, startNs + planned.get(next).at().toNanos());
        }
    }

    private void onDue(long nowNs) {
        if (isInPlannedFreeze) {
            isInPlannedFreeze = false;
            next++;
            arm();
            thaw(nowNs);
        } else {
            isInPlannedFreeze = true;
            Freeze freeze = planned.get(next);
            // From now, not from the plan: a freeze that begins late is no shorter.
            loop.timers().set(timer, nowNs + freeze.length().toNanos());
            freeze(freeze.side(), nowNs);
        }
    }

    void freeze(Freeze.Side side, long nowNs) {
        events.add(Kind.FROZEN, side.name(), nowNs);
        link.hold(side.stopsReading(), side.stopsSending());
    }

    void thaw(long nowNs) {
        events.add(Kind.THAWED, "", nowNs);
        link.hold(false, false);
    }

    void stop() {
        loop.timers().cancel(timer);
    }
}
