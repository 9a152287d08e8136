package io.steadyline.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/**
 * Unix sockets that carry a descriptor beside the bytes, and what a socket is. Struct layouts are those of 64-bit
 * little-endian Linux, where glibc and musl agree once the padding is zero.
 */
public final class Sockets {

    static final int SOL_SOCKET = 1;
    private static final int AF_UNIX = 1;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int SOCK_STREAM = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_SEQPACKET = 5;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int IPPROTO_TCP = 6;
    private static final int SO_TYPE = 3;
    private static final int SO_PEERCRED = 17;
    private static final int SO_RCVTIMEO = 20;
    private static final int SO_PROTOCOL = 38;
    private static final int SO_DOMAIN = 39;
    private static final int SHUT_RDWR = 2;

    private static final int MSG_CTRUNC = 0x08;
    private static final int MSG_TRUNC = 0x20;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int MSG_CMSG_CLOEXEC = 0x40000000;

    private static final int SCM_RIGHTS = 1;
    /** Header of a control message (16 bytes) and one int. */
    private static final int CONTROL_BYTES = 20;

    private static final int CONTROL_SPACE = 24;
    private static final int HEADER_BYTES = 56;
    /** Longest path of a Unix socket: 108 bytes with its zero. */
    private static final int PATH_BYTES = 108;

