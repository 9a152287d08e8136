package io.steadyline.posix;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * A function of the C library, linked when it is first needed: that takes some ten milliseconds for each on a start, and a
 * start needs few of them. Any thread.
 */
final class CFunction {

    private final String name;
    private final FunctionDescriptor shape;
    private final Linker.Option[] options;
    private volatile @Nullable MethodHandle linked;

    CFunction(String name, FunctionDescriptor shape, Linker.Option... options) {
        this.name = name;
        this.shape = shape;
        this.options = options.clone();
    }

    /**
     * Links it if nobody has; two threads may, to the same.
     *
     * @throws UnsatisfiedLinkError the system has no such function
     * @throws IllegalCallerException native access is not allowed
     */
    MethodHandle handle() {
        MethodHandle known = linked;
        if (known == null) {
            known = link();
            linked = known;
        }
        return known;
    }

    // restricted: calling C is what this package is for; the flag that allows it is documented.
    @SuppressWarnings("restricted")
    private MethodHandle link() {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup()
                        .find(name)
                        .orElseThrow(() -> new UnsatisfiedLinkError(name + " (expected: in the C library)")),
                shape,
                options);
    }
}
