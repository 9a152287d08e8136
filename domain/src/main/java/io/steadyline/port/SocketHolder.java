package io.steadyline.port;

/**
 * Somebody who is not the worker and holds duplicates of its sockets, so that they outlive it: the keeper, or systemd.
 * Any thread; never waits. A failure is counted and costs the survival of a socket, never the call.
 */
public interface SocketHolder {

    /** Nobody holds anything. */
    SocketHolder NONE = new SocketHolder() {
        @Override
        public String name() {
            return "no";
        }

        @Override
        public boolean holds() {
            return false;
        }

        @Override
        public boolean hold(String socketName, int descriptor) {
            return false;
        }

        @Override
        public void drop(String socketName) {
            // There is nothing to drop.
        }

        @Override
        public SocketCounts counts(int descriptor) {
            return SocketCounts.UNKNOWN;
        }

        @Override
        public void close(int descriptor) {
            throw new IllegalStateException("descriptor " + descriptor + " (expected: none, nobody holds any)");
        }
    };

    /** The listening socket. */
    String LISTENER = "listen";

    /** For the log: keeper, systemd or no. */
    String name();

    /** Sockets given to {@link #hold} are held, as far as is known. */
    boolean holds();

    /** Gives a duplicate of the socket into custody under this name. False: it was not taken. */
    boolean hold(String socketName, int descriptor);

    /** The socket is not needed any more; must be said at the end of each call, or its peer never sees it closed. */
    void drop(String socketName);

    /** The kernel's own counts of a connected TCP socket. */
    SocketCounts counts(int descriptor);

    /** Closes a descriptor that was given back and cannot be used. */
    void close(int descriptor);

    /**
     * @param readBytes received and read by a process
     * @param writtenBytes written by a process, acknowledged or not
     * @param peerClosed the peer has closed its side
     */
    record SocketCounts(long readBytes, long writtenBytes, boolean peerClosed) {
        public static final SocketCounts UNKNOWN = new SocketCounts(-1, -1, false);

        public boolean isKnown() {
            return readBytes >= 0 && writtenBytes >= 0;
        }
    }

    /** A socket that outlived its worker, given back. */
    record Held(String socketName, int descriptor) {}
}
