package io.steadyline.stt.library;

import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.Link;
import io.steadyline.stt.vendor.LinkEvents;
import io.steadyline.stt.vendor.Refusal;
import io.steadyline.stt.vendor.Wire;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection into a library. Its state is changed in turns only. */
final class LibraryLink implements Link, LibraryVoice {

    private static final Logger log = LoggerFactory.getLogger(LibraryLink.class);

    private final Turns turns;
    private final LinkEvents events;
    private final LibraryLinks owner;
    private final AtomicBoolean aborted = new AtomicBoolean();
    private @Nullable LibrarySession session;
    private boolean ended;

    LibraryLink(Turns turns, LinkEvents events, LibraryLinks owner) {
        this.turns = turns;
        this.events = events;
        this.owner = owner;
    }

    void open(Library library) {
        turns.execute(() -> {
            if (isUnwanted()) {
                return;
            }
            try {
                session = library.open(this);
            } catch (IOException | LinkageError unusable) {
                end(() -> events.refused(new Refusal(0, Map.of(), String.valueOf(unusable.getMessage()))));
                return;
            } catch (RuntimeException failed) {
                end(() -> events.broken(failed));
                return;
            }
            events.opened();
        });
    }

    @Override
    public void send(Wire message) {
        whileOpen(opened -> {
            switch (message) {
                case Wire.Binary(byte[] data) -> opened.audio(data);
                case Wire.Text(String text) -> opened.control(text);
            }
        });
    }

    @Override
    public void finish() {
        whileOpen(LibrarySession::endOfInput);
    }

    @Override
    public void abort() {
        if (aborted.getAndSet(true)) {
            return;
        }
        // A task looks for the abort when it is at work already, so that one of the two sees the other.
        boolean inside = turns.isAtWork();
        if (inside) {
            owner.onHeld();
        }
        turns.execute(() -> letGo(inside));
    }

    /** Closing may hang as anything else may: the other thread works until it is done. */
    private void letGo(boolean counted) {
        if (!counted) {
            owner.onHeld();
        }
        try {
            end(() -> {});
        } finally {
            owner.onBack();
        }
    }

    /** What still waited for a thread is not begun any more; after an abort only {@link #letGo} enters the library. */
    private boolean isUnwanted() {
        return ended || aborted.get();
    }

    @Override
    public void text(String text) {
        turns.execute(() -> {
            if (!isUnwanted()) {
                events.received(new Wire.Text(text));
            }
        });
    }

    @Override
    public void over(Closing closing) {
        turns.execute(() -> {
            if (!isUnwanted()) {
                end(() -> events.closed(closing));
            }
        });
    }

    private void whileOpen(Consumer<LibrarySession> use) {
        turns.execute(() -> {
            if (isUnwanted() || session == null) {
                return;
            }
            try {
                use.accept(session);
            } catch (RuntimeException failed) {
                end(() -> events.broken(failed));
                return;
            }
            events.written();
        });
    }

    /** What the library holds is free before anybody hears that it is over. */
    private void end(Runnable tell) {
        if (ended) {
            return;
        }
        ended = true;
        try {
            if (session != null) {
                session.close();
            }
        } catch (RuntimeException cannotClose) {
            log.warn("a recogniser's library does not close its connection", cannotClose);
        } finally {
            session = null;
            owner.forget(this);
            tell.run();
        }
    }
}
