package io.steadyline.websocket.server;

import io.steadyline.port.CallSlot;
import io.steadyline.port.CallSlots;
import io.steadyline.port.NoSlot;
import io.steadyline.restart.SlotSnapshot;

/** Pages in plain memory, that die with the process: for a server without a recorder. */
final class PlainSlots implements CallSlots {

    @Override
    public CallSlot acquire() {
        return new NoSlot();
    }

    @Override
    public CallSlot adopt(SlotSnapshot left) {
        throw new IllegalArgumentException(left.socketName() + ": left by an earlier process (expected: none)");
    }
}
