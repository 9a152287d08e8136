package io.steadyline.stt.vosk;

import io.steadyline.stt.library.LibrarySession;
import io.steadyline.stt.library.LibraryVoice;
import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.voskserver.VoskResult;

/** One recogniser: each message of audio is answered by what it has, as the recogniser's own JSON. */
final class VoskSession implements LibrarySession {

    /**
     * Native code that fails is no exception here: it looks like the end of an utterance at each message, with nothing in it. An end
     * needs half a second of silence, so that it cannot come with so many short messages on end.
     */
    private static final int MOST_EMPTY_RESULTS = 3;

    private static final int SHORT_MS = 200;
    private static final int BYTES_PER_SAMPLE = 2;

    private final Recogniser recogniser;
    private final VoskSettings settings;
    private final LibraryVoice voice;
    private int emptyResults;

    VoskSession(Recogniser recogniser, VoskSettings settings, LibraryVoice voice) {
        this.recogniser = recogniser;
        this.settings = settings;
        this.voice = voice;
    }

    @Override
    public void audio(byte[] data) {
        if (!recogniser.accept(data)) {
            emptyResults = 0;
            if (settings.interim()) {
                voice.text(recogniser.partial());
            }
            return;
        }
        String result = recogniser.result();
        emptyResults = isShort(data) && isEmpty(result) ? emptyResults + 1 : 0;
        if (emptyResults > MOST_EMPTY_RESULTS) {
            throw new IllegalStateException("empty results: " + emptyResults + " on end (expected: at most "
                    + MOST_EMPTY_RESULTS + "); the native code fails, standard error says why");
        }
        voice.text(result);
    }

    private boolean isShort(byte[] data) {
        return data.length <= settings.sampleRateHz() / 1000 * BYTES_PER_SAMPLE * SHORT_MS;
    }

    private static boolean isEmpty(String result) {
        try {
            return VoskResult.read(result) instanceof VoskResult.Whole whole && whole.isEmpty();
        } catch (Dialect.Garbled notAResult) {
            // The dialect reads it too, and says so.
            return false;
        }
    }

    /** A flush: there is nothing else to ask for. */
    @Override
    public void control(String text) {
        voice.text(recogniser.finalResult());
        voice.text(text);
    }

    @Override
    public void endOfInput() {
        voice.text(recogniser.finalResult());
        voice.over(new Closing(Closing.COMPLETE, ""));
    }

    @Override
    public void close() {
        recogniser.close();
    }
}
