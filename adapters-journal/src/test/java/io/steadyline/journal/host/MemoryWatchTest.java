package io.steadyline.journal.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.restart.Evidence;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MemoryWatchTest {

    private final Deque<MemoryGroup.Counts> counts = new ArrayDeque<>();
    private final MemoryWatch watch = new MemoryWatch(counts::remove);

    @Test
    void shouldNoteTheFirstCountAndEachChange() {
        Stream.of(2, 2, 3, 3).map(MemoryWatchTest::kills).forEach(counts::add);
        assertThat(Stream.generate(watch::look).limit(4).toList())
                .containsExactly(noted(2), Optional.empty(), noted(3), Optional.empty());
    }

    @Test
    void shouldNoteNothingWhereNothingIsCounted() {
        counts.addAll(List.of(MemoryGroup.Counts.UNKNOWN, MemoryGroup.Counts.UNKNOWN));
        assertThat(watch.look()).isEmpty();
        assertThat(watch.look()).isEmpty();
    }

    private static Optional<Evidence> noted(long kills) {
        return Optional.of(new Evidence.MemoryNoted("/group", 5, kills));
    }

    private static MemoryGroup.Counts kills(long kills) {
        return new MemoryGroup.Counts(
                "/group", 5, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.of(kills));
    }
}
