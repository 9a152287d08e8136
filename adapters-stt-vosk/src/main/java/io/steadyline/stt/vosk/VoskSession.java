package io.steadyline.stt.vosk;

import io.steadyline.stt.library.LibrarySession;
import io.steadyline.stt.library.LibraryVoice;
import io.steadyline.stt.vendor.Closing;
import org.vosk.Recognizer;

/** One recogniser: each message of audio is answered by what it has, as the recogniser's own JSON. */
final class VoskSession implements LibrarySession {

    private final Recognizer recognizer;
    private final boolean interim;
    private final LibraryVoice voice;

    VoskSession(Recognizer recognizer, boolean interim, LibraryVoice voice) {
        this.recognizer = recognizer;
        this.interim = interim;
        this.voice = voice;
    }

    @Override
    public void audio(byte[] data) {
        if (recognizer.acceptWaveForm(data, data.length)) {
            voice.text(recognizer.getResult());
        } else if (interim) {
            voice.text(recognizer.getPartialResult());
        }
    }

    /** A flush: there is nothing else to ask for. */
    @Override
    public void control(String text) {
        voice.text(recognizer.getFinalResult());
        voice.text(text);
    }

    @Override
    public void endOfInput() {
        voice.text(recognizer.getFinalResult());
        voice.over(new Closing(Closing.COMPLETE, ""));
    }

    @Override
    public void close() {
        recognizer.close();
    }
}
