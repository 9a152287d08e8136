package io.steadyline.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Threads of this process as the kernel schedules them. Linux: each has a niceness of its own (setpriority(2), NOTES). */
public final class Threads {

    /** The least willing to wait for others is -20, the most 19. */
    public static final int MAX_NICE = 19;
    /** The kernel takes no less (Linux, {@code __setparam_fair}). */
    public static final long MIN_SLICE_NS = 100_000;

    private static final Path TASKS = Path.of("/proc/self/task");
    private static final int PRIO_PROCESS = 0;
    // struct sched_attr as of its first version: size, policy, flags, nice, priority, runtime, deadline, period.
    private static final int ATTRIBUTES_BYTES = 48;
    private static final int FLAGS_AT = 8;
    private static final int RUNTIME_AT = 24;
    private static final long RESET_ON_FORK = 1;

    private static final CFunction SET_PRIORITY =
            Native.function("setpriority", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    /** The C library has had the two calls under their own names since 2025 only. */
    private static final CFunction SYSCALL = Native.variadic(
            "syscall", 1, FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG));

    /** Numbers of two calls of the kernel. */
    private enum Call {
        SCHED_SETATTR(314, 274),
        SCHED_GETATTR(315, 275);

        private final int numberOnX86;
        private final int numberOnArm;

        Call(int numberOnX86, int numberOnArm) {
            this.numberOnX86 = numberOnX86;
            this.numberOnArm = numberOnArm;
        }

        long number() {
            String architecture = System.getProperty("os.arch");
            return switch (architecture) {
                case "amd64" -> numberOnX86;
                case "aarch64" -> numberOnArm;
                default ->
                    throw new UnsatisfiedLinkError(
                            this + " on " + architecture + " (expected: amd64 or aarch64, whose numbers are known)");
            };
        }
    }

    private Threads() {}

    /**
     * Lets all threads whose name begins so give way to others. There is no way back without a privilege.
     *
     * @param prefix of the name as the kernel knows it: its first 15 bytes
     * @param nice 1 to {@link #MAX_NICE}; 10 leaves a tenth of a core that somebody else wants
     * @return how many there are
     * @throws IOException the list of threads cannot be read
     * @throws PosixException the kernel refuses; those before are changed
     */
    public static int giveWay(String prefix, int nice) throws IOException, PosixException {
        if (nice < 1 || nice > MAX_NICE) {
            throw new IllegalArgumentException("nice: " + nice + " (expected: 1 to " + MAX_NICE + ")");
        }
        int changed = 0;
        for (int thread : named(prefix)) {
            if (setNice(thread, nice)) {
                changed++;
            }
        }
        return changed;
    }

    /**
     * Lets all threads whose name begins so run in short slices: one that is woken while another thread runs goes before it at
     * once, as long as it has not had more than its share; else it may wait for the end of that one's slice, or for the kernel's
     * next tick, up to 10 ms. Its share stays what it was, and threads that it starts do not have it. Linux since 6.12
     * (documentation, "EEVDF Scheduler"); older ones take it and do nothing.
     *
     * @param prefix of the name as the kernel knows it: its first 15 bytes
     * @param sliceNs {@link #MIN_SLICE_NS} to 100 ms
     * @return how many have such slices now
     * @throws IOException the list of threads cannot be read
     * @throws PosixException the kernel refuses, or whoever filters its calls; those before are changed
     * @throws UnsatisfiedLinkError neither x86-64 nor aarch64
     */
    public static int runInSlices(String prefix, long sliceNs) throws IOException, PosixException {
        if (sliceNs < MIN_SLICE_NS || sliceNs > 100_000_000) {
            throw new IllegalArgumentException(
                    "slice: " + sliceNs + " ns (expected: " + MIN_SLICE_NS + " to 100000000)");
        }
        int changed = 0;
        for (int thread : named(prefix)) {
            if (setSlice(thread, sliceNs)) {
                changed++;
            }
        }
        return changed;
    }

    /** Numbers of the threads whose name begins so. */
    static List<Integer> named(String prefix) throws IOException {
        List<Path> all;
        try (Stream<Path> tasks = Files.list(TASKS)) {
            all = tasks.toList();
        }
        List<Integer> found = new ArrayList<>();
        for (Path task : all) {
            if (name(task).startsWith(prefix)) {
                found.add(Integer.valueOf(task.getFileName().toString()));
            }
        }
        return found;
    }

    /** Empty when the thread has ended meanwhile. */
    private static String name(Path task) throws IOException {
        try {
            return Files.readString(task.resolve("comm"));
        } catch (IOException unreadable) {
            if (Files.exists(task)) {
                throw unreadable;
            }
            return "";
        }
    }

    /** False when the thread has ended meanwhile. */
    private static boolean setNice(int thread, int nice) throws PosixException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = Native.errnoIn(arena);
            int result;
            try {
                result = (int) SET_PRIORITY.handle().invokeExact(errno, PRIO_PROCESS, thread, nice);
            } catch (Throwable thrown) {
                throw Native.impossible(thrown);
            }
            return isThere(result, errno, "setpriority " + thread + " to " + nice);
        }
    }

    /** False where the kernel has not done it and has not refused it either, and when the thread has ended meanwhile. */
    private static boolean setSlice(int thread, long sliceNs) throws PosixException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = arena.allocate(ATTRIBUTES_BYTES, Long.BYTES);
            if (!get(arena, thread, attributes)) {
                return false;
            }
            // What else is in there, the niceness among it, is written back as it was. Without the flag, threads that
            // this one starts would have the slice too.
            attributes.set(JAVA_LONG, FLAGS_AT, attributes.get(JAVA_LONG, FLAGS_AT) | RESET_ON_FORK);
            attributes.set(JAVA_LONG, RUNTIME_AT, sliceNs);
            return call(arena, Call.SCHED_SETATTR, thread, attributes, 0) && sliceNs(thread) == sliceNs;
        }
    }

    /** -1 when the thread has ended; 0 where the kernel does not tell. */
    static long sliceNs(int thread) throws PosixException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = arena.allocate(ATTRIBUTES_BYTES, Long.BYTES);
            return get(arena, thread, attributes) ? attributes.get(JAVA_LONG, RUNTIME_AT) : -1;
        }
    }

    private static boolean get(Arena arena, int thread, MemorySegment attributes) throws PosixException {
        return call(arena, Call.SCHED_GETATTR, thread, attributes, ATTRIBUTES_BYTES);
    }

    private static boolean call(Arena arena, Call call, int thread, MemorySegment attributes, long bytes)
            throws PosixException {
        MemorySegment errno = Native.errnoIn(arena);
        long number = call.number();
        long result;
        try {
            result = (long) SYSCALL.handle().invokeExact(errno, number, (long) thread, attributes, bytes, 0L);
        } catch (Throwable thrown) {
            throw Native.impossible(thrown);
        }
        return isThere((int) result, errno, call + " of thread " + thread);
    }

    private static boolean isThere(int result, MemorySegment errno, String what) throws PosixException {
        if (result < 0 && Native.errno(errno) == Errno.ESRCH) {
            return false;
        }
        Native.check(result, errno, what);
        return true;
    }
}
