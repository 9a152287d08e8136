package io.steadyline.stt.vosk;

import io.steadyline.stt.library.LibrarySession;
import io.steadyline.stt.library.LibraryVoice;
import io.steadyline.stt.vendor.Closing;

/** One recogniser: each message of audio is answered by what it has, as the recogniser's own JSON. */
final class VoskSession implements LibrarySession {

    private final Recogniser recogniser;
    private final boolean interim;
    private final LibraryVoice voice;

    VoskSession(Recogniser recogniser, boolean interim, LibraryVoice voice) {
        this.recogniser = recogniser;
        this.interim = interim;
        this.voice = voice;
    }

    @Override
    public void audio(byte[] data) {
        if (recogniser.accept(data)) {
            voice.text(recogniser.result());
        } else if (interim) {
            voice.text(recogniser.partial());
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
