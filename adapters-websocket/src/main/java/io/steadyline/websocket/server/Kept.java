package io.steadyline.websocket.server;

import io.steadyline.port.CallArchive;
import io.steadyline.port.CallSlots;
import io.steadyline.port.SocketHolder;
import io.steadyline.port.SocketHolder.Held;
import io.steadyline.restart.SlotSnapshot;
import java.util.List;

/**
 * What was kept over the end of the boot before, and where this one keeps its own.
 *
 * @param slots the recorder's pages
 * @param holder who holds our sockets
 * @param archive calls of earlier boots
 * @param held sockets that outlived their worker
 * @param survival whether calls survive the worker as far as the holder is concerned: "yes (keeper)", "no (why)"
 * @param left pages of calls that were live at its end
 */
public record Kept(
        CallSlots slots,
        SocketHolder holder,
        CallArchive archive,
        List<Held> held,
        String survival,
        List<SlotSnapshot> left) {

    public Kept {
        held = List.copyOf(held);
        left = List.copyOf(left);
    }

    /** Nothing is kept. */
    public static Kept nothing() {
        return new Kept(
                new PlainSlots(), SocketHolder.NONE, CallArchive.NONE, List.of(), "no (nothing is kept)", List.of());
    }
}
