package io.steadyline.stt.runtime;

import io.steadyline.stt.vendor.LinkEvents;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Events of one link on their way to its owner.
 *
 * Puts: any thread. Takes: the thread that put into an empty line; one that puts while an event is being told, also from
 * within that event, leaves its own to the teller. Order: arrival. Bound: none of its own; an event is told as soon as the one
 * before it returns. Closed: nothing follows the last event, and nothing the silence.
 */
final class EventLine {

    private final LinkEvents events;
    private final Runnable giveUp;
    private final Queue<Consumer<LinkEvents>> waiting = new ArrayDeque<>();
    private boolean telling;
    private boolean over;

    /** @param giveUp releases the connection when its owner fails at an event */
    EventLine(LinkEvents events, Runnable giveUp) {
        this.events = events;
        this.giveUp = giveUp;
    }

    void tell(Consumer<LinkEvents> event) {
        put(event, false);
    }

    /** False: the last event was another one. */
    boolean tellLast(Consumer<LinkEvents> event) {
        return put(event, true);
    }

    /** Nothing more is told; an event that is being told goes on. */
    synchronized void silence() {
        over = true;
        waiting.clear();
    }

    synchronized boolean isOver() {
        return over;
    }

    private boolean put(Consumer<LinkEvents> event, boolean last) {
        synchronized (this) {
            if (over) {
                return false;
            }
            over = last;
            waiting.add(event);
            if (telling) {
                return true;
            }
            telling = true;
        }
        tellAll();
        return true;
    }

    private void tellAll() {
        while (true) {
            Consumer<LinkEvents> next;
            synchronized (this) {
                next = waiting.poll();
                if (next == null) {
                    telling = false;
                    return;
                }
            }
            try {
                next.accept(events);
            } catch (RuntimeException bug) {
                onBug(bug);
            }
        }
    }

    /** The owner failed at an event: that is the end of this connection, and it is told so if that is still possible. */
    private void onBug(RuntimeException bug) {
        giveUp.run();
        synchronized (this) {
            if (over && waiting.isEmpty()) {
                telling = false;
                throw bug;
            }
            over = true;
            waiting.clear();
            waiting.add(listener -> listener.broken(bug));
        }
    }
}
