package io.steadyline.stt.peer;

import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.HearingLog;
import io.steadyline.stt.vendor.Outlet;
import io.steadyline.stt.vendor.Wire;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A dialect and its peer, each hearing what the other says, until both are silent. Without a socket. */
public final class DirectLine {

    private final Dialect dialect;
    private final PeerDialect peer;
    private final HearingLog hearing = new HearingLog();
    private final List<String> ear = new ArrayList<>();
    private final Deque<Wire> toPeer = new ArrayDeque<>();
    private final Deque<Wire> toDialect = new ArrayDeque<>();
    private Optional<Closing> closing = Optional.empty();

    private final Outlet outlet = new Outlet() {
        @Override
        public void text(String text) {
            toPeer.add(new Wire.Text(text));
        }

        @Override
        public void binary(byte[] data) {
            toPeer.add(new Wire.Binary(data));
        }

        @Override
        public void close() {
            throw new AssertionError("close (expected: the vendor closes)");
        }
    };

    private final PeerDialect.PeerOut peerOut = new PeerDialect.PeerOut() {
        @Override
        public void text(String text) {
            toDialect.add(new Wire.Text(text));
        }

        @Override
        public void binary(byte[] data) {
            toDialect.add(new Wire.Binary(data));
        }

        @Override
        public void close(int code, String reason) {
            closing = closing.or(() -> Optional.of(new Closing(code, reason)));
        }
    };

    private final PeerDialect.Ear peerEar = new PeerDialect.Ear() {
        @Override
        public void audio(byte[] data) {
            ear.add("audio " + data.length);
        }

        @Override
        public void flush() {
            ear.add("flush");
        }

        @Override
        public void endOfInput() {
            ear.add("end");
        }
    };

    public DirectLine(Dialect dialect, PeerDialect peer) {
        this.dialect = dialect;
        this.peer = peer;
    }

    public void open() {
        peer.onOpened(peerOut);
        dialect.onOpened(outlet, hearing);
        settle();
    }

    /** The gateway does something. */
    public void say(Consumer<Outlet> what) {
        what.accept(outlet);
        settle();
    }

    /** The vendor does something. */
    public void answer(Consumer<PeerDialect.PeerOut> what) {
        what.accept(peerOut);
        settle();
    }

    /** What the peer's recogniser was given since the last time it was asked. */
    public List<String> ear() {
        List<String> news = List.copyOf(ear);
        ear.clear();
        return news;
    }

    public HearingLog hearing() {
        return hearing;
    }

    /** How the vendor closed; empty: open. */
    public Optional<Closing> closing() {
        return closing;
    }

    private void settle() {
        while (!toPeer.isEmpty() || !toDialect.isEmpty()) {
            if (!toDialect.isEmpty()) {
                toDialect(toDialect.remove());
            } else if (closing.isPresent()) {
                toPeer.clear();
            } else {
                toPeer(toPeer.remove());
            }
        }
    }

    private void toPeer(Wire wire) {
        switch (wire) {
            case Wire.Text(String text) -> peer.onText(text, peerOut, peerEar);
            case Wire.Binary(byte[] data) -> peer.onBinary(data, peerOut, peerEar);
        }
    }

    private void toDialect(Wire wire) {
        try {
            switch (wire) {
                case Wire.Text(String text) -> dialect.onText(text, outlet, hearing);
                case Wire.Binary(byte[] data) -> dialect.onBinary(data, outlet, hearing);
            }
        } catch (Dialect.Garbled garbled) {
            throw new AssertionError("the dialect cannot read its peer", garbled);
        }
    }
}
