package io.steadyline.stt.peer;

import io.steadyline.media.Encoding;
import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.CommonOptions;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.Opening;
import io.steadyline.stt.vendor.Openings;
import io.steadyline.stt.vendor.Options;
import io.steadyline.stt.vendor.Outlet;
import io.steadyline.stt.vendor.Refusal;
import io.steadyline.stt.vendor.Route;
import io.steadyline.stt.vendor.Vendor;
import io.steadyline.stt.vendor.VendorAudio;
import io.steadyline.stt.vendor.VendorFailure;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/** A vendor's dialect and its peer in one thread, message by message, with no socket between them. */
public final class DirectTalk {

    private final Queue<Runnable> travelling = new ArrayDeque<>();
    private final HeardLines heard = new HeardLines();
    private final PeerDialect peer;
    private final Dialect dialect;
    private final PeerRecogniser recogniser;
    private final Outlet outlet = new ToPeer();
    private final PeerDialect.PeerOut peerOut = new ToDialect();
    private final Route.WebSocket route;
    private final Encoding encoding;
    private boolean closed;

    /** @param given options of the vendor and common ones; checked here, as the gateway does */
    public DirectTalk(Vendor vendor, PeerDialect peer, Map<String, String> given) {
        this.peer = peer;
        Opening opening = opening(vendor, given);
        this.dialect = vendor.dialect(opening);
        this.encoding = opening.audio().encoding();
        this.recogniser = new PeerRecogniser(peer, peerOut, opening.audio());
        if (!(vendor.route(opening) instanceof Route.WebSocket webSocket)) {
            throw new IllegalArgumentException("route: not a WebSocket (expected: one)");
        }
        this.route = webSocket;
    }

    /** As the gateway makes one for the first connection of a call; a vendor's most wanted audio. */
    public static Opening opening(Vendor vendor, Map<String, String> given) {
        List<String> problems = CommonOptions.problems(vendor, given);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("options: " + problems);
        }
        Options options = new Options(CommonOptions.of(vendor), given);
        VendorAudio audio = vendor.traits(options).audio().getFirst();
        return new Opening(
                "call-1",
                1,
                audio,
                options,
                options.text(CommonOptions.LANGUAGE),
                options.many(CommonOptions.HINTS),
                "",
                Instant.EPOCH);
    }

    public DirectTalk open() {
        return open(Optional.empty());
    }

    public DirectTalk open(Optional<PeerDialect.Trouble> trouble) {
        Optional<PeerRefusal> refusal = peer.onRequest(Openings.request(route), trouble);
        if (refusal.isPresent()) {
            PeerRefusal no = refusal.get();
            fail("refused", dialect.onRefused(new Refusal(no.status(), lowerCase(no.headers()), no.body())));
            return this;
        }
        peer.onOpened(peerOut);
        dialect.onOpened(outlet, heard);
        return carry();
    }

    public DirectTalk audio(byte[] chunk) {
        dialect.audio(chunk, outlet);
        return carry();
    }

    /** Numbered speech, in messages of so many frames. */
    public DirectTalk speak(int from, int to, int framesPerMessage) {
        return frames(from, to, framesPerMessage, true);
    }

    public DirectTalk pause(int from, int to, int framesPerMessage) {
        return frames(from, to, framesPerMessage, false);
    }

    public DirectTalk keepAlive() {
        dialect.keepAlive(outlet);
        return carry();
    }

    public DirectTalk flush() {
        dialect.flush(outlet);
        return carry();
    }

    public DirectTalk end() {
        dialect.endOfInput(outlet);
        return carry();
    }

    public DirectTalk trouble(PeerDialect.Trouble trouble) {
        peer.trouble(trouble, peerOut);
        return carry();
    }

    public List<String> lines() {
        return heard.lines();
    }

    public HeardLines heard() {
        return heard;
    }

    public PeerRecogniser recogniser() {
        return recogniser;
    }

    public boolean isClosed() {
        return closed;
    }

    private DirectTalk frames(int from, int to, int perMessage, boolean speaking) {
        for (int at = from; at < to; at += perMessage) {
            byte[] chunk = new byte[0];
            for (int n = at; n < Math.min(to, at + perMessage); n++) {
                byte[] frame = speaking ? NumberedAudio.speaking(n) : NumberedAudio.silent(n);
                chunk = NumberedAudio.joined(chunk, NumberedAudio.encoded(frame, encoding));
            }
            audio(chunk);
        }
        return this;
    }

    private void fail(String how, VendorFailure failure) {
        heard.note(how + " " + failure.kind() + " " + failure.code());
    }

    private DirectTalk carry() {
        for (Runnable next = travelling.poll(); next != null; next = travelling.poll()) {
            next.run();
        }
        return this;
    }

    private void receive(String text) {
        try {
            dialect.onText(text, outlet, heard);
        } catch (Dialect.Garbled garbled) {
            throw new AssertionError("garbled: " + text, garbled);
        }
    }

    private void receive(byte[] data) {
        try {
            dialect.onBinary(data, outlet, heard);
        } catch (Dialect.Garbled garbled) {
            throw new AssertionError("garbled: " + data.length + " bytes", garbled);
        }
    }

    private void onClosed(int code, String reason) {
        if (!closed) {
            closed = true;
            fail("closed", dialect.onClosed(new Closing(code, reason)));
        }
    }

    private static Map<String, String> lowerCase(Map<String, String> headers) {
        Map<String, String> lower = new LinkedHashMap<>();
        headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
        return lower;
    }

    private final class ToPeer implements Outlet {
        @Override
        public void text(String text) {
            travelling.add(() -> {
                if (!closed) {
                    peer.onText(text, peerOut, recogniser);
                }
            });
        }

        @Override
        public void binary(byte[] data) {
            if (data.length == 0) {
                throw new AssertionError("binary: empty (expected: never sent)");
            }
            travelling.add(() -> {
                if (!closed) {
                    peer.onBinary(data, peerOut, recogniser);
                }
            });
        }

        @Override
        public void close() {
            travelling.add(() -> onClosed(Closing.NORMAL, ""));
        }
    }

    private final class ToDialect implements PeerDialect.PeerOut {
        @Override
        public void text(String text) {
            travelling.add(() -> receive(text));
        }

        @Override
        public void binary(byte[] data) {
            travelling.add(() -> receive(data));
        }

        @Override
        public void close(int code, String reason) {
            travelling.add(() -> onClosed(code, reason));
        }
    }
}
