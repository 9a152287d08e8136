package io.steadyline.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;

/** A child that gets some descriptors: start it, signal it, wait for it. */
public final class Processes {

    // Sizes of posix_spawn_file_actions_t (80), posix_spawnattr_t (336) and siginfo_t (128) of glibc; musl's are
    // smaller.
    private static final int ACTIONS_BYTES = 128;
    private static final int ATTRIBUTES_BYTES = 512;
    private static final int SIGINFO_BYTES = 128;
    private static final int SIGSET_BYTES = 128;
    private static final short SETPGROUP_AND_SIGMASK = 0x02 | 0x08;
    private static final int P_PID = 1;
    private static final int WEXITED = 4;
    private static final int WNOWAIT = 0x01000000;

    private static final CFunction SPAWN = Native.plain(
            "posix_spawnp", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS));
    private static final CFunction ACTIONS_INIT = pointer("posix_spawn_file_actions_init");
    private static final CFunction ACTIONS_DESTROY = pointer("posix_spawn_file_actions_destroy");
    private static final CFunction ACTIONS_DUP2 = Native.plain(
            "posix_spawn_file_actions_adddup2", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
    private static final CFunction ATTRIBUTES_INIT = pointer("posix_spawnattr_init");
    private static final CFunction ATTRIBUTES_DESTROY = pointer("posix_spawnattr_destroy");
    private static final CFunction ATTRIBUTES_FLAGS =
            Native.plain("posix_spawnattr_setflags", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_SHORT));
    private static final CFunction ATTRIBUTES_MASK =
            Native.plain("posix_spawnattr_setsigmask", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
    private static final CFunction WAITID =
            Native.function("waitid", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final CFunction WAITPID =
            Native.function("waitpid", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final CFunction KILL = Native.function("kill", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final CFunction GETPPID = Native.plain("getppid", FunctionDescriptor.of(JAVA_INT));
    private static final CFunction GETUID = Native.plain("getuid", FunctionDescriptor.of(JAVA_INT));

    private Processes() {}

    /** For {@link Preload}. */
    static void link() {
        GETPPID.handle();
        GETUID.handle();
    }

    /**
     * Starts a program. It gets standard input, output and error of this process, the descriptors that are named here, an
     * empty signal mask, and a process group of its own: a Ctrl-C of the terminal then reaches this process only, which
     * decides what to pass on. Other descriptors are its too unless they close at exec.
     *
     * @param command program, looked for in the PATH, and its arguments; bytes as C wants them, without a zero
     * @param environment NAME=value each
     * @param descriptors number there by number here; no number there is one here too
     * @return pid
     */
    public static int spawn(List<byte[]> command, List<byte[]> environment, Map<Integer, Integer> descriptors)
            throws PosixException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment actions = arena.allocate(ACTIONS_BYTES, 16);
            MemorySegment attributes = arena.allocate(ATTRIBUTES_BYTES, 16);
            MemorySegment pid = arena.allocate(JAVA_INT);
            MemorySegment arguments = strings(arena, command);
            MemorySegment program = arguments.get(ADDRESS, 0);
            int error;
            try {
                check((int) ACTIONS_INIT.handle().invokeExact(actions), "posix_spawn_file_actions_init");
                check((int) ATTRIBUTES_INIT.handle().invokeExact(attributes), "posix_spawnattr_init");
                for (Map.Entry<Integer, Integer> given : descriptors.entrySet()) {
                    int here = given.getKey();
                    int there = given.getValue();
                    check(
                            (int) ACTIONS_DUP2.handle().invokeExact(actions, here, there),
                            "posix_spawn_file_actions_adddup2");
                }
                check(
                        (int) ATTRIBUTES_FLAGS.handle().invokeExact(attributes, SETPGROUP_AND_SIGMASK),
                        "posix_spawnattr_setflags");
                MemorySegment none = arena.allocate(SIGSET_BYTES, 8);
                check((int) ATTRIBUTES_MASK.handle().invokeExact(attributes, none), "posix_spawnattr_setsigmask");
                error = (int) SPAWN.handle()
                        .invokeExact(pid, program, actions, attributes, arguments, strings(arena, environment));
                check((int) ACTIONS_DESTROY.handle().invokeExact(actions), "posix_spawn_file_actions_destroy");
                check((int) ATTRIBUTES_DESTROY.handle().invokeExact(attributes), "posix_spawnattr_destroy");
            } catch (PosixException failed) {
                throw failed;
            } catch (Throwable thrown) {
                throw Native.impossible(thrown);
            }
            check(error, "posix_spawn");
            return pid.get(JAVA_INT, 0);
        }
    }

    /** Waits until the child has ended and leaves it as it is: its pid cannot be given to another process yet. */
    public static void awaitEnd(int pid) throws PosixException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = Native.errnoIn(arena);
            MemorySegment info = arena.allocate(SIGINFO_BYTES, 8);
            int result;
            do {
                try {
                    result = (int) WAITID.handle().invokeExact(errno, P_PID, pid, info, WEXITED | WNOWAIT);
                } catch (Throwable thrown) {
                    throw Native.impossible(thrown);
                }
            } while (result < 0 && Native.errno(errno) == Errno.EINTR);
            Native.check(result, errno, "waitid " + pid);
        }
    }

    /** Takes the child's status; waits for its end when it still runs. From here on the pid may be another's. */
    public static ExitStatus reap(int pid) throws PosixException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = Native.errnoIn(arena);
            MemorySegment status = arena.allocate(JAVA_INT);
            int result;
            do {
                try {
                    result = (int) WAITPID.handle().invokeExact(errno, pid, status, 0);
                } catch (Throwable thrown) {
                    throw Native.impossible(thrown);
                }
            } while (result < 0 && Native.errno(errno) == Errno.EINTR);
            Native.check(result, errno, "waitpid " + pid);
            return new ExitStatus(status.get(JAVA_INT, 0));
        }
    }

    public static void kill(int pid, int signal) throws PosixException {
        if (pid <= 0) {
            throw new IllegalArgumentException("pid " + pid + " (expected: of one process)");
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = Native.errnoIn(arena);
            int result;
            try {
                result = (int) KILL.handle().invokeExact(errno, pid, signal);
            } catch (Throwable thrown) {
                throw Native.impossible(thrown);
            }
            Native.check(result, errno, "kill " + pid + " with " + Signals.name(signal));
        }
    }

    /** Changes when the parent dies. */
    public static int parent() {
        try {
            return (int) GETPPID.handle().invokeExact();
        } catch (Throwable thrown) {
            throw Native.impossible(thrown);
        }
    }

    public static int user() {
        try {
            return (int) GETUID.handle().invokeExact();
        } catch (Throwable thrown) {
            throw Native.impossible(thrown);
        }
    }

    private static CFunction pointer(String name) {
        return Native.plain(name, FunctionDescriptor.of(JAVA_INT, ADDRESS));
    }

    private static void check(int error, String what) throws PosixException {
        if (error != 0) {
            throw new PosixException(what, error);
        }
    }

    /** An array of strings as C has it: with a null pointer at its end. */
    private static MemorySegment strings(Arena arena, List<byte[]> all) {
        MemorySegment pointers = arena.allocate(ADDRESS, all.size() + 1L);
        for (int i = 0; i < all.size(); i++) {
            byte[] bytes = all.get(i);
            MemorySegment string = arena.allocate(bytes.length + 1L);
            MemorySegment.copy(bytes, 0, string, JAVA_BYTE, 0, bytes.length);
            pointers.setAtIndex(ADDRESS, i, string);
        }
        return pointers;
    }
}
