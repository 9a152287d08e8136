package io.steadyline.stt.library;

import java.io.IOException;

/** Begins to recognise for one connection. On a thread of the pool; may block. */
@FunctionalInterface
public interface Library {

    /**
     * @throws IOException the library cannot be used as it is set up, such as without its model; to try again does not help
     */
    LibrarySession open(LibraryVoice voice) throws IOException;
}
