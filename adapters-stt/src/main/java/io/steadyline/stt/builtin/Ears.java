package io.steadyline.stt.builtin;

import io.steadyline.media.AudioFormat;
import io.steadyline.media.AudioFrame;
import io.steadyline.port.SttSpec;
import io.steadyline.signal.SpeechEvent.Cause;
import io.steadyline.signal.SpeechEvent.DtmfHeard;
import io.steadyline.signal.SpeechEvent.Final;
import io.steadyline.signal.SpeechEvent.Gap;
import io.steadyline.signal.SpeechEvent.Source;
import io.steadyline.signal.SpeechEvent.SpeechEnded;
import io.steadyline.signal.SpeechEvent.SpeechStarted;
import io.steadyline.signal.SpeechEvent.ToneHeard;
import io.steadyline.signal.SpeechEvent.UtteranceEnd;
import io.steadyline.stt.signal.DtmfDetector;
import io.steadyline.stt.signal.FrameDecoder;
import io.steadyline.stt.signal.ToneDetector;
import io.steadyline.stt.signal.VoiceActivity;
import io.steadyline.turn.Endpoint;
import io.steadyline.turn.Endpointer;
import io.steadyline.turn.FrameVoice;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * One call's audio from frame to event: keys first, then tones, and what neither explains is speech or noise. Used by one
 * thread.
 */
final class Ears {

    private static final String FRAMES_LOST = "frames lost before the recogniser";

    private final int ptimeMs;
    private final EventOut out;
    private final Counts counts;
    private final FrameDecoder decoder;
    private final DtmfDetector dtmf;
    private final ToneDetector tones;
    private final VoiceActivity voice;
    private final Endpointer endpointer;
    private final VoicedLevel level = new VoicedLevel();
    private final @Nullable NumberedWords words;

    private boolean begun;
    private long nextPosition;
    private long framesHeard;

    /** Where the detectors' own time began. */
    private long detectorsStartMs;

    Ears(SttSpec spec, BuiltinSettings settings, EventOut out, Counts counts) {
        AudioFormat format = spec.format();
        this.ptimeMs = format.ptime().ms();
        this.out = out;
        this.counts = counts;
        this.decoder = new FrameDecoder(format);
        this.dtmf = new DtmfDetector(settings.dtmf(), format);
        this.tones = new ToneDetector(format);
        this.voice = new VoiceActivity(settings.voice(), format);
        this.endpointer = new Endpointer(settings.endpoint(), format.ptime());
        this.words = settings.words() ? new NumberedWords(spec.context()) : null;
    }

    /** Takes the next frame; one from the past is not heard again. */
    void hear(AudioFrame frame) {
        if (begun && frame.position() < nextPosition) {
            counts.staleFrames.incrementAndGet();
            return;
        }
        if (!begun || frame.position() > nextPosition) {
            jumpTo(frame.position());
        }
        nextPosition = frame.position() + 1;
        framesHeard++;
        out.taken(nextPosition * ptimeMs);
        analyse(frame);
    }

    /** Ends the utterance in hand. */
    void finishUtterance(Cause cause) {
        tell(endpointer.finish(cause));
    }

    /** No audio follows. */
    void finish() {
        restartDetectors();
        finishUtterance(Cause.END);
    }

    /** Audio that was heard, without what was lost. */
    Duration heard() {
        return Duration.ofMillis(framesHeard * ptimeMs);
    }

    private void jumpTo(long position) {
        if (begun) {
            restartDetectors();
            Duration from = Duration.ofMillis(nextPosition * ptimeMs);
            Duration to = Duration.ofMillis(position * ptimeMs);
            out.tell(stamp -> new Gap(stamp, from, to, FRAMES_LOST));
        }
        begun = true;
        detectorsStartMs = position * ptimeMs;
    }

    private void analyse(AudioFrame frame) {
        float[] samples = decoder.decode(frame);
        tell(dtmf.onFrame(samples));
        tell(tones.onFrame(samples, dtmf.heardInFrame()));
        FrameVoice heard = voice.onFrame(samples, dtmf.heardInFrame() || tones.heardInFrame());
        Endpoint endpoint = endpointer.onFrame(frame.position() * ptimeMs, heard);
        if (heard == FrameVoice.VOICED && endpointer.isInUtterance()) {
            level.add(voice.levelDbfs());
        }
        tell(endpoint);
    }

    private void restartDetectors() {
        tell(dtmf.restart());
        tell(tones.restart());
    }

    private void tell(DtmfDetector.@Nullable Digit digit) {
        if (digit != null) {
            out.tell(stamp -> new DtmfHeard(stamp, digit.key(), offset(digit.offsetMs()), ms(digit.durationMs())));
        }
    }

    private void tell(ToneDetector.@Nullable Heard tone) {
        if (tone != null) {
            out.tell(stamp -> new ToneHeard(stamp, tone.tone(), offset(tone.offsetMs()), ms(tone.durationMs())));
        }
    }

    private void tell(Endpoint endpoint) {
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
        if (!endpointer.isInUtterance()) {
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

    private Duration offset(long detectorMs) {
        return ms(detectorsStartMs + detectorMs);
    }

    private static Duration ms(long ms) {
        return Duration.ofMillis(ms);
    }
}
