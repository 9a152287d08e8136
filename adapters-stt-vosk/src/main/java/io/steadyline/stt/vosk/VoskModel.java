package io.steadyline.stt.vosk;

import io.steadyline.stt.library.LibraryLinks;
import io.steadyline.stt.library.LibrarySession;
import io.steadyline.stt.library.LibraryVoice;
import io.steadyline.stt.vendor.Link;
import io.steadyline.stt.vendor.LinkEvents;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.vosk.LibVosk;
import org.vosk.LogLevel;
import org.vosk.Model;
import org.vosk.Recognizer;

/**
 * One model and all that recognise with it. It is read, for seconds, when the first connection opens; the others of the same
 * model wait for it, and no call of another model does: each has threads of its own.
 */
final class VoskModel {

    private final Path directory;
    private final LibraryLinks links;
    private @Nullable Model model;

    VoskModel(Path directory, int threads) {
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
        Model loaded = loaded();
        Recognizer recognizer = settings.grammar().isEmpty()
                ? new Recognizer(loaded, settings.sampleRateHz())
                : new Recognizer(loaded, settings.sampleRateHz(), settings.grammarJson());
        recognizer.setWords(true);
        return new VoskSession(recognizer, settings.interim(), voice);
    }

    private synchronized Model loaded() throws IOException {
        if (model == null) {
            LibVosk.setLogLevel(LogLevel.WARNINGS);
            try {
                model = new Model(directory.toString());
            } catch (IOException unreadable) {
                throw new IOException("model: " + directory + " (expected: the directory of a Vosk model)", unreadable);
            }
        }
        return model;
    }
}
