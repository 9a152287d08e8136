package io.steadyline.stt.vendor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A dialect on a link, with nothing between them but a queue: what the runtime does for a call without a mishap. */
public final class Talk extends LinkLines implements Outlet {

    private sealed interface Item {
        record Message(Wire wire) implements Item {}

        record End() implements Item {}
    }

    private final Dialect dialect;
    private final HearingLog hearing = new HearingLog();
    private final Queue<Item> waiting = new ArrayDeque<>();
    private final List<Dialect.Garbled> garbled = new ArrayList<>();
    private final Link link;
    private final List<Runnable> early = new ArrayList<>();
    private boolean opened;
    private boolean idle;
    private @Nullable Closing closing;

    private Talk(Dialect dialect, Transport transport) {
        this.dialect = dialect;
        synchronized (this) {
            this.link = transport.open(this);
        }
    }

    /** Opens what the vendor opens. */
    public static Talk open(Vendor vendor, Opening opening) {
        return new Talk(vendor.dialect(opening), transport(vendor, opening));
    }

    /** Of a vendor that has one of its own. */
    public static Transport transport(Vendor vendor, Opening opening) {
        if (vendor.route(opening) instanceof Route.Own own) {
            return own.transport();
        }
        throw new IllegalArgumentException("route: of " + vendor.name() + " (expected: one of its own)");
    }

    public synchronized List<String> heard() {
        return hearing.lines();
    }

    /** What the vendor's close meant; a failure that it told in a message comes first. */
    public synchronized VendorFailure failure() {
        if (!hearing.failures().isEmpty()) {
            return hearing.failures().getFirst();
        }
        if (closing == null) {
            throw new AssertionError("not closed: " + lines());
        }
        return dialect.onClosed(closing);
    }

    public synchronized List<Dialect.Garbled> garbled() {
        return List.copyOf(garbled);
    }

    public Talk audio(byte[] chunk) {
        return whenWelcome(() -> dialect.audio(chunk, this));
    }

    public Talk flush() {
        return whenWelcome(() -> dialect.flush(this));
    }

    public Talk endOfInput() {
        return whenWelcome(() -> dialect.endOfInput(this));
    }

    /** At once when audio is welcome already; before that it would be a mistake of ours. */
    private synchronized Talk whenWelcome(Runnable what) {
        if (opened) {
            what.run();
        } else {
            early.add(what);
        }
        return this;
    }

    public void abort() {
        link.abort();
    }

    /** Messages that the link has not taken yet. */
    public synchronized int waiting() {
        return waiting.size();
    }

    @Override
    public synchronized void text(String text) {
        waiting.add(new Item.Message(new Wire.Text(text)));
        pump();
    }

    @Override
    public synchronized void binary(byte[] data) {
        waiting.add(new Item.Message(new Wire.Binary(data)));
        pump();
    }

    @Override
    public synchronized void close() {
        waiting.add(new Item.End());
        pump();
    }

    @Override
    public synchronized void opened() {
        super.opened();
        idle = true;
        dialect.onOpened(this, hearing);
        opened = true;
        early.forEach(Runnable::run);
        early.clear();
        pump();
    }

    @Override
    public synchronized void written() {
        super.written();
        idle = true;
        pump();
    }

    @Override
    public synchronized void received(Wire message) {
        super.received(message);
        try {
            switch (message) {
                case Wire.Text(String text) -> dialect.onText(text, this, hearing);
                case Wire.Binary(byte[] data) -> dialect.onBinary(data, this, hearing);
            }
        } catch (Dialect.Garbled unreadable) {
            garbled.add(unreadable);
        }
    }

    @Override
    public synchronized void closed(Closing how) {
        super.closed(how);
        closing = how;
    }

    private void pump() {
        if (!idle || waiting.isEmpty()) {
            return;
        }
        idle = false;
        switch (waiting.remove()) {
            case Item.Message(Wire wire) -> link.send(wire);
            case Item.End() -> link.finish();
        }
    }
}
