package io.steadyline.benchmarks.bridge;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.xnio.XnioIoThread;

/** Twenty slots of a millisecond on absolute deadlines; a call stays in its own. The I/O thread. */
final class Wheel {

    private static final int SLOTS = 20;
    private static final long SLOT_NS = 1_000_000;

    /** Prime to the number of slots, so that calls that come one after the other are apart. */
    private static final int STEP = 7;

    private final XnioIoThread thread;
    private final List<List<BridgeCall>> slots = new ArrayList<>();
    private long dueNs = System.nanoTime();
    private int slot;
    private int added;

    Wheel(XnioIoThread thread) {
        this.thread = thread;
        for (int i = 0; i < SLOTS; i++) {
            slots.add(new ArrayList<>());
        }
        tick();
    }

    void add(BridgeCall call) {
        slots.get(added++ * STEP % SLOTS).add(call);
    }

    private void tick() {
        while (dueNs - System.nanoTime() <= 0) {
            List<BridgeCall> calls = slots.get(slot);
            calls.removeIf(BridgeCall::isOver);
            calls.forEach(BridgeCall::turn);
            slot = (slot + 1) % SLOTS;
            dueNs += SLOT_NS;
        }
        // The I/O thread counts in milliseconds, and with less than one it would never look at its sockets.
        long waitNs = Math.max(SLOT_NS, dueNs - System.nanoTime());
        thread.executeAfter(this::tick, Math.ceilDiv(waitNs, SLOT_NS), TimeUnit.MILLISECONDS);
    }
}
