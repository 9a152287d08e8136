package io.steadyline.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** How a function of the C library becomes a method handle, and how its errno is read. */
final class Native {

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout CAPTURE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CAPTURE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private Native() {}

    /** A function that sets errno: its first parameter is the segment from {@link #errnoIn}. */
    static MethodHandle function(String name, FunctionDescriptor shape) {
        return link(name, shape, Linker.Option.captureCallState("errno"));
    }

    /** The same for a function such as ioctl, whose parameters after the first {@code fixed} ones are "...". */
    static MethodHandle variadic(String name, int fixed, FunctionDescriptor shape) {
        return link(name, shape, Linker.Option.captureCallState("errno"), Linker.Option.firstVariadicArg(fixed));
    }

    /** A function that returns its error instead of setting errno. */
    static MethodHandle plain(String name, FunctionDescriptor shape) {
        return link(name, shape);
    }

    // restricted: calling C is what this package is for; the flag that allows it is documented.
    @SuppressWarnings("restricted")
    private static MethodHandle link(String name, FunctionDescriptor shape, Linker.Option... options) {
        MemorySegment address = LINKER.defaultLookup()
                .find(name)
                .orElseThrow(() -> new IllegalStateException(name + " (expected: in the C library)"));
        return LINKER.downcallHandle(address, shape, options);
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

    /** A method handle says "Throwable"; a C function throws nothing. */
    static AssertionError impossible(Throwable thrown) {
        return new AssertionError("a C function threw", thrown);
    }
}
