package io.steadyline.stt.azure;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/** What the SDK holds for one recogniser, in native memory. One thread. What was made last is closed first. */
final class AzureParts implements AutoCloseable {

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    <T extends AutoCloseable> T add(T part) {
        parts.push(part);
        return part;
    }

    /** What is made of them; when that fails, none of them stays open. Native code may be missing in the middle of it. */
    <T> T orNone(Supplier<T> making) {
        try {
            return making.get();
        } catch (RuntimeException | LinkageError failed) {
            try {
                close();
            } catch (IllegalStateException notClosed) {
                failed.addSuppressed(notClosed);
            }
            throw failed;
        }
    }

    /** Each part is closed, whatever becomes of the others. */
    @Override
    public void close() {
        IllegalStateException first = null;
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception | LinkageError failed) {
                if (first == null) {
                    first = new IllegalStateException("a part of the SDK cannot be closed", failed);
                } else {
                    first.addSuppressed(failed);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
