package io.steadyline.stt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.steadyline.port.SpeechSink;
import io.steadyline.signal.SpeechEvent;
import io.steadyline.signal.SpeechEvent.Closed;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A sink that keeps what it is told, and notices when two threads tell at once. */
public final class SpeechLog implements SpeechSink {

    private final List<SpeechEvent> events = new CopyOnWriteArrayList<>();
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger overlaps = new AtomicInteger();

    @Override
    public void on(SpeechEvent event) {
        if (inside.incrementAndGet() != 1) {
            overlaps.incrementAndGet();
        }
        events.add(event);
        inside.decrementAndGet();
    }

    public List<SpeechEvent> events() {
        return events;
    }

    public <E extends SpeechEvent> List<E> all(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    public List<String> names() {
        return events.stream().map(event -> event.getClass().getSimpleName()).toList();
    }

    public void awaitEvent(Class<? extends SpeechEvent> type) {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> events.stream().anyMatch(type::isInstance));
    }

    /** What holds for every session that is over. */
    public void assertComplete() {
        assertThat(overlaps).hasValue(0);
        assertThat(all(Closed.class)).hasSize(1);
        assertThat(events.getLast()).isInstanceOf(Closed.class);
        for (int i = 0; i < events.size(); i++) {
            assertThat(events.get(i).stamp().sequence()).isEqualTo(i + 1);
        }
        assertThat(events)
                .isSortedAccordingTo(
                        (a, b) -> a.stamp().audioPosition().compareTo(b.stamp().audioPosition()));
        assertThat(events)
                .allSatisfy(event -> assertThat(endOf(event))
                        .isLessThanOrEqualTo(event.stamp().audioPosition()));
    }

    /** Where in the audio it lies; nothing can be known of audio that has not been taken. */
    private static Duration endOf(SpeechEvent event) {
        return switch (event) {
            case SpeechEvent.SpeechStarted started -> started.offset();
            case SpeechEvent.SpeechEnded ended -> ended.offset();
            case SpeechEvent.Final said -> said.end();
            case SpeechEvent.UtteranceEnd ended -> ended.end();
            case SpeechEvent.DtmfHeard key -> key.offset().plus(key.duration());
            case SpeechEvent.ToneHeard tone -> tone.offset().plus(tone.duration());
            case SpeechEvent.Ready ready -> Duration.ZERO;
            case SpeechEvent.Interim interim -> Duration.ZERO;
            case SpeechEvent.Gap gap -> Duration.ZERO;
            case SpeechEvent.Usage usage -> Duration.ZERO;
            case SpeechEvent.Failure failure -> Duration.ZERO;
            case Closed closed -> Duration.ZERO;
        };
    }
}
