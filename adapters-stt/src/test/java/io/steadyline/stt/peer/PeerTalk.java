package io.steadyline.stt.peer;

import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.HearingLog;
import io.steadyline.stt.vendor.Opening;
import io.steadyline.stt.vendor.Openings;
import io.steadyline.stt.vendor.Outlet;
import io.steadyline.stt.vendor.Route;
import io.steadyline.stt.vendor.Vendor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A vendor's dialect and its peer in one room: no sockets, messages arrive in order and at once. */
final class PeerTalk {

    private interface Delivery {
        void run() throws Dialect.Garbled;
    }

    private final PeerDialect peer;
    private final Opening opening;
    private final Dialect dialect;
    private final PeerRequest request;
    private final Deque<Delivery> underWay = new ArrayDeque<>();
    private final List<String> closings = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private final HearingLog hearing = new HearingLog();
    private int audioBytes;

    private final Outlet toPeer = new Outlet() {
        @Override
        public void text(String text) {
            underWay.add(() -> peer.onText(text, toDialect, ear));
        }

        @Override
        public void binary(byte[] data) {
            underWay.add(() -> peer.onBinary(data, toDialect, ear));
        }

        @Override
        public void close() {
            underWay.add(() -> closings.add("client"));
        }
    };

    private final PeerDialect.PeerOut toDialect = new PeerDialect.PeerOut() {
        @Override
        public void text(String text) {
            underWay.add(() -> dialect.onText(text, toPeer, hearing));
        }

        @Override
        public void binary(byte[] data) {
            underWay.add(() -> dialect.onBinary(data, toPeer, hearing));
        }

        @Override
        public void close(int code, String reason) {
            underWay.add(() -> closings.add(code + " " + reason));
        }
    };

    private final PeerDialect.Ear ear = new PeerDialect.Ear() {
        @Override
        public void audio(byte[] data) {
            audioBytes += data.length;
        }

        @Override
        public void flush() {
            asked.add("flush");
        }

        @Override
        public void endOfInput() {
            asked.add("end");
        }
    };

    PeerTalk(Vendor vendor, Opening opening, PeerDialect peer) {
        this.peer = peer;
        this.opening = opening;
        this.dialect = vendor.dialect(opening);
        this.request = request(vendor.route(opening));
    }

    static PeerRequest request(Route route) {
        return Openings.request((Route.WebSocket) route);
    }

    Optional<PeerRefusal> request() {
        return peer.onRequest(request, Optional.empty());
    }

    Optional<PeerRefusal> request(PeerDialect.Trouble trouble) {
        return peer.onRequest(request, Optional.of(trouble));
    }

    void open() {
        peer.onOpened(toDialect);
        dialect.onOpened(toPeer, hearing);
        deliver();
    }

    /** @return this, so that what follows reads in one line */
    PeerTalk openAccepted() {
        Optional<PeerRefusal> refusal = request();
        if (refusal.isPresent()) {
            throw new AssertionError("refused: " + refusal.get());
        }
        open();
        return this;
    }

    void audioMs(int ms) {
        dialect.audio(new byte[ms * opening.audio().bytesPerMs()], toPeer);
        deliver();
    }

    void keepAlive() {
        dialect.keepAlive(toPeer);
        deliver();
    }

    void flush() {
        dialect.flush(toPeer);
        deliver();
    }

    void endOfInput() {
        dialect.endOfInput(toPeer);
        deliver();
    }

    /** Something that the dialect would not send. */
    void sendText(String text) {
        toPeer.text(text);
        deliver();
    }

    void sendBinary(byte[] data) {
        toPeer.binary(data);
        deliver();
    }

    void speechStarted(long offsetMs) {
        peer.speechStarted(offsetMs, toDialect);
        deliver();
    }

    void interim(PeerDialect.Segment segment) {
        peer.interim(segment, toDialect);
        deliver();
    }

    void finalText(PeerDialect.Segment segment) {
        peer.finalText(segment, toDialect);
        deliver();
    }

    void utteranceEnded(long offsetMs) {
        peer.utteranceEnded(offsetMs, toDialect);
        deliver();
    }

    void flushed() {
        peer.flushed(toDialect);
        deliver();
    }

    void ended(long totalMs) {
        peer.ended(totalMs, toDialect);
        deliver();
    }

    void trouble(PeerDialect.Trouble trouble) {
        peer.trouble(trouble, toDialect);
        deliver();
    }

    List<String> heard() {
        return hearing.take();
    }

    /** What the peer's recogniser was asked for. */
    List<String> asked() {
        return asked;
    }

    List<String> closings() {
        return closings;
    }

    int audioBytes() {
        return audioBytes;
    }

    private void deliver() {
        try {
            while (!underWay.isEmpty()) {
                underWay.remove().run();
            }
        } catch (Dialect.Garbled garbled) {
            throw new AssertionError(garbled);
        }
    }

    /** Words of 200 ms each, 300 ms apart. */
    static PeerDialect.Segment segment(int number, long startMs, String... words) {
        List<PeerDialect.SegmentWord> placed = new ArrayList<>();
        for (String word : words) {
            long wordMs = startMs + 300L * placed.size();
            placed.add(new PeerDialect.SegmentWord(word, wordMs, wordMs + 200));
        }
        long endMs = placed.getLast().endMs();
        return new PeerDialect.Segment(number, String.join(" ", words), startMs, endMs, placed);
    }
}
