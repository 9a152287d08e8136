package io.steadyline.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.VarHandle;

/** The kinds of functions of the C library, and how their errno is read. */
final class Native {

    private static final StructLayout CAPTURE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CAPTURE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private Native() {}

    /** A function that sets errno: its first parameter is the segment from {@link #errnoIn}. */
    static CFunction function(String name, FunctionDescriptor shape) {
        return new CFunction(name, shape, Linker.Option.captureCallState("errno"));
    }

    /** The same for a function such as ioctl, whose parameters after the first {@code fixed} ones are "...". */
    static CFunction variadic(String name, int fixed, FunctionDescriptor shape) {
        return new CFunction(
                name, shape, Linker.Option.captureCallState("errno"), Linker.Option.firstVariadicArg(fixed));
    }

    /** A function that returns its error instead of setting errno. */
    static CFunction plain(String name, FunctionDescriptor shape) {
        return new CFunction(name, shape);
    }

    static MemorySegment errnoIn(Arena arena) {
        return arena.allocate(CAPTURE);
    }

    static int errno(MemorySegment captured) {
        return (int) ERRNO.get(captured, 0L);
    }

    /** The result, or an exception with errno when it is negative. */
    static int check(int result, MemorySegment captured, String what) throws PosixException {
        if (result < 0) {
            throw new PosixException(what, errno(captured));
        }
        return result;
    }

    /** A method handle says "Throwable"; a C function throws nothing, but linking it may. */
    static AssertionError impossible(Throwable thrown) {
        return switch (thrown) {
            case RuntimeException notAllowed -> throw notAllowed;
            case Error notThere -> throw notThere;
            default -> new AssertionError("a C function threw", thrown);
        };
    }
}
