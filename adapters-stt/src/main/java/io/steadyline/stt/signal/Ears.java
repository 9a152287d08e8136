package io.steadyline.stt.signal;

import io.steadyline.media.AudioFormat;
import io.steadyline.media.AudioFrame;
import io.steadyline.signal.SpeechEvent.Cause;
import io.steadyline.signal.SpeechEvent.Tone;
import io.steadyline.turn.Endpoint;
import io.steadyline.turn.EndpointRules;
import io.steadyline.turn.Endpointer;
import io.steadyline.turn.FrameVoice;
import org.jspecify.annotations.Nullable;

/**
 * One call's audio from frame to finding: keys first, then tones, and what neither explains is speech or noise. Used by one
 * thread.
 */
public final class Ears {

    /** Told on the thread that gives the frames. Offsets are ms from the start of the call. */
    public interface Listener {

        /** Frames between these moments never came; at the beginning of the call too. */
        void onHole(long fromMs, long toMs);

        void onKey(char key, long offsetMs, long durationMs);

        void onTone(Tone tone, long offsetMs, long durationMs);

        /** Never {@link Endpoint.Nothing}. */
        void onEndpoint(Endpoint endpoint);
    }

    private final int ptimeMs;
    private final Listener listener;
    private final FrameDecoder decoder;
    private final DtmfDetector dtmf;
    private final ToneDetector tones;
    private final VoiceActivity voice;
    private final Endpointer endpointer;

    private long nextPosition;
    private boolean voiced;

    /** Where the detectors' own time began. */
    private long detectorsStartMs;

    public Ears(
            AudioFormat format,
            EndpointRules endpointRules,
            VoiceRules voiceRules,
            DtmfRules dtmfRules,
            Listener listener) {
        this.ptimeMs = format.ptime().ms();
        this.listener = listener;
        this.decoder = new FrameDecoder(format);
        this.dtmf = new DtmfDetector(dtmfRules, format);
        this.tones = new ToneDetector(format);
        this.voice = new VoiceActivity(voiceRules, format);
        this.endpointer = new Endpointer(endpointRules, format.ptime());
    }

    /** True for a frame that was heard already, or is older than one that was: nothing is done with it. */
    public boolean isStale(AudioFrame frame) {
        return frame.position() < nextPosition;
    }

    /** Takes the next frame; never a stale one. */
    public void hear(AudioFrame frame) {
        if (frame.position() > nextPosition) {
            jumpTo(frame.position());
        }
        nextPosition = frame.position() + 1;
        float[] samples = decoder.decode(frame);
        tell(dtmf.onFrame(samples));
        tell(tones.onFrame(samples, dtmf.heardInFrame()));
        FrameVoice heard = voice.onFrame(samples, dtmf.heardInFrame() || tones.heardInFrame());
        voiced = heard == FrameVoice.VOICED;
        tell(endpointer.onFrame(frame.position() * ptimeMs, heard));
    }

    /** The latest frame is one with voice. */
    public boolean isVoiced() {
        return voiced;
    }

    /** Level of the latest frame that was not missing, without its direct current. */
    public double levelDbfs() {
        return voice.levelDbfs();
    }

    /** From the start of speech until the utterance is over, its pauses included. */
    public boolean isInUtterance() {
        return endpointer.isInUtterance();
    }

    /** From the start of speech to its end. */
    public boolean isSpeaking() {
        return endpointer.isSpeaking();
    }

    /** End of what was heard, in ms from the start of the call. */
    public long heardUntilMs() {
        return nextPosition * ptimeMs;
    }

    /** Ends the utterance in hand. */
    public void finishUtterance(Cause cause) {
        tell(endpointer.finish(cause));
    }

    /** No audio follows. */
    public void finish() {
        restartDetectors();
        finishUtterance(Cause.END);
    }

    private void jumpTo(long position) {
        restartDetectors();
        listener.onHole(nextPosition * ptimeMs, position * ptimeMs);
        detectorsStartMs = position * ptimeMs;
    }

    private void restartDetectors() {
        tell(dtmf.restart());
        tell(tones.restart());
    }

    private void tell(DtmfDetector.@Nullable Digit digit) {
        if (digit != null) {
            listener.onKey(digit.key(), detectorsStartMs + digit.offsetMs(), digit.durationMs());
        }
    }

    private void tell(ToneDetector.@Nullable Heard tone) {
        if (tone != null) {
            listener.onTone(tone.tone(), detectorsStartMs + tone.offsetMs(), tone.durationMs());
        }
    }

    private void tell(Endpoint endpoint) {
        if (!(endpoint instanceof Endpoint.Nothing)) {
            listener.onEndpoint(endpoint);
        }
    }
}
