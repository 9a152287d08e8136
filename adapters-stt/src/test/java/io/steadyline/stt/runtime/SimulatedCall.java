package io.steadyline.stt.runtime;

import io.steadyline.media.AudioFormat;
import io.steadyline.media.AudioFrame;
import io.steadyline.queue.SttQueue;
import io.steadyline.signal.SttControl;
import io.steadyline.stt.SpeechLog;
import io.steadyline.stt.audio.Sound;
import io.steadyline.stt.event.EventOut;
import io.steadyline.stt.vendor.CommonOptions;
import io.steadyline.stt.vendor.Link;
import io.steadyline.stt.vendor.Options;
import io.steadyline.stt.vendor.Route;
import io.steadyline.stt.vendor.Vendor;
import io.steadyline.telemetry.RxMode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;

/** One call with simulated vendors, on time that moves in steps of 10 ms. A caller that speaks sends a vowel, numbered. */
final class SimulatedCall {

    private record Later(long atNs, long order, Consumer<Recognition> what) {}

    private static final long MS = 1_000_000;
    private static final int STEP_MS = 10;
    private static final int PTIME_MS = 20;
    /** What waits before the recogniser's queue, as in a call: R11. */
    private static final int RX_FRAMES = 200;
    /** µ-law of less than 120 of 32,124 in its last four bits: what is written there is not heard. */
    private static final int QUIET = 0xF0;

    private static final int NIBBLES = 8;
    private static final long SILENCE = 0xFFFF_FFFFL;

    final SpeechLog log = new SpeechLog();
    final SttQueue queue = new SttQueue(SttQueue.DEFAULT_CAPACITY_FRAMES);
    final List<SimulatedServer> servers = new ArrayList<>();
    final List<String> connectedTo = new ArrayList<>();
    final List<Lane> lanes = new ArrayList<>();

    private final Deque<AudioFrame> rx = new ArrayDeque<>();
    private final List<AudioFrame> speech = syllables();
    private final PriorityQueue<Later> agenda =
            new PriorityQueue<>(Comparator.comparingLong(Later::atNs).thenComparingLong(Later::order));
    private final Recognition recognition;
    private final Function<Integer, SimulatedServer.Fate> fates;
    private int openMs = 50;
    private int lagMs = 100;
    /** Frames without words, by their number. */
    private final BitSet noise = new BitSet();

    private long order;
    private long nowNs = 1_000_000_000;
    private long frames;
    private long reached;
    private boolean alive = true;

    /** @param fates of the connections, by their number from 1 */
    SimulatedCall(
            RuntimeSettings settings,
            List<? extends Vendor> vendors,
            Function<Integer, SimulatedServer.Fate> fates,
            long seed) {
        this.fates = fates;
        for (Vendor vendor : vendors) {
            VendorGate gate = new VendorGate(settings.breakerOpen(), settings.connectsPerSecond(), nowNs);
            Options options = new Options(CommonOptions.of(vendor), Map.of());
            lanes.add(Lane.of(lanes.size(), vendor, options, AudioFormat.MULAW_8K, gate));
        }
        recognition = new Recognition(
                "call",
                AudioFormat.MULAW_8K,
                "",
                queue,
                lanes,
                settings,
                this::connect,
                new EventOut("call", vendors.getFirst().name(), log, () -> {}),
                InstantSource.fixed(Instant.EPOCH),
                new SplittableRandom(seed),
                nowNs);
    }

    void slowly(int newOpenMs, int newLagMs) {
        openMs = newOpenMs;
        lagMs = newLagMs;
    }

    long nowNs() {
        return nowNs;
    }

    boolean isAlive() {
        return alive;
    }

    /** Frames that the caller sent. */
    long frames() {
        return frames;
    }

    /** All frames before this one came to the recogniser's queue, or are a hole in front of one that did. */
    long reached() {
        return reached;
    }

    /** Frames that wait on this side of the vendor. */
    int waiting() {
        return rx.size() + queue.depthFrames();
    }

    /** What was told and who heard what, for a failed test. */
    String story() {
        StringBuilder story = new StringBuilder();
        log.events().forEach(event -> story.append(event).append('\n'));
        servers.forEach(server -> story.append(server).append('\n'));
        return story.toString();
    }

