package io.steadyline.stt.vosk;

import java.io.IOException;
import java.nio.file.Path;

/** Vosk's library as this module uses it: the native one, or with a test in between. Any thread may call. */
interface VoskLibrary {

    /** A model in memory. Closed once, after all its recognisers: else the native code crashes. */
    interface Loaded extends AutoCloseable {

        /** @throws IOException the model has no recogniser for these settings */
        Recogniser recogniser(VoskSettings settings) throws IOException;

        @Override
        void close();
    }

    /**
     * Reads a model, for seconds.
     *
     * @throws IOException the directory has none
     */
    Loaded load(Path directory) throws IOException;
}
