package io.steadyline.turn;

import io.steadyline.media.Ptime;
import io.steadyline.signal.SpeechEvent.Cause;

/**
 * Decides from voiced and unvoiced frames where the caller's speech starts and ends, and when an utterance is over. An
 * utterance is one stretch of speech, or several with pauses shorter than the utterance silence between them.
 *
 * <p>Time is the place of the frames in the call's audio: when frames are lost in between, the lost time counts as
 * silence. Not thread-safe; one endpointer a call, used by whoever hears the frames.
 */
public final class Endpointer {

    private enum Phase {
        /** No utterance. Waits for enough voiced frames. */
        QUIET,
        /** In speech. Waits for a pause, or for the utterance to become too long. */
        SPEAKING,
        /** In an utterance, after the end of speech. Waits for more speech or for enough silence. */
        PAUSED
    }

    private final EndpointRules rules;
    private final int ptimeMs;
    private final VoicedWindow window;
    private Phase phase = Phase.QUIET;
    private boolean begun;
    private long nextStartMs;
    private long utteranceStartMs;
    private long lastVoicedEndMs;
    private long voicedMs;

    public Endpointer(EndpointRules rules, Ptime ptime) {
        this.rules = rules;
        this.ptimeMs = ptime.ms();
        this.window = new VoicedWindow(rules.startVoicedMs(), rules.startWindowMs(), ptimeMs);
    }

    /**
     * Takes the next frame.
     *
     * @param startMs where it begins; never before the end of the previous one
     */
    public Endpoint onFrame(long startMs, FrameVoice voice) {
        if (begun && startMs < nextStartMs) {
            throw new IllegalArgumentException("startMs: " + startMs + " (expected: " + nextStartMs + " or more)");
        }
        if (begun && startMs > nextStartMs) {
            window.addMissing(startMs - nextStartMs);
        }
        begun = true;
        nextStartMs = startMs + ptimeMs;
        switch (voice) {
            case VOICED -> window.addVoiced(startMs);
            case UNVOICED -> window.addUnvoiced();
            case MISSING -> window.addMissing(ptimeMs);
        }
        boolean voiced = voice == FrameVoice.VOICED;
        return switch (phase) {
            case QUIET -> voiced && window.isEnough() ? startUtterance() : Endpoint.NOTHING;
            case SPEAKING -> inSpeech(startMs, voiced);
            case PAUSED -> inPause(voiced);
        };
    }

    /** Ends what is in hand: the utterance if enough was said, else the speech if it goes on, else nothing. */
    public Endpoint finish(Cause cause) {
        window.clear();
        return phase == Phase.QUIET ? Endpoint.NOTHING : endUtterance(cause);
    }

    /** True from the start of speech to its end; pauses inside an utterance are not speech. */
    public boolean isSpeaking() {
        return phase == Phase.SPEAKING;
    }

    /** True from the start of speech until the utterance is over, its pauses included. */
    public boolean isInUtterance() {
        return phase != Phase.QUIET;
    }

    private Endpoint inSpeech(long startMs, boolean voiced) {
        // A voiced frame ends the silence at its start, any other one adds to it.
        long silenceMs = (voiced ? startMs : nextStartMs) - lastVoicedEndMs;
        if (silenceMs >= rules.hangOverMs()) {
            return endSpeech(startMs, voiced, silenceMs);
        }
        if (voiced) {
            voicedMs += ptimeMs;
            lastVoicedEndMs = nextStartMs;
        }
        if (nextStartMs - utteranceStartMs < rules.maxUtteranceMs()) {
            return Endpoint.NOTHING;
        }
        window.clear();
        return endUtterance(Cause.MAX_LENGTH);
    }

    /** The frames that belonged to the speech must not start the next one. */
    private Endpoint endSpeech(long startMs, boolean voiced, long silenceMs) {
        window.clear();
        if (voiced) {
            window.addVoiced(startMs);
        }
        if (silenceMs >= rules.utteranceSilenceMs()) {
            return endUtterance(Cause.ENDPOINT);
        }
        phase = Phase.PAUSED;
        return new Endpoint.SpeechEnded(lastVoicedEndMs);
    }

    private Endpoint inPause(boolean voiced) {
        if (voiced && window.isEnough()) {
            return startSpeech();
        }
        // A voiced frame that has not made a start does not keep the utterance open.
        boolean over = nextStartMs - lastVoicedEndMs >= rules.utteranceSilenceMs();
        return over ? endUtterance(Cause.ENDPOINT) : Endpoint.NOTHING;
    }

    private Endpoint startUtterance() {
        utteranceStartMs = window.oldestStartMs();
        voicedMs = 0;
        return startSpeech();
    }

    private Endpoint startSpeech() {
        phase = Phase.SPEAKING;
        voicedMs += window.voicedMs();
        lastVoicedEndMs = nextStartMs;
        return new Endpoint.SpeechStarted(window.oldestStartMs());
    }

    private Endpoint endUtterance(Cause cause) {
        boolean endsSpeech = phase == Phase.SPEAKING;
        phase = Phase.QUIET;
        if (voicedMs >= rules.minSpeechMs()) {
            return new Endpoint.UtteranceEnded(utteranceStartMs, lastVoicedEndMs, cause, endsSpeech);
        }
        return endsSpeech ? new Endpoint.SpeechEnded(lastVoicedEndMs) : Endpoint.NOTHING;
    }
}
