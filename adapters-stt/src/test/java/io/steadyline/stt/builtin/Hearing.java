package io.steadyline.stt.builtin;

import io.steadyline.media.AudioFormat;
import io.steadyline.media.AudioFrame;
import io.steadyline.port.SttSpec;
import io.steadyline.signal.CallId;
import io.steadyline.signal.SpeechEvent;
import io.steadyline.signal.SpeechEvent.DtmfHeard;
import io.steadyline.signal.SpeechEvent.SpeechEnded;
import io.steadyline.signal.SpeechEvent.SpeechStarted;
import io.steadyline.signal.SpeechEvent.ToneHeard;
import io.steadyline.signal.SpeechEvent.UtteranceEnd;
import io.steadyline.stt.event.EventOut;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Plays frames to the ears, without thread or queue, and keeps what they tell. */
final class Hearing {

    private final List<SpeechEvent> events = new ArrayList<>();

    private Hearing() {}

    static Hearing of(List<AudioFrame> frames) {
        return of(frames, AudioFormat.MULAW_8K, BuiltinSettings.DEFAULT);
    }

    static Hearing of(List<AudioFrame> frames, AudioFormat format, BuiltinSettings settings) {
        Hearing hearing = new Hearing();
        Counts counts = new Counts();
        Listening ears = new Listening(
                new SttSpec(new CallId("test"), format, "", Map.of()),
                settings,
                new EventOut("test", BuiltinRecogniser.NAME, hearing.events::add, counts.sinkFailures::incrementAndGet),
                counts);
        frames.forEach(ears::hear);
        ears.finish();
        return hearing;
    }

    List<SpeechEvent> events() {
        return events;
    }

    List<UtteranceEnd> utterances() {
        return all(UtteranceEnd.class);
    }

    List<DtmfHeard> digits() {
        return all(DtmfHeard.class);
    }

    List<ToneHeard> tones() {
        return all(ToneHeard.class);
    }

    /** Stretches of speech as start and end in ms. */
    List<long[]> speech() {
        List<long[]> stretches = new ArrayList<>();
        for (SpeechEvent event : events) {
            if (event instanceof SpeechStarted started) {
                stretches.add(new long[] {started.offset().toMillis(), -1});
            } else if (event instanceof SpeechEnded ended) {
                stretches.getLast()[1] = ended.offset().toMillis();
            }
        }
        return stretches;
    }

    private <E extends SpeechEvent> List<E> all(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
