package io.steadyline.bootstrap.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.bootstrap.agent.GreetingAgent;
import io.steadyline.call.CallSettings;
import io.steadyline.media.AudioFormat;
import io.steadyline.media.AudioFrame;
import io.steadyline.signal.CallEnd;
import io.steadyline.signal.CallMoment;
import io.steadyline.signal.CallState;
import io.steadyline.testkit.Frames;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A recogniser whose connection takes its time: nothing of the caller may be missing (R7, R4). */
class LateRecogniserTest {

    private static final Duration PTIME = Duration.ofMillis(20);

    @Test
    void shouldLoseNoFrameWhenTheRecogniserOpensTwoSecondsLate() throws Exception {
        LateRecogniser recogniser = new LateRecogniser(Duration.ofSeconds(2));
        StreamText stream = StreamText.fresh();
        try (BareServer server = new BareServer(CallSettings.DEFAULT, recogniser, new GreetingAgent());
                RawPeer peer = RawPeer.open(server.media())) {
            peer.text(StreamText.CONNECTED).text(stream.start());
            speak(peer, stream, 0, 150);
            server.awaitMoment(stream.callSid(), CallMoment.SttReady.class, _ -> true);
            peer.text(stream.stop());
            assertThat(server.awaitEnd(stream.callSid()).end().reason()).isEqualTo(CallEnd.Reason.HANG_UP);

            assertHeard(recogniser, 150);
            assertThat(server.moments(stream.callSid(), CallMoment.InputRefused.class))
                    .isEmpty();
        }
    }

    @Test
    void shouldGoOnInTheSameSessionWhenTheCallComesBackOnANewStream() throws Exception {
        LateRecogniser recogniser = new LateRecogniser(Duration.ofMillis(100));
        StreamText first = StreamText.fresh();
        StreamText second = first.again();
        try (BareServer server = new BareServer(CallSettings.DEFAULT, recogniser, new GreetingAgent())) {
            try (RawPeer peer = RawPeer.open(server.media())) {
                peer.text(StreamText.CONNECTED).text(first.start());
                speak(peer, first, 0, 10);
                peer.settle();
                peer.reset();
            }
            server.awaitMoment(
                    first.callSid(), CallMoment.StateChanged.class, change -> change.to() == CallState.LINGERING);
            try (RawPeer peer = RawPeer.open(server.media())) {
                peer.text(StreamText.CONNECTED).text(second.start());
                for (int i = 0; i < 10; i++) {
                    peer.text(second.media(i + 1, Frames.payload(10 + i, AudioFormat.MULAW_8K)));
                }
                peer.text(second.stop());
                server.awaitEnd(first.callSid());
            }
            assertHeard(recogniser, 20);
            assertThat(recogniser.sessions()).isEqualTo(1);
            assertThat(server.moments(first.callSid(), CallMoment.CallStarted.class))
                    .hasSize(1);
            assertThat(server.moments(first.callSid(), CallMoment.StreamResumed.class))
                    .singleElement()
                    .satisfies(resumed -> assertThat(resumed.streamId().value()).isEqualTo(second.streamSid()));
        }
    }

    /** In real time, as a telephone does. */
    private static void speak(RawPeer peer, StreamText stream, int from, int frames) throws IOException {
        long dueNs = System.nanoTime();
        for (int i = from; i < from + frames; i++) {
            peer.text(stream.media(i + 1, Frames.payload(i, AudioFormat.MULAW_8K)));
            dueNs += PTIME.toNanos();
            LockSupport.parkNanos(dueNs - System.nanoTime());
        }
    }

    private static void assertHeard(LateRecogniser recogniser, int frames) {
        List<AudioFrame> taken = recogniser.taken();
        assertThat(taken)
                .extracting(AudioFrame::position)
                .containsExactlyElementsOf(LongStream.range(0, frames).boxed().toList());
        assertThat(taken)
                .allSatisfy(frame ->
                        assertThat(frame.payload()).isEqualTo(Frames.payload(frame.position(), AudioFormat.MULAW_8K)));
    }
}
