package io.steadyline.stt.runtime;

import io.steadyline.stt.vendor.Link;
import io.steadyline.stt.vendor.Outlet;
import io.steadyline.stt.vendor.Wire;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What goes out on one connection, in order, one message under way at a time. Used by the session's thread. */
final class Outbox implements Outlet {

    /** Empty: the end of our side. */
    private final Deque<Optional<Wire>> waiting = new ArrayDeque<>();

    private @Nullable Link link;
    private boolean open;
    private boolean writing;
    private long writingSinceNs;

    void attach(Link opened) {
        link = opened;
    }

    /** From now on messages go out. */
    void open() {
        open = true;
    }

    /** Nothing waits and nothing is under way. */
    boolean isIdle() {
        return !writing && waiting.isEmpty();
    }

    /** One message has been under way for at least so long. */
    boolean isWritingSince(long agoNs, long nowNs) {
        return writing && nowNs - writingSinceNs >= agoNs;
    }

    void onWritten(long nowNs) {
        writing = false;
        pump(nowNs);
    }

    /** Sends the next message if the one before it is out. */
    void pump(long nowNs) {
        Link to = link;
        if (writing || to == null || !open) {
            return;
        }
        Optional<Wire> next = waiting.poll();
        if (next != null) {
            writing = true;
            writingSinceNs = nowNs;
            next.ifPresentOrElse(to::send, to::finish);
        }
    }

    /** Nothing goes out any more; harmless when repeated. */
    void abort() {
        open = false;
        Link to = link;
        if (to != null) {
            to.abort();
        }
    }

    @Override
    public void text(String text) {
        waiting.add(Optional.of(new Wire.Text(text)));
    }

    @Override
    public void binary(byte[] data) {
        waiting.add(Optional.of(new Wire.Binary(data)));
    }

    @Override
    public void close() {
        waiting.add(Optional.empty());
    }
}