    private static final CFunction SOCKETPAIR =
            Native.function("socketpair", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
    private static final CFunction SOCKET =
            Native.function("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final CFunction SENDMSG =
            Native.function("sendmsg", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
    private static final CFunction RECVMSG =
            Native.function("recvmsg", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
    private static final CFunction SHUTDOWN =
            Native.function("shutdown", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final CFunction GETSOCKOPT = Native.function(
            "getsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    private static final CFunction SETSOCKOPT = Native.function(
            "setsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));

    private Sockets() {}

    /** For {@link Preload}. */
    static void link() {
        SOCKET.handle();
        SENDMSG.handle();
        RECVMSG.handle();
        GETSOCKOPT.handle();
        SETSOCKOPT.handle();
    }

    /** Both ends of a connection that keeps the borders of its packets. */
    public record Pair(int one, int other) {}

    /** Who made the other end of a Unix socket. */
    public record Credentials(int pid, int uid, int gid) {}

    /**
     * One packet.
     *
     * @param bytes of the packet; none at the end of the connection
     * @param descriptor that came with it; -1: none
     * @param cut it was longer than asked for, or its descriptor could not be taken: too many open files
     */
    @SuppressWarnings("ArrayRecordComponent") // read once by whoever received it, never compared
    public record Packet(byte[] bytes, int descriptor, boolean cut) {
        public boolean isEnd() {
            return bytes.length == 0;
        }
    }

    /** Closed at exec. */
    public static Pair packetPair() throws PosixException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = Native.errnoIn(arena);
            MemorySegment both = arena.allocate(JAVA_INT, 2);
            int result;
            try {
                result = (int) SOCKETPAIR.handle().invokeExact(errno, AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, both);
            } catch (Throwable thrown) {
                throw Native.impossible(thrown);
            }
            Native.check(result, errno, "socketpair");
            return new Pair(both.getAtIndex(JAVA_INT, 0), both.getAtIndex(JAVA_INT, 1));
        }
    }

    /** An unbound datagram socket of the Unix family, closed at exec. */
    public static int datagram() throws PosixException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = Native.errnoIn(arena);
            int result;
            try {
                result = (int) SOCKET.handle().invokeExact(errno, AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
            } catch (Throwable thrown) {
                throw Native.impossible(thrown);
            }
            return Native.check(result, errno, "socket");
        }
    }

    /**
     * Sends one packet to the other end of a connection.
     *
     * @param attached descriptor that goes with it; -1: none
     * @param wait for room; else {@link Errno#EAGAIN} is thrown when there is none
     */
    public static void send(int socket, byte[] bytes, int attached, boolean wait) throws PosixException {
        sendTo(socket, "", bytes, attached, wait);
    }

    /**
     * Sends one datagram.
     *
     * @param address path of a Unix socket, or its abstract name behind an "@"; empty: where the socket is connected to
     */
    public static void sendTo(int socket, String address, byte[] bytes, int attached, boolean wait)
            throws PosixException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = Native.errnoIn(arena);
            MemorySegment header = header(arena, arena.allocateFrom(JAVA_BYTE, bytes), bytes.length);
            if (!address.isEmpty()) {
                name(arena, header, address);
            }
            if (attached >= 0) {
                MemorySegment control = arena.allocate(CONTROL_SPACE, 8);
                control.set(JAVA_LONG, 0, CONTROL_BYTES);
                control.set(JAVA_INT, 8, SOL_SOCKET);
                control.set(JAVA_INT, 12, SCM_RIGHTS);
                control.set(JAVA_INT, 16, attached);
                header.set(ADDRESS, 32, control);
                header.set(JAVA_LONG, 40, CONTROL_SPACE);
            }
            int flags = MSG_NOSIGNAL | (wait ? 0 : MSG_DONTWAIT);
            long sent;
            do {
                try {
                    sent = (long) SENDMSG.handle().invokeExact(errno, socket, header, flags);
                } catch (Throwable thrown) {
                    throw Native.impossible(thrown);
                }
            } while (sent < 0 && Native.errno(errno) == Errno.EINTR);
            Native.check((int) sent, errno, "sendmsg on " + socket);
        }
    }

    /**
     * Waits for one packet. A descriptor that comes with it is closed at exec.
     *
     * @param maxBytes what is longer is cut
     */
    public static Packet receive(int socket, int maxBytes) throws PosixException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = Native.errnoIn(arena);
            MemorySegment data = arena.allocate(maxBytes, 8);
            MemorySegment header = header(arena, data, maxBytes);
            MemorySegment control = arena.allocate(CONTROL_SPACE, 8);
            header.set(ADDRESS, 32, control);
            long received;
            do {
                // Room for one descriptor exactly: a second one would stay open and unknown.
                header.set(JAVA_LONG, 40, CONTROL_BYTES);
                try {
                    received = (long) RECVMSG.handle().invokeExact(errno, socket, header, MSG_CMSG_CLOEXEC);
                } catch (Throwable thrown) {
                    throw Native.impossible(thrown);
                }
            } while (received < 0 && Native.errno(errno) == Errno.EINTR);
            Native.check((int) received, errno, "recvmsg on " + socket);
            boolean carries = header.get(JAVA_LONG, 40) >= CONTROL_BYTES
                    && control.get(JAVA_INT, 8) == SOL_SOCKET
                    && control.get(JAVA_INT, 12) == SCM_RIGHTS;
            boolean cut = (header.get(JAVA_INT, 48) & (MSG_TRUNC | MSG_CTRUNC)) != 0;
            byte[] bytes = data.asSlice(0, received).toArray(JAVA_BYTE);
            return new Packet(bytes, carries ? control.get(JAVA_INT, 16) : -1, cut);
        }
    }

    /** The other end reads what is on its way and then the end; so does this one. */
    public static void shutdown(int socket) throws PosixException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = Native.errnoIn(arena);
            int result;
            try {
                result = (int) SHUTDOWN.handle().invokeExact(errno, socket, SHUT_RDWR);
            } catch (Throwable thrown) {
                throw Native.impossible(thrown);
            }
            Native.check(result, errno, "shutdown " + socket);
        }
    }

    /** After this time {@link #receive} throws {@link Errno#EAGAIN}; 0: it waits without an end. */
    public static void receiveTimeout(int socket, long millis) throws PosixException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = Native.errnoIn(arena);
            MemorySegment time = arena.allocate(16, 8);
            time.set(JAVA_LONG, 0, millis / 1000);
            time.set(JAVA_LONG, 8, millis % 1000 * 1000);
            int result;
            try {
                result = (int) SETSOCKOPT.handle().invokeExact(errno, socket, SOL_SOCKET, SO_RCVTIMEO, time, 16);
            } catch (Throwable thrown) {
                throw Native.impossible(thrown);
            }
            Native.check(result, errno, "setsockopt SO_RCVTIMEO on " + socket);
        }
    }

    public static Credentials peer(int socket) throws PosixException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(12, 8);
            option(arena, socket, SOL_SOCKET, SO_PEERCRED, value, "SO_PEERCRED");
            return new Credentials(value.get(JAVA_INT, 0), value.get(JAVA_INT, 4), value.get(JAVA_INT, 8));
        }
    }

    /** A TCP socket over IPv4 or IPv6, listening or connected. False for whatever else. */
    public static boolean isTcp(int descriptor) {
        try {
            int family = intOption(descriptor, SO_DOMAIN, "SO_DOMAIN");
            return (family == AF_INET || family == AF_INET6)
                    && intOption(descriptor, SO_TYPE, "SO_TYPE") == SOCK_STREAM
                    && intOption(descriptor, SO_PROTOCOL, "SO_PROTOCOL") == IPPROTO_TCP;
        } catch (PosixException notASocket) {
            return false;
        }
    }

    /** One end of a {@link #packetPair}. False for whatever else. */
    public static boolean isPacket(int descriptor) {
        try {
            return intOption(descriptor, SO_DOMAIN, "SO_DOMAIN") == AF_UNIX
                    && intOption(descriptor, SO_TYPE, "SO_TYPE") == SOCK_SEQPACKET;
        } catch (PosixException notASocket) {
            return false;
        }
    }

    private static int intOption(int socket, int name, String words) throws PosixException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(4, 8);
            option(arena, socket, SOL_SOCKET, name, value, words);
            return value.get(JAVA_INT, 0);
        }
    }

    /** Returns the number of bytes that the kernel has filled in. */
    static int option(Arena arena, int socket, int level, int name, MemorySegment value, String words)
            throws PosixException {
        MemorySegment errno = Native.errnoIn(arena);
        MemorySegment length = arena.allocateFrom(JAVA_INT, (int) value.byteSize());
        int result;
        try {
            result = (int) GETSOCKOPT.handle().invokeExact(errno, socket, level, name, value, length);
        } catch (Throwable thrown) {
            throw Native.impossible(thrown);
        }
        Native.check(result, errno, "getsockopt " + words + " on " + socket);
        return length.get(JAVA_INT, 0);
    }

    /** A struct msghdr for one piece of memory. */
    private static MemorySegment header(Arena arena, MemorySegment data, long bytes) {
        MemorySegment piece = arena.allocate(16, 8);
        piece.set(ADDRESS, 0, data);
        piece.set(JAVA_LONG, 8, bytes);
        MemorySegment header = arena.allocate(HEADER_BYTES, 8);
        header.set(ADDRESS, 16, piece);
        header.set(JAVA_LONG, 24, 1);
        return header;
    }

    private static void name(Arena arena, MemorySegment header, String address) {
        byte[] path = address.getBytes(StandardCharsets.UTF_8);
        if (path.length >= PATH_BYTES) {
            throw new IllegalArgumentException(
                    "path of a Unix socket: " + path.length + " bytes (expected: less than " + PATH_BYTES + ")");
        }
        boolean isAbstract = path[0] == '@';
        MemorySegment struct = arena.allocate(2 + PATH_BYTES, 8);
        struct.set(JAVA_SHORT, 0, (short) AF_UNIX);
        MemorySegment.copy(path, 0, struct, JAVA_BYTE, 2, path.length);
        if (isAbstract) {
            struct.set(JAVA_BYTE, 2, (byte) 0);
        }
        header.set(ADDRESS, 0, struct);
        // An abstract name ends where its length says, a path with a zero.
        header.set(JAVA_INT, 8, 2 + path.length + (isAbstract ? 0 : 1));
    }
}
