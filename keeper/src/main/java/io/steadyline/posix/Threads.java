package io.steadyline.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Threads of this process as the kernel schedules them. Linux: each has a niceness of its own (setpriority(2), NOTES). */
public final class Threads {

    /** The least willing to wait for others is -20, the most 19. */
    public static final int MAX_NICE = 19;

    private static final Path TASKS = Path.of("/proc/self/task");
    private static final int PRIO_PROCESS = 0;
    private static final CFunction SET_PRIORITY =
            Native.function("setpriority", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));

    private Threads() {}

    /**
     * Lets all threads whose name begins so give way to others. There is no way back without a privilege.
     *
     * @param prefix of the name as the kernel knows it: its first 15 bytes
     * @param nice 1 to {@link #MAX_NICE}; 10 leaves a tenth of a core that somebody else wants
     * @return how many there are
     * @throws IOException the list of threads cannot be read
     */
    public static int giveWay(String prefix, int nice) throws IOException, PosixException {
        if (nice < 1 || nice > MAX_NICE) {
            throw new IllegalArgumentException("nice: " + nice + " (expected: 1 to " + MAX_NICE + ")");
        }
        List<Path> all;
        try (Stream<Path> tasks = Files.list(TASKS)) {
            all = tasks.toList();
        }
        int found = 0;
        for (Path task : all) {
            if (name(task).startsWith(prefix)) {
                setNice(Integer.parseInt(task.getFileName().toString()), nice);
                found++;
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

    private static void setNice(int thread, int nice) throws PosixException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = Native.errnoIn(arena);
            int result;
            try {
                result = (int) SET_PRIORITY.handle().invokeExact(errno, PRIO_PROCESS, thread, nice);
            } catch (Throwable thrown) {
                throw Native.impossible(thrown);
            }
            Native.check(result, errno, "setpriority " + thread + " to " + nice);
        }
    }
}
