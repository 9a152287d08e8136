package io.steadyline.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.port.CallObserver;
import io.steadyline.signal.CallFacts;
import io.steadyline.signal.CallMoment;
import io.steadyline.signal.SpeechEvent;
import io.steadyline.signal.StreamMode;
import io.steadyline.telemetry.CallSecond;
import io.steadyline.telemetry.QueueCounts;
import io.steadyline.testkit.CallHarness;
import io.steadyline.testkit.RecordingObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObserverFanTest {

    private static final CallFacts FACTS = CallHarness.facts(CallHarness.CALL_ID, "MZ1", StreamMode.BIDIRECTIONAL);

    private final RecordingObserver first = new RecordingObserver();
    private final RecordingObserver last = new RecordingObserver();
    private final List<RuntimeException> errors = new ArrayList<>();
    private final ObserverFan fan = new ObserverFan(List.of(first, new Thrower(), last), errors::add);

    @Test
    void shouldTellEveryoneWhateverOneOfThemThrows() {
        CallMoment started = new CallMoment.CallStarted(1, FACTS);
        fan.onMoment(FACTS, started);
        CallSecond second = aSecond();
        fan.onSecond(FACTS, second, List.of());
        SpeechEvent heard =
                new SpeechEvent.Interim(new SpeechEvent.Stamp("fake-stt", 1, 1, Duration.ZERO), "s1", "hello");
        fan.onSpeech(FACTS, heard);
        Throwable failure = new IllegalStateException("ours");
        fan.onFailure(FACTS, failure);
        fan.onSendLateness(3);
        fan.onSttWrite(4);
        for (RecordingObserver each : List.of(first, last)) {
            assertThat(each.moments()).containsExactly(started);
            assertThat(each.seconds()).containsExactly(second);
            assertThat(each.speech()).containsExactly(heard);
            assertThat(each.failures()).containsExactly(failure);
            assertThat(each.latenessesNs()).containsExactly(3L);
            assertThat(each.sttWritesNs()).containsExactly(4L);
        }
        assertThat(errors)
                .extracting(Throwable::getMessage)
                .containsExactly("moment", "second", "speech", "failure", "late", "write");
    }

    private static CallSecond aSecond() {
        CallHarness harness = new CallHarness(CallSettings.DEFAULT).start();
        harness.time.advance(1000);
        return harness.observer.seconds().getFirst();
    }

    private static class Thrower implements CallObserver {
        @Override
        public void onMoment(CallFacts facts, CallMoment moment) {
            throw new IllegalStateException("moment");
        }

        @Override
        public void onSecond(CallFacts facts, CallSecond second, List<QueueCounts> queues) {
            throw new IllegalStateException("second");
        }

        @Override
        public void onSpeech(CallFacts facts, SpeechEvent event) {
            throw new IllegalStateException("speech");
        }

        @Override
        public void onFailure(CallFacts facts, Throwable failure) {
            throw new IllegalStateException("failure");
        }

        @Override
        public void onSendLateness(long latenessNs) {
            throw new IllegalStateException("late");
        }

        @Override
        public void onSttWrite(long writeNs) {
            throw new IllegalStateException("write");
        }
    }
}
