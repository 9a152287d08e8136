package io.steadyline.journal.custody;

import io.steadyline.port.SocketHolder.SocketCounts;
import io.steadyline.posix.Descriptors;
import io.steadyline.posix.PosixException;
import io.steadyline.posix.TcpInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What both holders do with a descriptor that was given back. */
final class TcpSockets {

    private static final Logger LOG = LoggerFactory.getLogger(TcpSockets.class);

    private TcpSockets() {}

    /**
     * The counts of an accepted connection that this side has not closed. One that was reset has none: whether the peer's
     * FIN is among its bytes cannot be told any more.
     */
    static SocketCounts counts(int descriptor) {
        TcpInfo info;
        try {
            info = TcpInfo.of(descriptor);
        } catch (PosixException failed) {
            LOG.warn("no counts of a socket: {}", failed.getMessage());
            return SocketCounts.UNKNOWN;
        }
        if (info.state() == TcpInfo.CLOSE) {
            return new SocketCounts(-1, -1, true);
        }
        // The kernel counts the peer's FIN as one received byte, and not as an unread one.
        long fin = info.hasPeerFin() ? 1 : 0;
        return new SocketCounts(
                info.bytesReceived() - fin - info.unread(), info.bytesAcked() + info.unacked(), info.hasPeerFin());
    }

    /** Nothing happens for -1. */
    static void closeQuietly(int descriptor) {
        if (descriptor < 0) {
            return;
        }
        try {
            Descriptors.close(descriptor);
        } catch (PosixException failed) {
            LOG.warn("a socket was not closed: {}", failed.getMessage());
        }
    }
}
