package io.steadyline.stt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.steadyline.media.AudioFormat;
import io.steadyline.media.AudioFrame;
import io.steadyline.port.SttProvider;
import io.steadyline.port.SttSession;
import io.steadyline.port.SttSpec;
import io.steadyline.queue.OfferOutcome;
import io.steadyline.queue.SttQueue;
import io.steadyline.signal.CallId;
import io.steadyline.signal.SpeechEvent.Closed;
import io.steadyline.signal.SpeechEvent.Failure;
import io.steadyline.signal.SpeechEvent.Ready;
import io.steadyline.signal.SttControl;
import io.steadyline.telemetry.RxMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@link SttProvider} promises, whoever recognises. A vendor's test extends this with its provider. */
public abstract class SttProviderContract {

    /** Ways that a session ends. */
    enum Ending {
        END_OF_INPUT,
        ABORT,
        ABORT_TWICE,
        END_OF_INPUT_THEN_ABORT,
        PROVIDER_CLOSE,
        ABORT_THEN_PROVIDER_CLOSE
    }

    private final SttQueue queue = new SttQueue(SttQueue.DEFAULT_CAPACITY_FRAMES);
    private final SpeechLog log = new SpeechLog();
    private SttProvider provider;
    private long nextPosition;

    /** A fresh provider, able to open sessions; closed by the contract. */
    protected abstract SttProvider newProvider();

    @BeforeEach
    void startProvider() {
        provider = newProvider();
    }

    @AfterEach
    void closeProvider() {
        provider.close();
    }

    @Test
    void shouldSayReadyBeforeAnythingElse() {
        offer(50);
        endInput();
        open();
        log.awaitEvent(Closed.class);
        assertThat(log.events().getFirst()).isInstanceOf(Ready.class);
        assertThat(log.all(Ready.class)).hasSize(1);
        log.assertComplete();
    }

    @Test
    void shouldHearWhatWasQueuedBeforeItWasOpened() {
        offer(SttQueue.DEFAULT_CAPACITY_FRAMES);
        open();
        await().until(() -> queue.depthFrames() == 0);
        endInput();
        log.awaitEvent(Closed.class);
        assertThat(queue.counts().out()).isEqualTo(nextPosition);
    }

    @Test
    void shouldTakeAllFramesInOrderWhileTheyCome() {
        open();
        while (nextPosition < 1_000) {
            if (queue.offer(frame(), RxMode.NORMAL).isAccepted()) {
                nextPosition++;
            } else {
                await().until(() -> queue.depthFrames() < SttQueue.DEFAULT_CAPACITY_FRAMES);
            }
        }
        endInput();
        log.awaitEvent(Closed.class);
        assertThat(queue.counts().out()).isEqualTo(1_000);
        assertThat(queue.counts().dropped()).isZero();
        assertThat(log.names()).doesNotContain("Gap", "Failure");
        assertThat(log.events().getLast().stamp().audioPosition()).hasMillis(20_000);
        log.assertComplete();
    }

    @ParameterizedTest
    @EnumSource
    void shouldCloseOnceAndLast(Ending ending) {
        SttSession session = open();
        offer(100);
        switch (ending) {
            case END_OF_INPUT -> endInput();
            case ABORT -> session.abort();
            case ABORT_TWICE -> {
                session.abort();
                session.abort();
            }
            case END_OF_INPUT_THEN_ABORT -> {
                endInput();
                session.abort();
            }
            case PROVIDER_CLOSE -> provider.close();
            case ABORT_THEN_PROVIDER_CLOSE -> {
                session.abort();
                provider.close();
            }
        }
        log.awaitEvent(Closed.class);
        session.abort();
        provider.close();
        log.assertComplete();
    }

    @Test
    void shouldHaveClosedAllSessionsWhenItsCloseReturns() {
        List<SpeechLog> logs = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            SpeechLog each = new SpeechLog();
            provider.open(spec("call-" + i), new SttQueue(10), each);
            logs.add(each);
        }
        provider.close();
        logs.forEach(SpeechLog::assertComplete);
    }

    @Test
    void shouldRefuseASessionAfterItsClose() {
        provider.close();
        SttSession session = open();
        log.awaitEvent(Closed.class);
        session.abort();
        assertThat(log.names()).containsExactly("Failure", "Closed");
        assertThat(log.all(Failure.class)).allMatch(Failure::fatal);
        log.assertComplete();
    }

    @Test
    void shouldLeaveFramesToTheGiverWhileTheQueueIsHeld() {
        open();
        offer(10);
        queue.hold();
        assertThat(queue.offer(frame(), RxMode.NORMAL)).isEqualTo(OfferOutcome.REFUSED_FULL);
        queue.release();
        offer(10);
        endInput();
        log.awaitEvent(Closed.class);
        assertThat(queue.counts().out()).isEqualTo(20);
        log.assertComplete();
    }

    @Test
    void shouldEndGracefullyWhileTheQueueIsHeld() {
        open();
        offer(10);
        queue.hold();
        endInput();
        log.awaitEvent(Closed.class);
        assertThat(queue.counts().out()).isEqualTo(10);
        log.assertComplete();
    }

    private SttSession open() {
        return provider.open(spec("contract"), queue, log);
    }

    private void offer(int frames) {
        for (int i = 0; i < frames; i++) {
            assertThat(queue.offer(frame(), RxMode.NORMAL)).isEqualTo(OfferOutcome.ACCEPTED);
            nextPosition++;
        }
    }

    private void endInput() {
        assertThat(queue.offer(new SttControl.EndOfInput())).isEqualTo(OfferOutcome.ACCEPTED);
    }

    private AudioFrame frame() {
        return new AudioFrame(AudioFormat.MULAW_8K.silentPayload(), nextPosition);
    }

    private static SttSpec spec(String callId) {
        return new SttSpec(new CallId(callId), AudioFormat.MULAW_8K, "", Map.of());
    }
}
