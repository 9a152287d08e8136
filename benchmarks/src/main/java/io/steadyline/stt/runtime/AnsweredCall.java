package io.steadyline.stt.runtime;

import io.steadyline.media.AudioFormat;
import io.steadyline.media.AudioFrame;
import io.steadyline.queue.SttQueue;
import io.steadyline.signal.SpeechEvent;
import io.steadyline.simulator.Speech;
import io.steadyline.stt.event.EventOut;
import io.steadyline.stt.jambonz.JambonzVendor;
import io.steadyline.stt.vendor.CommonOptions;
import io.steadyline.stt.vendor.Link;
import io.steadyline.stt.vendor.LinkEvents;
import io.steadyline.stt.vendor.Options;
import io.steadyline.stt.vendor.Wire;
import io.steadyline.telemetry.RxMode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A session with a vendor that takes each message at once and says something every 500 ms and a final every 2 s. The caller
 * speaks without end. One thread.
 */
final class AnsweredCall {

    private static final String CALL_ID = "call";
    private static final long PTIME_NS = 20_000_000;
    private static final int FRAMES = 512;
    private static final int INTERIM_FRAMES = 25;
    private static final int FINAL_FRAMES = 100;

    private final byte[][] speech = new byte[FRAMES][AudioFormat.MULAW_8K.silentPayload().length];
    private final SttQueue queue = new SttQueue(SttQueue.DEFAULT_CAPACITY_FRAMES);
    private final RuntimeSession session;
    private long nowNs;
    private long position;
    private long sent;
    private long finals;

    AnsweredCall() {
        for (int i = 0; i < FRAMES; i++) {
            Speech.voice().copyTo((long) i * speech[i].length, speech[i]);
        }
        JambonzVendor vendor = new JambonzVendor();
        EventOut out = new EventOut(CALL_ID, vendor.name(), this::onEvent, AnsweredCall::onSinkFailure);
        session = new RuntimeSession(CALL_ID, (route, events) -> new AnsweringLink(events), out, rung -> {});
        session.begin(new Recognition(
                CALL_ID,
                AudioFormat.MULAW_8K,
                "",
                queue,
                List.of(lane(vendor)),
                RuntimeSettings.DEFAULT,
                session,
                out,
                InstantSource.fixed(Instant.EPOCH),
                new SplittableRandom(1),
                nowNs));
    }

    private static Lane lane(JambonzVendor vendor) {
        RuntimeSettings settings = RuntimeSettings.DEFAULT;
        Options options = new Options(CommonOptions.of(vendor), Map.of("url", "ws://127.0.0.1:1/"));
        VendorGate gate = new VendorGate(settings.breakerOpen(), settings.connectsPerSecond(), 0);
        return Lane.of(0, vendor, options, AudioFormat.MULAW_8K, gate);
    }

    /** The next one, and its turn; tells how many messages of audio have been sent. */
    long frame() {
        nowNs += PTIME_NS;
        AudioFrame next = new AudioFrame(speech[(int) position & FRAMES - 1], position);
        position++;
        if (!queue.offer(next, RxMode.NORMAL).isAccepted() || !session.turn(nowNs)) {
            throw new IllegalStateException("frame " + position + " was not taken (expected: a session that goes on)");
        }
        return sent;
    }

    /** Finals that the session told. */
    long finals() {
        return finals;
    }

    private void onEvent(SpeechEvent event) {
        if (event instanceof SpeechEvent.Failure failure) {
            throw new IllegalStateException("failure: " + failure + " (expected: none)");
        }
        finals += event instanceof SpeechEvent.Final ? 1 : 0;
    }

    private static void onSinkFailure() {
        throw new IllegalStateException("the session failed (expected: one that goes on)");
    }

    /** Everything is out of our hands as soon as it was sent. */
    private final class AnsweringLink implements Link {

        private final LinkEvents events;

        AnsweringLink(LinkEvents events) {
            this.events = events;
            events.opened();
        }

        @Override
        public void send(Wire message) {
            events.written();
            if (message instanceof Wire.Binary) {
                sent++;
                if (sent % INTERIM_FRAMES == 0) {
                    events.received(new Wire.Text(transcription(sent % FINAL_FRAMES == 0)));
                }
            }
        }

        private static String transcription(boolean isFinal) {
            return "{\"type\":\"transcription\",\"is_final\":" + isFinal
                    + ",\"alternatives\":[{\"transcript\":\"w\",\"confidence\":0.9}]}";
        }

        @Override
        public void finish() {
            throw new IllegalStateException("finish (expected: never, the server closes)");
        }

        @Override
        public void abort() {
            throw new IllegalStateException("abort (expected: never, the call goes on)");
        }
    }
}
