package io.steadyline.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * Locks by {@code flock(2)}. They belong to the open file and not to the process: unlike Java's own file locks, which are
 * of {@code fcntl(2)}, they stay when somebody else in the same process opens and closes the file. The kernel frees them
 * with the last descriptor, that is with the process at the latest.
 *
 * <p>Any thread. Without native access (or on a system that has no such functions) the first use fails with a
 * {@link LinkageError} or an {@link IllegalCallerException}.
 */
public final class FileLocks {

    // Linux, the same on x86-64 and arm64: include/uapi/asm-generic/fcntl.h
    private static final int O_RDWR = 2;
    private static final int O_CREAT = 0100;
    private static final int O_CLOEXEC = 02000000;
    private static final int OWNER_ONLY = 0600;
    private static final int LOCK_EX = 2;
    private static final int LOCK_NB = 4;

    private static final CFunction OPEN =
            Native.variadic("open", 2, FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
    private static final CFunction FLOCK =
            Native.function("flock", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final CFunction CLOSE = Native.plain("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private FileLocks() {}

    /**
     * Opens the file for reading and writing, and creates it (mode 0600) where it is not there. Children that are started
     * by exec do not get it.
     *
     * @return the descriptor; whoever called closes it by {@link #close}
     * @throws IOException with the kernel's reason
     */
    public static int open(Path file) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = Native.errnoIn(arena);
            MemorySegment path = arena.allocateFrom(file.toString());
            int descriptor;
            do {
                try {
                    descriptor = (int) OPEN.handle().invokeExact(errno, path, O_RDWR | O_CREAT | O_CLOEXEC, OWNER_ONLY);
                } catch (Throwable thrown) {
                    throw Native.impossible(thrown);
                }
            } while (descriptor < 0 && Native.errno(errno) == Errno.EINTR);
            if (descriptor < 0) {
                throw new IOException(file + ": " + reason(Native.errno(errno)));
            }
            return descriptor;
        }
    }

    /**
     * Tries to get the exclusive lock; never waits.
     *
     * @return false: another open file has it, in this process or another
     * @throws IOException the file system has no locks, or no room for one
     */
    public static boolean tryLock(int descriptor) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = Native.errnoIn(arena);
            int result;
            do {
                try {
                    result = (int) FLOCK.handle().invokeExact(errno, descriptor, LOCK_EX | LOCK_NB);
                } catch (Throwable thrown) {
                    throw Native.impossible(thrown);
                }
            } while (result < 0 && Native.errno(errno) == Errno.EINTR);
            if (result < 0 && Native.errno(errno) != Errno.EAGAIN) {
                throw new IOException("lock: " + reason(Native.errno(errno)));
            }
            return result == 0;
        }
    }

    /** Closes the descriptor, and with it frees the lock. Not to be called twice for one descriptor. */
    public static void close(int descriptor) {
        try {
            // Whatever it returns, Linux has closed the descriptor.
            int _ = (int) CLOSE.handle().invokeExact(descriptor);
        } catch (Throwable thrown) {
            throw Native.impossible(thrown);
        }
    }

    /** The few that a lock file meets; numbers of Linux. */
    private static String reason(int errno) {
        String words = switch (errno) {
            case 1, 13 -> "not allowed";
            case 2 -> "no such directory";
            case 20 -> "a part of the path is not a directory";
            case 21 -> "is a directory";
            case 22, 38, 95 -> "the file system has no such locks";
            case 23, 24 -> "no descriptors left";
            case 28, 122 -> "no space left";
            case 30 -> "the file system is read-only";
            case 37 -> "no room for another lock";
            default -> "the kernel refuses";
        };
        return words + " (errno " + errno + ")";
    }
}
