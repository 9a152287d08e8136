package io.steadyline.websocket.server;

import io.steadyline.port.CallArchive;
import io.steadyline.port.CallSlot;
import io.steadyline.port.CallSlots;
import io.steadyline.port.SocketHolder;
import io.steadyline.port.SocketHolder.SocketCounts;
import io.steadyline.restart.SlotSnapshot;
import io.steadyline.signal.CallFacts;
import java.util.Optional;
import org.xnio.StreamConnection;

/**
 * What lets calls outlive the worker: the recorder's pages, whoever holds the sockets, and what earlier boots knew. Media
 * loop only.
 */
final class SocketKeeping {

    private final CallSlots slots;
    private final SocketHolder holder;
    private final CallArchive archive;
    private final Optional<SocketSurgery> surgery;

    SocketKeeping(CallSlots slots, SocketHolder holder, CallArchive archive, Optional<SocketSurgery> surgery) {
        this.slots = slots;
        this.holder = holder;
        this.archive = archive;
        this.surgery = surgery;
    }

    CallSlots slots() {
        return slots;
    }

    SocketHolder holder() {
        return holder;
    }

    Optional<SocketSurgery> surgery() {
        return surgery;
    }

    CallArchive archive() {
        return archive;
    }

    /** -1 while nobody holds sockets: then nobody asks for it. */
    int descriptorOf(StreamConnection connection) {
        return holder.holds()
                ? surgery.map(able -> able.descriptorOf(connection)).orElse(-1)
                : -1;
    }

    /** Counts the socket's bytes from here on. */
    void bind(CallSlot slot, int descriptor, int readAhead) {
        if (descriptor < 0) {
            return;
        }
        SocketCounts counts = holder.counts(descriptor);
        if (counts.isKnown()) {
            slot.bindSocket(counts.readBytes() - readAhead, counts.writtenBytes());
        }
    }

    /**
     * The call's page from now on, and its socket into custody. The name that it is held under; empty when it is not, and
     * would die with the process.
     */
    String hold(CallSlot slot, int descriptor, CallFacts facts, int resumes, byte[] startMessage, int length) {
        boolean whole = slot.bindCall(facts, resumes, startMessage, 0, length);
        slot.commit();
        if (!whole || descriptor < 0) {
            return "";
        }
        String name = SlotSnapshot.socketName(slot.index(), facts.callId().value());
        return holder.hold(name, descriptor) ? name : "";
    }
}
