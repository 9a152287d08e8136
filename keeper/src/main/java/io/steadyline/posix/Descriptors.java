package io.steadyline.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Numbers of open files: duplicate, close, keep from children. Nothing here waits. */
public final class Descriptors {

    private static final int F_GETFD = 1;
    private static final int F_SETFD = 2;
    private static final int F_DUPFD_CLOEXEC = 1030;
    private static final int FD_CLOEXEC = 1;
    private static final Path OPEN = Path.of("/proc/self/fd");

    private static final CFunction CLOSE = Native.function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final CFunction FCNTL =
            Native.variadic("fcntl", 2, FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));

    private Descriptors() {}

    /** For {@link Preload}. */
    static void link() {
        CLOSE.handle();
        FCNTL.handle();
    }

    /** On Linux the number is free afterwards, whatever is thrown. */
    public static void close(int descriptor) throws PosixException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = Native.errnoIn(arena);
            int result;
            try {
                result = (int) CLOSE.handle().invokeExact(errno, descriptor);
            } catch (Throwable thrown) {
                throw Native.impossible(thrown);
            }
            Native.check(result, errno, "close " + descriptor);
        }
    }

    /** Another number, at least {@code lowest}, for the same open file; closed at exec. */
    public static int duplicate(int descriptor, int lowest) throws PosixException {
        return fcntl(descriptor, F_DUPFD_CLOEXEC, lowest, "fcntl F_DUPFD_CLOEXEC ");
    }

    public static boolean isOpen(int descriptor) {
        try {
            fcntl(descriptor, F_GETFD, 0, "fcntl F_GETFD ");
            return true;
        } catch (PosixException closed) {
            return false;
        }
    }

    /** Children that are started from now on do not get it. */
    public static void closeAtExec(int descriptor) throws PosixException {
        int flags = fcntl(descriptor, F_GETFD, 0, "fcntl F_GETFD ");
        fcntl(descriptor, F_SETFD, flags | FD_CLOEXEC, "fcntl F_SETFD ");
    }

    /** Everything but standard input, output and error: what the Java machine or a parent left open for children. */
    public static void closeAllAtExec() throws IOException {
        try (DirectoryStream<Path> open = Files.newDirectoryStream(OPEN)) {
            for (Path entry : open) {
                int descriptor = Integer.parseInt(entry.getFileName().toString());
                // The directory's own descriptor is among them, and another thread may close one meanwhile.
                if (descriptor > 2 && isOpen(descriptor)) {
                    closeAtExec(descriptor);
                }
            }
        }
    }

    private static int fcntl(int descriptor, int command, int argument, String what) throws PosixException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = Native.errnoIn(arena);
            int result;
            try {
                result = (int) FCNTL.handle().invokeExact(errno, descriptor, command, argument);
            } catch (Throwable thrown) {
                throw Native.impossible(thrown);
            }
            return Native.check(result, errno, what + descriptor);
        }
    }
}
