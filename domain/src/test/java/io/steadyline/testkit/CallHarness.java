package io.steadyline.testkit;

import io.steadyline.call.Call;
import io.steadyline.call.CallFactory;
import io.steadyline.call.CallLoop;
import io.steadyline.call.CallParts;
import io.steadyline.call.CallSettings;
import io.steadyline.media.AudioClip;
import io.steadyline.media.AudioFormat;
import io.steadyline.port.AgentProvider;
import io.steadyline.port.Ticker;
import io.steadyline.signal.CallEnd;
import io.steadyline.signal.CallFacts;
import io.steadyline.signal.CallId;
import io.steadyline.signal.PeerEvent;
import io.steadyline.signal.StreamId;
import io.steadyline.signal.StreamMode;
import io.steadyline.signal.Track;
import io.steadyline.telemetry.QueueCounts;
import io.steadyline.telemetry.QueueName;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A call among fakes, on simulated time, driven by a real {@link CallLoop} and by nothing but legal events.
 *
 * <pre>{@code
 * var harness = new CallHarness(CallSettings.DEFAULT).start();
 * harness.callerSpeaks(1000);
 * harness.agent.session().plays(5);
 * harness.time.advance(100);
 * }</pre>
 */
public final class CallHarness {

    public static final CallId CALL_ID = new CallId("CA1");

    public final SimulatedTime time;
    public final FakeRecogniser recogniser = new FakeRecogniser();
    public final FakeAgent agent = new FakeAgent();
    public final RecordingObserver observer = new RecordingObserver();
    public final FakeLoopExecutor executor = new FakeLoopExecutor();
    public final CallLoop loop;

    /** The latest stream's socket. */
    public FakePeerLink peer;

    private @Nullable Call call;
    private int streams;
    private long nextCallerFrame;

    public CallHarness(CallSettings settings) {
        this(settings, () -> 0);
    }

    /** @param ticker times the hand-over of frames */
    public CallHarness(CallSettings settings, Ticker ticker) {
        this(settings, ticker, -1, Optional.empty());
    }

    private CallHarness(
            CallSettings settings, Ticker ticker, long overflowAfterMs, Optional<AgentProvider> otherAgents) {
        SimulatedTime clock = SimulatedTime.waking(this::turn);
        time = overflowAfterMs < 0 ? clock : clock.wrappingAfter(overflowAfterMs);
        CallParts parts = new CallParts(settings, recogniser, otherAgents.orElse(agent), observer, ticker);
        CallFactory calls = (facts, link, nowNs, waker) -> new Call(facts, link, parts, nowNs, waker);
        loop = new CallLoop(calls, observer, executor, time.nowNs());
        peer = new FakePeerLink(time::elapsedMs);
    }

    /** The same on a clock that overflows so many ms after the start. */
    public static CallHarness overflowingAfter(long ms, CallSettings settings) {
        return new CallHarness(settings, () -> 0, ms, Optional.empty());
    }

    /** With bots of other kinds than {@link #agent}, which then gets no call. */
    public static CallHarness withAgents(CallSettings settings, AgentProvider agents) {
        return new CallHarness(settings, () -> 0, -1, Optional.of(agents));
    }

    /** A greeting of so many frames, numbered from {@code first}. */
    public static AudioClip greeting(long first, int frames) {
        ByteArrayOutputStream audio = new ByteArrayOutputStream();
        Frames.numberedFrom(first, frames).forEach(frame -> audio.writeBytes(frame.payload()));
        return AudioClip.of(AudioFormat.MULAW_8K, audio.toByteArray());
    }

    public static CallFacts facts(CallId callId, String streamId, StreamMode mode) {
        return new CallFacts(
                callId,
                new StreamId(streamId),
                "fake",
                "AC1",
                AudioFormat.MULAW_8K,
                mode,
                Set.of(Track.INBOUND),
                Map.of("traceparent", "00-trace", "customer", "7"));
    }

    /** The call's stream starts. */
    public CallHarness start() {
        return start(StreamMode.BIDIRECTIONAL);
    }

    public CallHarness start(StreamMode mode) {
        CallFacts facts = facts(CALL_ID, "MZ" + ++streams, mode);
        executor.onLoop(() -> call = loop.onStreamStarted(facts, peer, time.nowNs()));
        return this;
    }

    /** The provider opens another stream for the same call. */
    public FakePeerLink startsAgain() {
        peer = new FakePeerLink(time::elapsedMs);
        start();
        return peer;
    }

    public Call call() {
        return Objects.requireNonNull(call, "not started");
    }

    /** One turn of the loop, now. */
    public void turn(long nowNs) {
        executor.onLoop(() -> {
            executor.runAll(nowNs);
            loop.runDue(nowNs);
        });
    }

    public void peerSays(PeerEvent event) {
        executor.onLoop(() -> loop.onPeerEvent(call(), event, time.nowNs()));
    }

    /** One frame of the caller, numbered on from 0. */
    public void callerFrame() {
        callerAudio(Frames.payload(nextCallerFrame++, AudioFormat.MULAW_8K));
    }

    public void callerAudio(byte[] payload) {
        peerSays(new PeerEvent.Media(Track.INBOUND, -1, -1, payload));
    }

    /** A frame now, and one every 20 ms, until {@code ms} have passed. */
    public void callerSpeaks(long ms) {
        for (long spoken = 0; spoken < ms; spoken += 20) {
            callerFrame();
            time.advance(20);
        }
    }

    /** So many frames at once, as after a network stall. */
    public void callerBurst(int frames) {
        for (int i = 0; i < frames; i++) {
            callerFrame();
        }
    }

    public void callerHangsUp() {
        peerSays(new PeerEvent.Stopped());
    }

    public void streamBreaks() {
        executor.onLoop(() -> loop.onStreamLost(call(), peer, "socket closed, code 1006", time.nowNs()));
    }

    public void peerReturns(String wireName) {
        peerSays(new PeerEvent.MarkReturned(wireName));
    }

    /** The socket takes something again. */
    public void peerTakesAgain() {
        peer.resumeTaking();
        executor.onLoop(() -> loop.poll(call(), time.nowNs()));
    }

    /** The process stops. */
    public void processEnds() {
        CallEnd end = new CallEnd(CallEnd.Party.GATEWAY, CallEnd.Reason.DRAIN, "the process stops");
        executor.onLoop(() -> loop.endAll(end, 1012, time.nowNs()));
    }

    public QueueCounts counts(QueueName name) {
        return call().queues().stream()
                .filter(counts -> counts.queue() == name)
                .findFirst()
                .orElseThrow();
    }

    public long callerFramesSent() {
        return nextCallerFrame;
    }
}