    void later(int inMs, Consumer<Recognition> what) {
        agenda.add(new Later(nowNs + inMs * MS, order++, what));
    }

    void speaks(int ms) {
        for (int done = 0; done < ms; done += PTIME_MS) {
            offer(payload(frames, true));
            advance(PTIME_MS);
        }
    }

    void isSilent(int ms) {
        for (int done = 0; done < ms; done += PTIME_MS) {
            offer(payload(frames, false));
            advance(PTIME_MS);
        }
    }

    /** Something that the ears take for speech, and that has no words. */
    void isNoisy(int ms) {
        int from = (int) frames;
        noise.set(from, from + ms / PTIME_MS);
        speaks(ms);
    }

    boolean isNoise(long frame) {
        return frame >= 0 && noise.get((int) frame);
    }

    /** Time passes without any audio. */
    void advance(int ms) {
        long untilNs = nowNs + ms * MS;
        while (nowNs < untilNs) {
            nowNs += STEP_MS * MS;
            refill();
            while (!agenda.isEmpty() && agenda.peek().atNs() <= nowNs) {
                agenda.remove().what().accept(recognition);
            }
            alive = recognition.turn(nowNs);
        }
    }

    void flush() {
        queue.offer(new SttControl.Flush("wanted"));
    }

    /** Hangs up, and gives the session the time that a call gives it. */
    void ends() {
        refill();
        advanceUntilTaken();
        rx.clear();
        queue.offer(new SttControl.EndOfInput());
        advance(4_000);
        if (alive) {
            recognition.abort(nowNs);
            alive = false;
        }
    }

    private void advanceUntilTaken() {
        for (int waited = 0; waited < 10_000 && !rx.isEmpty(); waited += STEP_MS) {
            advance(STEP_MS);
        }
    }

    private void offer(byte[] payload) {
        rx.addLast(new AudioFrame(payload, frames++));
        if (rx.size() > RX_FRAMES) {
            // No room anywhere: the recogniser's queue drops its oldest frame (ADR 0006).
            handOn(RxMode.DRAIN);
        }
        refill();
    }

    private void refill() {
        while (!rx.isEmpty() && handOn(RxMode.NORMAL)) {
            // One after the other.
        }
    }

    private boolean handOn(RxMode mode) {
        boolean accepted = queue.offer(rx.getFirst(), mode).isAccepted();
        if (accepted) {
            reached = rx.removeFirst().position() + 1;
        }
        return accepted;
    }

    /** The number stands in the first bytes. */
    private byte[] payload(long number, boolean voiced) {
        byte[] payload = voiced
                ? speech.get((int) (number % speech.size())).payload().clone()
                : AudioFormat.MULAW_8K.silentPayload();
        for (int nibble = 0; nibble < NIBBLES; nibble++) {
            payload[nibble] = (byte) (QUIET | ((number >> (4 * nibble)) & 0x0F));
        }
        return payload;
    }

    /** The number that stands in a frame; -1: silence of ours. */
    static long numberIn(byte[] data, int at) {
        long number = 0;
        for (int nibble = NIBBLES - 1; nibble >= 0; nibble--) {
            number = (number << 4) | (data[at + nibble] & 0x0F);
        }
        return number == SILENCE ? -1 : number;
    }

    /** Vowels of 360 ms with 40 ms between them: what a caller who does not pause sounds like to the ears. */
    private static List<AudioFrame> syllables() {
        Random random = new Random(1);
        float[] all = new float[0];
        for (int syllable = 0; syllable < 50; syllable++) {
            all = Sound.join(all, Sound.vowel(360, 8_000, random), Sound.noise(30, 40, 8_000, random));
        }
        return Sound.frames(all, AudioFormat.MULAW_8K);
    }

    private Link connect(Route route, int attempt) {
        connectedTo.add(String.valueOf(route));
        SimulatedServer server = new SimulatedServer(this, attempt, fates.apply(attempt), openMs, lagMs);
        servers.add(server);
        return server;
    }
}
