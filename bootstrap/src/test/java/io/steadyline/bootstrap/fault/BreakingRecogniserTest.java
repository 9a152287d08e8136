package io.steadyline.bootstrap.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.steadyline.media.AudioFormat;
import io.steadyline.port.SttProvider;
import io.steadyline.port.SttSession;
import io.steadyline.port.SttSpec;
import io.steadyline.queue.SttQueue;
import io.steadyline.signal.CallId;
import io.steadyline.signal.SpeechEvent;
import io.steadyline.stt.builtin.BuiltinRecogniser;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class BreakingRecogniserTest {

    private static final SttSpec SPEC = new SttSpec(new CallId("CA1"), AudioFormat.MULAW_8K, "", Map.of());

    private final List<SpeechEvent> events = new CopyOnWriteArrayList<>();

    @Test
    void shouldTalkGarbageAndThenBeClosedOnce() {
        try (SttProvider breaking =
                new BreakingRecogniser(new BuiltinRecogniser(), Duration.ofMillis(1), Duration.ofMillis(50))) {
            SttSession session = breaking.open(SPEC, new SttQueue(200), events::add);
            await().until(() -> events.stream().anyMatch(SpeechEvent.Closed.class::isInstance));
            session.abort();
        }
        assertThat(events.getLast()).isInstanceOf(SpeechEvent.Closed.class);
        assertThat(events).filteredOn(SpeechEvent.Closed.class::isInstance).hasSize(1);
        assertThat(events)
                .filteredOn(SpeechEvent.Final.class::isInstance)
                .allMatch(event -> ((SpeechEvent.Final) event).text().length() > 1 << 20);
        assertThat(events).anyMatch(event -> event instanceof SpeechEvent.Failure failure && failure.fatal());
    }
}
