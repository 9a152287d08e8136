package io.steadyline.stt.vosk;

import io.steadyline.stt.library.LibraryLinks;
import io.steadyline.stt.library.LibrarySession;
import io.steadyline.stt.library.LibraryVoice;
import io.steadyline.stt.vendor.Link;
import io.steadyline.stt.vendor.LinkEvents;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One model and all that recognise with it. It is read, for seconds, when the first connection opens; the others of the same
 * model wait for it, and no call of another model does: each has threads of its own.
 */
final class VoskModel {

    private final VoskLibrary library;
    private final Path directory;
    private final LibraryLinks links;
    private VoskLibrary.@Nullable Loaded model;

    VoskModel(VoskLibrary library, Path directory, int threads) {
        this.library = library;
        this.directory = directory;
        this.links = new LibraryLinks("stt-vosk", threads);
    }

    Path directory() {
        return directory;
    }

    Link open(VoskSettings settings, LinkEvents events) {
        return links.open(voice -> session(settings, voice), events);
    }

    int openNow() {
        return links.openNow();
    }

    /** A model that somebody still recognises with is left to the process's end: to free it would crash the native code. */
    void close() {
        if (links.end()) {
            free();
        }
    }

    private synchronized void free() {
        if (model != null) {
            model.close();
            model = null;
        }
    }

    private LibrarySession session(VoskSettings settings, LibraryVoice voice) throws IOException {
        return new VoskSession(loaded().recogniser(settings), settings, voice);
    }

    private synchronized VoskLibrary.Loaded loaded() throws IOException {
        if (model == null) {
            try {
                model = library.load(directory);
            } catch (IOException unreadable) {
                throw new IOException("model: " + directory + " (expected: the directory of a Vosk model)", unreadable);
            }
        }
        return model;
    }
}
