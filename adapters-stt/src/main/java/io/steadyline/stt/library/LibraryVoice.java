package io.steadyline.stt.library;

import io.steadyline.stt.vendor.Closing;

/** What a library has to say. From any thread; returns at once. */
public interface LibraryVoice {

    /** For the vendor's dialect. */
    void text(String text);

    /** Nothing follows. */
    void over(Closing closing);
}
