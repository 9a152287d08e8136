package io.steadyline.journal.host;

import io.steadyline.restart.Evidence;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Notes how often the kernel has killed in the memory group of this process, at first and after each change: a kill that this
 * process has lived to note was another's. One owner, which asks about once a second.
 */
public final class MemoryWatch {

    private final Supplier<MemoryGroup.Counts> counts;
    private OptionalLong noted = OptionalLong.empty();

    public MemoryWatch() {
        this(new MemoryGroup()::read);
    }

    MemoryWatch(Supplier<MemoryGroup.Counts> counts) {
        this.counts = counts;
    }

    /** A note for the life of this boot; empty when there is nothing new. */
    public Optional<Evidence> look() {
        MemoryGroup.Counts now = counts.get();
        if (now.kills().equals(noted)) {
            return Optional.empty();
        }
        noted = now.kills();
        return now.note();
    }
}
