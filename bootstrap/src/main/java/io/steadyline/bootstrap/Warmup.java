package io.steadyline.bootstrap;

import io.steadyline.call.Call;
import io.steadyline.call.CallLoop;
import io.steadyline.call.CallParts;
import io.steadyline.call.CallSettings;
import io.steadyline.media.AudioFormat;
import io.steadyline.media.MediaItem;
import io.steadyline.port.AgentProvider;
import io.steadyline.port.CallObserver;
import io.steadyline.port.CallSlot;
import io.steadyline.port.LoopExecutor;
import io.steadyline.port.NoSlot;
import io.steadyline.port.PeerLink;
import io.steadyline.port.SttProvider;
import io.steadyline.signal.CallFacts;
import io.steadyline.signal.CallMoment;
import io.steadyline.signal.PeerEvent;
import io.steadyline.signal.StreamMode;
import io.steadyline.telemetry.CallSecond;
import io.steadyline.telemetry.QueueCounts;
import io.steadyline.telemetry.TelemetryLine;
import io.steadyline.websocket.dialect.Dialect;
import io.steadyline.websocket.dialect.DialectCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * One call on simulated time before the first real one: message in, both paths, recogniser, message out. Cold code made
 * the first second of the first call tens of milliseconds late; nothing of this call is seen by logs, metrics or the
 * directory.
 */
final class Warmup implements PeerLink, CallObserver, LoopExecutor {

    /**
     * Four seconds of a call: each step is linked, with its telemetry, in less than a tenth of a second. More would compile
     * some of it before the first call, and keep that call waiting (docs/performance.md, "What was tried").
     */
    private static final int FRAMES = 200;

    private static final long PTIME_NS = 20_000_000;

    private final DialectCodec codec;
    private final ByteBuffer out = ByteBuffer.allocate(65_536);
    private final CallSlot slot = new NoSlot();
    private final CallLoop loop;

    private Warmup(Dialect dialect, CallSettings settings, SttProvider recogniser, AgentProvider agents) {
        CallParts parts = new CallParts(settings, recogniser, agents, this, System::nanoTime);
        this.codec = dialect.newCodec(StreamMode.BIDIRECTIONAL);
        this.loop =
                new CallLoop((facts, link, nowNs, waker) -> new Call(facts, link, parts, nowNs, waker), this, this, 0);
    }

    /** Returns how many messages the call has taken. */
    static int run(Dialect dialect, CallSettings settings, SttProvider recogniser, AgentProvider agents) {
        return new Warmup(dialect, settings, recogniser, agents).playCall();
    }

    private int playCall() {
        PeerEvent started = decode("""
            {"event":"start","sequenceNumber":"1","streamSid":"MZwarmup","start":{"accountSid":"ACwarmup",\
            "callSid":"CAwarmup","streamSid":"MZwarmup","tracks":["inbound"],"customParameters":{},\
            "mediaFormat":{"encoding":"audio/x-mulaw","sampleRate":8000,"channels":1}}}\
            """);
        if (!(started instanceof PeerEvent.Started start)) {
            throw new IllegalStateException("warm-up: " + started + " (expected: a start)");
        }
        Call call = loop.onStreamStarted(start.facts(), this, 0);
        String silence = Base64.getEncoder().encodeToString(AudioFormat.MULAW_8K.silentPayload());
        for (int frame = 0; frame < FRAMES; frame++) {
            long nowNs = frame * PTIME_NS;
            loop.onPeerEvent(call, decode(media(frame, silence)), nowNs);
            loop.runDue(nowNs + PTIME_NS / 2);
        }
        loop.onPeerEvent(
                call, decode("{\"event\":\"stop\",\"streamSid\":\"MZwarmup\",\"stop\":{}}"), FRAMES * PTIME_NS);
        // On simulated time the limits of the end are over at once.
        loop.runDue(FRAMES * PTIME_NS + 60_000 * PTIME_NS);
        return FRAMES;
    }

    private static String media(int frame, String payload) {
        return "{\"event\":\"media\",\"sequenceNumber\":\"" + (frame + 2)
                + "\",\"media\":{\"track\":\"inbound\",\"chunk\":\""
                + (frame + 1) + "\",\"timestamp\":\"" + frame * 20 + "\",\"payload\":\"" + payload
                + "\"},\"streamSid\":\"MZwarmup\"}";
    }

    private PeerEvent decode(String message) {
        byte[] utf8 = message.getBytes(StandardCharsets.UTF_8);
        return codec.decode(utf8, 0, utf8.length);
    }

    @Override
    public boolean isWritable() {
        return true;
    }

    @Override
    public void send(MediaItem item) {
        out.clear();
        codec.encode(item, out);
    }

    @Override
    public CallSlot slot() {
        return slot;
    }

    @Override
    public void close(int code, String reason) {
        // There is no socket.
    }

    @Override
    public void onMoment(CallFacts facts, CallMoment moment) {
        // Nobody hears of this call.
    }

    @Override
    public void onSecond(CallFacts facts, CallSecond second, List<QueueCounts> queues) {
        // Formatting is among the slowest things to do for the first time.
        if (TelemetryLine.of(second.rx()).isEmpty()
                || TelemetryLine.of(second.tx()).isEmpty()) {
            throw new IllegalStateException("warm-up: an empty line (expected: the lines of a second)");
        }
    }

    @Override
    public void onFailure(CallFacts facts, Throwable failure) {
        throw new IllegalStateException("warm-up: the call failed", failure);
    }

    @Override
    public void onSendLateness(long latenessNs) {
        // On simulated time there is none.
    }

    @Override
    public void onSttWrite(long writeNs) {
        // Not measured.
    }

    @Override
    public boolean isLoopThread() {
        return true;
    }

    @Override
    public void execute(LongConsumer task) {
        throw new IllegalStateException("warm-up: a task for the loop (expected: none, this thread is the loop)");
    }
}
