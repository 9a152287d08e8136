package io.steadyline.benchmarks.hot;

import io.steadyline.call.Call;
import io.steadyline.call.CallLoop;
import io.steadyline.call.CallParts;
import io.steadyline.call.CallSettings;
import io.steadyline.media.AudioFrame;
import io.steadyline.media.MediaItem;
import io.steadyline.port.AgentLine;
import io.steadyline.port.AgentProvider;
import io.steadyline.port.AgentSession;
import io.steadyline.port.CallObserver;
import io.steadyline.port.CallSlot;
import io.steadyline.port.LoopExecutor;
import io.steadyline.port.NoSlot;
import io.steadyline.port.PeerLink;
import io.steadyline.port.SpeechSink;
import io.steadyline.port.SttCapabilities;
import io.steadyline.port.SttProvider;
import io.steadyline.port.SttSession;
import io.steadyline.port.SttSpec;
import io.steadyline.queue.SttQueue;
import io.steadyline.signal.AgentEvent;
import io.steadyline.signal.CallFacts;
import io.steadyline.signal.CallMoment;
import io.steadyline.signal.PeerEvent;
import io.steadyline.signal.StreamMode;
import io.steadyline.simulator.ProviderMessages;
import io.steadyline.telemetry.CallSecond;
import io.steadyline.telemetry.QueueCounts;
import io.steadyline.websocket.dialect.DialectCodec;
import io.steadyline.websocket.dialect.DialectLimits;
import io.steadyline.websocket.twilio.TwilioDialect;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Echoing calls on simulated time with nothing around them: what is sent to the peer is kept until the next, what the recogniser is given
 * is thrown away, nobody watches. All on the thread that asks.
 */
public final class Stage implements PeerLink, CallObserver, LoopExecutor, SttProvider, AgentProvider {

    private final CallSlot slot = new NoSlot();
    private final CallLoop loop;
    private final Call[] calls;
    private final PeerEvent media;
    private MediaItem lastSent = Samples.frames(1)[0];
    private long sent;

    public Stage(int count) {
        CallParts parts = new CallParts(CallSettings.DEFAULT, this, this, this, System::nanoTime);
        loop = new CallLoop((facts, link, nowNs, waker) -> new Call(facts, link, parts, nowNs, waker), this, this, 0);
        calls = new Call[count];
        for (int i = 0; i < count; i++) {
            DialectCodec codec = codec();
            byte[] start = Samples.start(Samples.messages(i));
            if (!(codec.decode(start, 0, start.length) instanceof PeerEvent.Started started)) {
                throw new IllegalStateException("the start was not taken");
            }
            calls[i] = loop.onStreamStarted(started.facts(), this, 0);
        }
        media = media();
    }

    private static DialectCodec codec() {
        return new TwilioDialect(DialectLimits.defaults()).newCodec(StreamMode.BIDIRECTIONAL);
    }

    private static PeerEvent media() {
        ProviderMessages messages = Samples.messages(0);
        DialectCodec codec = codec();
        byte[] start = Samples.start(messages);
        codec.decode(start, 0, start.length);
        byte[] message = Samples.media(messages, 1)[0];
        return codec.decode(message, 0, message.length);
    }

    CallLoop loop() {
        return loop;
    }

    /** All of them, talking. */
    public Call[] calls() {
        return calls;
    }

    /** One frame of any caller. */
    PeerEvent mediaEvent() {
        return media;
    }

    /** Frames and control items that have left for the peer. */
    long sent() {
        return sent;
    }

    MediaItem lastSent() {
        return lastSent;
    }

    @Override
    public boolean isWritable() {
        return true;
    }

    @Override
    public void send(MediaItem item) {
        lastSent = item;
        sent++;
    }

    @Override
    public CallSlot slot() {
        return slot;
    }

    @Override
    public void close(int code, String reason) {
        throw new IllegalStateException("close: " + code + " " + reason + " (expected: calls that go on)");
    }

    @Override
    public void onMoment(CallFacts facts, CallMoment moment) {
        // Nobody watches.
    }

    @Override
    public void onSecond(CallFacts facts, CallSecond second, List<QueueCounts> queues) {
        // Nobody watches.
    }

    @Override
    public void onFailure(CallFacts facts, Throwable failure) {
        throw new IllegalStateException("a call failed", failure);
    }

    @Override
    public void onSendLateness(long latenessNs) {
        // Nobody watches.
    }

    @Override
    public void onSttWrite(long writeNs) {
        // Nobody watches.
    }

    @Override
    public boolean isLoopThread() {
        return true;
    }

    @Override
    public void execute(LongConsumer task) {
        throw new IllegalStateException("a task for the loop (expected: none, this thread is the loop)");
    }

    @Override
    public String name() {
        return "stage";
    }

    @Override
    public SttCapabilities capabilities() {
        return new SttCapabilities(false, false, false, false);
    }

    @Override
    public SttSession open(SttSpec spec, SttQueue audio, SpeechSink sink) {
        audio.onReadable(() -> {
            while (audio.poll() != null) {
                // Heard.
            }
        });
        return () -> {};
    }

    @Override
    public void close() {
        // Sessions have no end of their own.
    }

    @Override
    public boolean wantsGreeting() {
        return false;
    }

    @Override
    public boolean isInterruptible() {
        return false;
    }

    @Override
    public AgentSession attach(CallFacts facts, AgentLine line) {
        return new Echo(line);
    }

    private record Echo(AgentLine line) implements AgentSession {

        @Override
        public void onCallerFrame(AudioFrame frame) {
            var _ = line.offer(frame, line.epoch());
        }

        @Override
        public void on(AgentEvent event) {
            // An echo has nothing to say about it.
        }

        @Override
        public void detach(String why) {
            // Nothing to release.
        }
    }
}
