package io.steadyline.stt.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.steadyline.media.AudioFormat;
import io.steadyline.media.AudioFrame;
import io.steadyline.port.SpeechSink;
import io.steadyline.port.SttSession;
import io.steadyline.port.SttSpec;
import io.steadyline.queue.SttQueue;
import io.steadyline.signal.CallId;
import io.steadyline.signal.SpeechEvent;
import io.steadyline.signal.SpeechEvent.Cause;
import io.steadyline.signal.SpeechEvent.Closed;
import io.steadyline.signal.SpeechEvent.Failure;
import io.steadyline.signal.SpeechEvent.Final;
import io.steadyline.signal.SpeechEvent.Gap;
import io.steadyline.signal.SpeechEvent.SpeechStarted;
import io.steadyline.signal.SpeechEvent.Usage;
import io.steadyline.signal.SpeechEvent.UtteranceEnd;
import io.steadyline.signal.SttControl;
import io.steadyline.stt.SpeechLog;
import io.steadyline.stt.audio.Recording;
import io.steadyline.telemetry.RxMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BuiltinRecogniserTest {

    /** Holds one utterance from 800 to 3538 ms. */
    private static final List<AudioFrame> BOOKING =
            Recording.of("speech").getFirst().frames();

    private final BuiltinRecogniser recogniser = new BuiltinRecogniser();
    private final SttQueue queue = new SttQueue(1_000);
    private final SpeechLog log = new SpeechLog();

    @AfterEach
    void closeRecogniser() {
        recogniser.close();
    }

    @Nested
    class Utterances {

        @Test
        void shouldBeToldWithoutWords() {
            open(log);
            BOOKING.forEach(BuiltinRecogniserTest.this::offer);
            queue.offer(new SttControl.EndOfInput());
            log.awaitEvent(Closed.class);
            assertThat(log.names()).startsWith("Ready", "SpeechStarted").endsWith("Usage", "Closed");
            UtteranceEnd utterance = log.all(UtteranceEnd.class).getFirst();
            assertThat(utterance.start().toMillis()).isBetween(700L, 900L);
            assertThat(utterance.end().toMillis()).isBetween(3_440L, 3_640L);
            assertThat(utterance.text()).isEmpty();
            assertThat(utterance.textAvailable()).isFalse();
            assertThat(utterance.cause()).isEqualTo(Cause.ENDPOINT);
            assertThat(utterance.levelDbfs().orElseThrow()).isBetween(-40.0, -15.0);
            assertThat(log.all(Usage.class).getFirst().audio()).hasMillis(BOOKING.size() * 20L);
            log.assertComplete();
        }

        @Test
        void shouldBeCutByAFlush() {
            open(log);
            BOOKING.subList(0, 100).forEach(BuiltinRecogniserTest.this::offer);
            queue.offer(new SttControl.Flush("now"));
            log.awaitEvent(UtteranceEnd.class);
            assertThat(log.all(UtteranceEnd.class).getFirst().cause()).isEqualTo(Cause.FLUSH);
            assertThat(log.names()).containsSubsequence("SpeechStarted", "SpeechEnded", "UtteranceEnd");
        }

        @Test
        void shouldBeEndedByTheEndOfInput() {
            open(log);
            BOOKING.subList(0, 100).forEach(BuiltinRecogniserTest.this::offer);
            queue.offer(new SttControl.EndOfInput());
            log.awaitEvent(Closed.class);
            assertThat(log.all(UtteranceEnd.class).getFirst().cause()).isEqualTo(Cause.END);
            assertThat(log.names()).endsWith("SpeechEnded", "UtteranceEnd", "Usage", "Closed");
        }

        @Test
        void shouldSayNothingToAFlushInSilence() {
            open(log);
            queue.offer(new SttControl.Flush("now"));
            queue.offer(new SttControl.EndOfInput());
            log.awaitEvent(Closed.class);
            assertThat(log.names()).containsExactly("Ready", "Usage", "Closed");
        }
    }

    @Nested
    class Words {

        private final BuiltinRecogniser numbering = new BuiltinRecogniser(BuiltinSettings.DEFAULT.withWords());

        @AfterEach
        void closeNumbering() {
            numbering.close();
        }

        @Test
        void shouldBeItsNumberAsAFinalBeforeTheUtterancesEnd() {
            numbering.open(spec(), queue, log);
            offerTwice();
            log.awaitEvent(Closed.class);
            assertThat(log.names())
                    .containsSubsequence(
                            "SpeechEnded", "Final", "UtteranceEnd", "SpeechEnded", "Final", "UtteranceEnd");
            assertThat(log.all(Final.class).stream().map(Final::text)).containsExactly("utterance 1", "utterance 2");
            List<UtteranceEnd> ends = log.all(UtteranceEnd.class);
            assertThat(ends.stream().map(UtteranceEnd::text)).containsExactly("utterance 1", "utterance 2");
            for (int i = 0; i < 2; i++) {
                Final words = log.all(Final.class).get(i);
                assertThat(ends.get(i).textAvailable()).isTrue();
                assertThat(words.start()).isEqualTo(ends.get(i).start());
                assertThat(words.end()).isEqualTo(ends.get(i).end());
                assertThat(words.cause()).isEqualTo(Cause.ENDPOINT);
            }
            log.assertComplete();
        }

        @Test
        void shouldGoOnCountingInACallThatGoesOn() {
            numbering.open(
                    new SttSpec(new CallId("CA1"), AudioFormat.MULAW_8K, "", "utterance 7", Map.of()), queue, log);
            offerTwice();
            log.awaitEvent(Closed.class);
            assertThat(log.all(Final.class).stream().map(Final::text)).containsExactly("utterance 8", "utterance 9");
        }

        @Test
        void shouldNotBeHeardInSilence() {
            numbering.open(spec(), queue, log);
            queue.offer(new SttControl.Flush("now"));
            queue.offer(new SttControl.EndOfInput());
            log.awaitEvent(Closed.class);
            assertThat(log.names()).containsExactly("Ready", "Usage", "Closed");
        }

        @Test
        void shouldBeAmongWhatItCanDo() {
            assertThat(numbering.capabilities().transcribes()).isTrue();
            assertThat(numbering.capabilities().interims()).isFalse();
        }

        private void offerTwice() {
            BOOKING.forEach(BuiltinRecogniserTest.this::offer);
            BOOKING.forEach(frame -> offer(new AudioFrame(frame.payload(), frame.position() + BOOKING.size())));
            queue.offer(new SttControl.EndOfInput());
        }
    }

    @Nested
    class LostFrames {

        @Test
        void shouldBeToldAsAGap() {
            open(log);
            BOOKING.subList(0, 20).forEach(BuiltinRecogniserTest.this::offer);
            BOOKING.subList(35, BOOKING.size()).forEach(BuiltinRecogniserTest.this::offer);
            queue.offer(new SttControl.EndOfInput());
            log.awaitEvent(Closed.class);
            Gap gap = log.all(Gap.class).getFirst();
            assertThat(gap.from()).hasMillis(400);
            assertThat(gap.to()).hasMillis(700);
            assertThat(log.all(UtteranceEnd.class).getFirst().start().toMillis())
                    .isBetween(700L, 900L);
            assertThat(log.all(Usage.class).getFirst().audio()).hasMillis((BOOKING.size() - 15) * 20L);
            log.assertComplete();
        }

        @Test
        void shouldBeAGapBeforeTheFirstFrameToo() {
            open(log);
            BOOKING.subList(35, BOOKING.size()).forEach(BuiltinRecogniserTest.this::offer);
            queue.offer(new SttControl.EndOfInput());
            log.awaitEvent(Closed.class);
            Gap gap = log.all(Gap.class).getFirst();
            assertThat(gap.from()).isZero();
            assertThat(gap.to()).hasMillis(700);
            assertThat(log.all(UtteranceEnd.class).getFirst().start().toMillis())
                    .isBetween(700L, 900L);
        }

        @Test
        void shouldNotBeHeardWhenTheyComeAgain() {
            open(log);
            BOOKING.subList(0, 20).forEach(BuiltinRecogniserTest.this::offer);
            BOOKING.subList(10, 25).forEach(BuiltinRecogniserTest.this::offer);
            queue.offer(new SttControl.EndOfInput());
            log.awaitEvent(Closed.class);
            assertThat(log.all(Usage.class).getFirst().audio()).hasMillis(500);
            assertThat(recogniser.counters().staleFrames()).isEqualTo(10);
        }
    }

    @Nested
    class Mishaps {

        @Test
        void shouldEndOnlyTheSessionInWhichTheyHappen() {
            SpeechLog broken = new SpeechLog();
            SttQueue brokenQueue = new SttQueue(10);
            recogniser.open(spec(), brokenQueue, broken);
            open(log);
            brokenQueue.offer(new AudioFrame(new byte[159], 0), RxMode.NORMAL);
            broken.awaitEvent(Closed.class);
            BOOKING.forEach(BuiltinRecogniserTest.this::offer);
            log.awaitEvent(UtteranceEnd.class);

            assertThat(broken.names()).containsExactly("Ready", "Failure", "Usage", "Closed");
            Failure failure = broken.all(Failure.class).getFirst();
            assertThat(failure.fatal()).isTrue();
            assertThat(failure.message()).contains("payloadBytes: 159 (expected: 160");
            broken.assertComplete();
            assertThat(recogniser.counters().failedSessions()).isOne();
            await().untilAsserted(() ->
                    assertThat(recogniser.counters().openSessions()).isOne());
        }

        @Test
        void shouldSurviveASinkThatThrows() {
            SttQueue otherQueue = new SttQueue(1_000);
            SttSession other = recogniser.open(spec(), otherQueue, event -> {
                throw new IllegalStateException("no");
            });
            BOOKING.forEach(frame -> otherQueue.offer(frame, RxMode.NORMAL));
            open(log);
            BOOKING.forEach(BuiltinRecogniserTest.this::offer);
            log.awaitEvent(UtteranceEnd.class);
            other.abort();
            await().untilAsserted(() ->
                    assertThat(recogniser.counters().openSessions()).isOne());
            assertThat(recogniser.counters().sinkFailures()).isGreaterThanOrEqualTo(3);
            assertThat(recogniser.counters().failedSessions()).isZero();
        }

        @Test
        void shouldSurviveASinkThatInterruptsOrClosesTheRecogniser() {
            SpeechLog closing = new SpeechLog();
            SpeechSink sink = event -> {
                closing.on(event);
                if (event instanceof SpeechEvent.Ready) {
                    Thread.currentThread().interrupt();
                }
                if (event instanceof SpeechStarted) {
                    recogniser.close();
                }
            };
            open(sink);
            BOOKING.forEach(BuiltinRecogniserTest.this::offer);
            closing.awaitEvent(Closed.class);
            closing.assertComplete();
        }
    }

    @Test
    void shouldServeManySessionsOnItsOneThread() {
        List<SpeechLog> logs = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            SpeechLog each = new SpeechLog();
            SttQueue audio = new SttQueue(1_000);
            recogniser.open(spec(), audio, each);
            BOOKING.forEach(frame -> audio.offer(frame, RxMode.NORMAL));
            audio.offer(new SttControl.EndOfInput());
            logs.add(each);
        }
        for (SpeechLog each : logs) {
            each.awaitEvent(Closed.class);
            each.assertComplete();
            assertThat(each.all(UtteranceEnd.class)).hasSize(1);
        }
        await().untilAsserted(
                        () -> assertThat(recogniser.counters().openSessions()).isZero());
        assertThat(recogniser.counters().openedSessions()).isEqualTo(200);
    }

    @Test
    void shouldAdmitThatItWritesNoWords() {
        assertThat(recogniser.name()).isEqualTo("builtin");
        assertThat(recogniser.capabilities().transcribes()).isFalse();
        assertThat(recogniser.capabilities().dtmf()).isTrue();
    }

    private SttSession open(SpeechSink sink) {
        return recogniser.open(spec(), queue, sink);
    }

    private void offer(AudioFrame frame) {
        assertThat(queue.offer(frame, RxMode.NORMAL).isAccepted()).isTrue();
    }

    private static SttSpec spec() {
        return new SttSpec(new CallId("CA1"), AudioFormat.MULAW_8K, "", Map.of());
    }
}
