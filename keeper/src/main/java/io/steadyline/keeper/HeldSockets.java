package io.steadyline.keeper;

import io.steadyline.posix.Descriptors;
import io.steadyline.posix.PosixException;
import io.steadyline.posix.Sockets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Duplicates of the worker's sockets by name. Nothing is ever read from them or written to them. One thread at a time: the
 * reader of the living worker's messages, and main while there is no worker.
 */
final class HeldSockets {

    /** More than any worker has calls; keeps a worker that went wild from using up the keeper's descriptors. */
    static final int MOST = 10_000;

    private final Map<String, Integer> descriptors = new LinkedHashMap<>();

    /** Takes the descriptor over; closes it when it is refused. Says why when it is, else nothing. */
    @Nullable
    String hold(String name, int descriptor) throws PosixException {
        if (!Sockets.isTcp(descriptor)) {
            Descriptors.close(descriptor);
            return "socket " + name + " is not held: not a TCP socket";
        }
        if (descriptors.size() >= MOST && !descriptors.containsKey(name)) {
            Descriptors.close(descriptor);
            return "socket " + name + " is not held: there are " + MOST + " already";
        }
        Integer before = descriptors.put(name, descriptor);
        if (before != null) {
            Descriptors.close(before);
        }
        return null;
    }

    /** Nothing happens when there is none of this name. */
    void drop(String name) throws PosixException {
        Integer descriptor = descriptors.remove(name);
        if (descriptor != null) {
            Descriptors.close(descriptor);
        }
    }

    /** In the order in which they came. */
    Map<String, Integer> all() {
        return descriptors;
    }

    int size() {
        return descriptors.size();
    }

    /** Their peers see them closed, unless a worker still has them open. Returns how many there were. */
    int closeAll() {
        int closed = 0;
        for (int descriptor : descriptors.values()) {
            try {
                Descriptors.close(descriptor);
                closed++;
            } catch (PosixException failed) {
                KeeperLog.say(failed.getMessage());
            }
        }
        descriptors.clear();
        return closed;
    }
}
