package io.steadyline.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;

/**
 * What the kernel knows of a TCP connection, read at one moment. Numbers count since the connection was made.
 *
 * @param state of {@code include/net/tcp_states.h}; see the constants
 * @param bytesAcked that the other side has acknowledged. A connection that this side opened counts its SYN, an accepted
 *     one does not
 * @param bytesReceived in order; the other side's FIN counts as one
 * @param unread of the received ones that no process has read, without the FIN
 * @param unacked written by a process and not acknowledged
 */
public record TcpInfo(int state, long bytesAcked, long bytesReceived, int unread, int unacked) {

    public static final int ESTABLISHED = 1;
    public static final int FIN_WAIT_1 = 4;
    public static final int FIN_WAIT_2 = 5;
    public static final int TIME_WAIT = 6;
    public static final int CLOSE = 7;
    public static final int CLOSE_WAIT = 8;
    public static final int LAST_ACK = 9;
    public static final int CLOSING = 11;

    private static final int SOL_TCP = 6;
    private static final int TCP_INFO = 11;
    // Offsets in struct tcp_info of linux/tcp.h; both fields are there since Linux 4.1.
    private static final int ACKED_AT = 120;
    private static final int RECEIVED_AT = 128;
    private static final int BYTES = 136;
    private static final long SIOCINQ = 0x541B;
    private static final long SIOCOUTQ = 0x5411;
    /** A live stream brings 50 packets a second, the three calls take microseconds: the second try is rare. */
    private static final int TRIES = 100;

    private static final CFunction IOCTL =
            Native.variadic("ioctl", 2, FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS));

    /** For {@link Preload}. */
    static void link() {
        IOCTL.handle();
    }

    /** Does not wait. Reads again until nothing has moved between the first and the last of the numbers. */
    public static TcpInfo of(int socket) throws PosixException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment before = arena.allocate(BYTES, 8);
            MemorySegment after = arena.allocate(BYTES, 8);
            for (int tries = 0; tries < TRIES; tries++) {
                read(arena, socket, before);
                int unread = queue(arena, socket, SIOCINQ, "SIOCINQ");
                int unacked = queue(arena, socket, SIOCOUTQ, "SIOCOUTQ");
                read(arena, socket, after);
                if (isSame(before, after)
                        && unread == queue(arena, socket, SIOCINQ, "SIOCINQ")
                        && unacked == queue(arena, socket, SIOCOUTQ, "SIOCOUTQ")) {
                    return new TcpInfo(
                            Byte.toUnsignedInt(before.get(JAVA_BYTE, 0)),
                            before.get(JAVA_LONG, ACKED_AT),
                            before.get(JAVA_LONG, RECEIVED_AT),
                            unread,
                            unacked);
                }
            }
            throw new PosixException("TCP_INFO on " + socket + " did not stand still", Errno.EAGAIN);
        }
    }

    /** The other side has said that it sends no more; its FIN is among {@link #bytesReceived}. */
    public boolean hasPeerFin() {
        return state == CLOSE_WAIT || state == LAST_ACK || state == CLOSING || state == TIME_WAIT;
    }

    private static void read(Arena arena, int socket, MemorySegment into) throws PosixException {
        int filled = Sockets.option(arena, socket, SOL_TCP, TCP_INFO, into, "TCP_INFO");
        if (filled < BYTES) {
            throw new PosixException(
                    "TCP_INFO on " + socket + " has " + filled + " bytes (expected: " + BYTES + ")", 0);
        }
    }

    private static boolean isSame(MemorySegment one, MemorySegment other) {
        return one.get(JAVA_BYTE, 0) == other.get(JAVA_BYTE, 0)
                && one.get(JAVA_LONG, ACKED_AT) == other.get(JAVA_LONG, ACKED_AT)
                && one.get(JAVA_LONG, RECEIVED_AT) == other.get(JAVA_LONG, RECEIVED_AT);
    }

    private static int queue(Arena arena, int socket, long request, String words) throws PosixException {
        MemorySegment errno = Native.errnoIn(arena);
        MemorySegment value = arena.allocate(JAVA_INT);
        int result;
        try {
            result = (int) IOCTL.handle().invokeExact(errno, socket, request, value);
        } catch (Throwable thrown) {
            throw Native.impossible(thrown);
        }
        Native.check(result, errno, "ioctl " + words + " on " + socket);
        return value.get(JAVA_INT, 0);
    }
}
