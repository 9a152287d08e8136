package io.steadyline.stt.vendor;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a vendor can and what it allows.
 *
 * @param transcribes writes words
 * @param audio what it takes, the most wanted first; the call's own encoding is used when it is among them
 * @param chunk audio in one message
 * @param catchUpSpeed how many times faster than real time audio may be sent after a gap
 * @param idle what keeps a connection alive while no audio comes
 * @param maxSession a connection lives at most so long; empty: no limit is known
 * @param speechEvents tells where speech starts by itself
 * @param endpointing tells where an utterance ends by itself; else the gateway's own voice activity detection does
 * @param flushes can be asked for a final at once
 * @param words gives words with times
 * @param resumes a lost connection goes on where it was: see {@link Dialect#resumption}
 */
public record Traits(
        boolean transcribes,
        List<VendorAudio> audio,
        Duration chunk,
        double catchUpSpeed,
        Idle idle,
        Optional<Duration> maxSession,
        boolean speechEvents,
        boolean endpointing,
        boolean flushes,
        boolean words,
        boolean resumes) {

    /** Deepgram names 1.25; where nothing is known a little less is safe. */
    public static final double CAUTIOUS_SPEED = 1.2;

    /** What keeps an idle connection alive. */
    public sealed interface Idle {
        /** Nothing is needed. */
        record Nothing() implements Idle {}

        /** {@link Dialect#keepAlive} after so long without audio. */
        record Message(Duration every) implements Idle {}

        /** Silence as audio, after so long without any. */
        record Silence(Duration after) implements Idle {}
    }

    public Traits {
        audio = List.copyOf(audio);
        if (audio.isEmpty()) {
            throw new IllegalArgumentException("audio: none (expected: at least one)");
        }
        if (catchUpSpeed < 1) {
            throw new IllegalArgumentException("catchUpSpeed: " + catchUpSpeed + " (expected: 1 or more)");
        }
    }

    /** Of a plain transcriber: no events of its own, no flush, no limits. */
    public static Traits of(VendorAudio... audio) {
        return new Traits(
                true,
                List.of(audio),
                Duration.ofMillis(100),
                CAUTIOUS_SPEED,
                new Idle.Nothing(),
                Optional.empty(),
                false,
                false,
                false,
                false,
                false);
    }

    /** Hears, but writes no words. */
    public Traits withoutWriting() {
        return new Traits(
                false,
                audio,
                chunk,
                catchUpSpeed,
                idle,
                maxSession,
                speechEvents,
                endpointing,
                flushes,
                words,
                resumes);
    }

    public Traits withChunk(Duration size) {
        return new Traits(
                transcribes,
                audio,
                size,
                catchUpSpeed,
                idle,
                maxSession,
                speechEvents,
                endpointing,
                flushes,
                words,
                resumes);
    }

    public Traits withCatchUpSpeed(double speed) {
        return new Traits(
                transcribes, audio, chunk, speed, idle, maxSession, speechEvents, endpointing, flushes, words, resumes);
    }

    public Traits withIdle(Idle wanted) {
        return new Traits(
                transcribes,
                audio,
                chunk,
                catchUpSpeed,
                wanted,
                maxSession,
                speechEvents,
                endpointing,
                flushes,
                words,
                resumes);
    }

    public Traits withMaxSession(Duration limit) {
        return new Traits(
                transcribes,
                audio,
                chunk,
                catchUpSpeed,
                idle,
                Optional.of(limit),
                speechEvents,
                endpointing,
                flushes,
                words,
                resumes);
    }

    public Traits withSpeechEvents() {
        return new Traits(
                transcribes, audio, chunk, catchUpSpeed, idle, maxSession, true, endpointing, flushes, words, resumes);
    }

    public Traits withEndpointing() {
        return new Traits(
                transcribes, audio, chunk, catchUpSpeed, idle, maxSession, speechEvents, true, flushes, words, resumes);
    }

    public Traits withFlush() {
        return new Traits(
                transcribes,
                audio,
                chunk,
                catchUpSpeed,
                idle,
                maxSession,
                speechEvents,
                endpointing,
                true,
                words,
                resumes);
    }

    public Traits withWords() {
        return new Traits(
                transcribes,
                audio,
                chunk,
                catchUpSpeed,
                idle,
                maxSession,
                speechEvents,
                endpointing,
                flushes,
                true,
                resumes);
    }

    public Traits withResumption() {
        return new Traits(
                transcribes,
                audio,
                chunk,
                catchUpSpeed,
                idle,
                maxSession,
                speechEvents,
                endpointing,
                flushes,
                words,
                true);
    }
}
