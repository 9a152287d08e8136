package io.steadyline.stt.builtin;

import io.steadyline.media.AudioFrame;
import io.steadyline.port.SttSpec;
import io.steadyline.signal.SpeechEvent.Cause;
import io.steadyline.signal.SpeechEvent.DtmfHeard;
import io.steadyline.signal.SpeechEvent.Final;
import io.steadyline.signal.SpeechEvent.Gap;
import io.steadyline.signal.SpeechEvent.Source;
import io.steadyline.signal.SpeechEvent.SpeechEnded;
import io.steadyline.signal.SpeechEvent.SpeechStarted;
import io.steadyline.signal.SpeechEvent.Tone;
import io.steadyline.signal.SpeechEvent.ToneHeard;
import io.steadyline.signal.SpeechEvent.UtteranceEnd;
import io.steadyline.stt.event.EventOut;
import io.steadyline.stt.signal.Ears;
import io.steadyline.turn.Endpoint;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What the ears find, as the events of a session. Used by one thread. */
final class Listening implements Ears.Listener {

    private static final String FRAMES_LOST = "frames lost before the recogniser";

    private final int ptimeMs;
    private final EventOut out;
    private final Counts counts;
    private final Ears ears;
    private final VoicedLevel level = new VoicedLevel();
    private final @Nullable NumberedWords words;
    private long framesHeard;

    Listening(SttSpec spec, BuiltinSettings settings, EventOut out, Counts counts) {
        this.ptimeMs = spec.format().ptime().ms();
        this.out = out;
        this.counts = counts;
        this.ears = new Ears(spec.format(), settings.endpoint(), settings.voice(), settings.dtmf(), this);
        this.words = settings.words() ? new NumberedWords(spec.context()) : null;
    }

    /** Takes the next frame; one from the past is not heard again. */
    void hear(AudioFrame frame) {
        if (ears.isStale(frame)) {
            counts.staleFrames.incrementAndGet();
            return;
        }
        out.taken((frame.position() + 1) * ptimeMs);
        framesHeard++;
        ears.hear(frame);
        if (ears.isVoiced() && ears.isInUtterance()) {
            level.add(ears.levelDbfs());
        }
    }

    /** Ends the utterance in hand. */
    void finishUtterance(Cause cause) {
        ears.finishUtterance(cause);
    }

    /** No audio follows. */
    void finish() {
        ears.finish();
    }

    /** Audio that was heard, without what was lost. */
    Duration heard() {
        return Duration.ofMillis(framesHeard * ptimeMs);
    }

    @Override
    public void onHole(long fromMs, long toMs) {
        out.tell(stamp -> new Gap(stamp, ms(fromMs), ms(toMs), FRAMES_LOST));
    }

    @Override
    public void onKey(char key, long offsetMs, long durationMs) {
        out.tell(stamp -> new DtmfHeard(stamp, key, ms(offsetMs), ms(durationMs)));
    }

    @Override
    public void onTone(Tone tone, long offsetMs, long durationMs) {
        out.tell(stamp -> new ToneHeard(stamp, tone, ms(offsetMs), ms(durationMs)));
    }

    @Override
    public void onEndpoint(Endpoint endpoint) {
        switch (endpoint) {
            case Endpoint.Nothing() -> {}
            case Endpoint.SpeechStarted(long offsetMs) ->
                out.tell(stamp -> new SpeechStarted(stamp, ms(offsetMs), Source.LOCAL));
            case Endpoint.SpeechEnded(long offsetMs) -> tellSpeechEnded(offsetMs);
            case Endpoint.UtteranceEnded(long startMs, long endMs, Cause cause, boolean endsSpeech) -> {
                if (endsSpeech) {
                    tellSpeechEnded(endMs);
                }
                tellUtterance(ms(startMs), ms(endMs), cause);
            }
        }
        if (!ears.isInUtterance()) {
            level.clear();
        }
    }

    /** Its words first, if there are any: the end has all of them. */
    private void tellUtterance(Duration start, Duration end, Cause cause) {
        String text = words == null ? "" : words.next();
        if (words != null) {
            out.tell(stamp -> new Final(stamp, text, text, start, end, OptionalDouble.empty(), List.of(), cause));
        }
        out.tell(stamp -> new UtteranceEnd(stamp, start, end, text, words != null, cause, Source.LOCAL, level.dbfs()));
    }

    private void tellSpeechEnded(long offsetMs) {
        out.tell(stamp -> new SpeechEnded(stamp, ms(offsetMs), Source.LOCAL));
    }

    private static Duration ms(long ms) {
        return Duration.ofMillis(ms);
    }
}
