package io.steadyline.stt.library;

/** What a library does for one connection. One thread at a time; may block. */
public interface LibrarySession extends AutoCloseable {

    void audio(byte[] data);

    /** A message of the vendor's dialect that is not audio. */
    void control(String text);

    /** No audio follows; the library says what is left, and {@link LibraryVoice#over}. */
    void endOfInput();

    /** Frees what the library holds. Called once, whatever has happened before. */
    @Override
    void close();
}
