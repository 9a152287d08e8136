package io.steadyline.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
class SeedsTest {

    private @Nullable String pinnedOutside;

    @BeforeEach
    void unpin() {
        pinnedOutside = System.getProperty(Seeds.PROPERTY);
        System.clearProperty(Seeds.PROPERTY);
    }

    @AfterEach
    void restore() {
        if (pinnedOutside == null) {
            System.clearProperty(Seeds.PROPERTY);
        } else {
            System.setProperty(Seeds.PROPERTY, pinnedOutside);
        }
    }

    @Test
    void shouldGiveEachRunASeedOfItsOwn() {
        List<Long> seeds = new ArrayList<>();
        Seeds.forEach(100, (seed, random) -> seeds.add(seed));
        assertThat(seeds).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void shouldNameTheSeedOfAFailureAndKeepItsCause() {
        AssertionError cause = new AssertionError("depth 201");
        assertThatThrownBy(() -> Seeds.forEach(5, (seed, random) -> {
                    throw cause;
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageMatching("seed (-?\\d+) \\(repeat with -Dsteadyline.seed=\\1\\): depth 201")
                .hasCause(cause);
    }

    @Test
    void shouldNameTheSeedOfAnException() {
        assertThatThrownBy(() -> Seeds.forEach(5, (seed, random) -> {
                    throw new IOException("gone");
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageEndingWith("gone")
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void shouldRunOnceWithThePinnedSeed() {
        System.setProperty(Seeds.PROPERTY, "42");
        List<Long> seeds = new ArrayList<>();
        List<Integer> drawn = new ArrayList<>();
        Seeds.forEach(100, (seed, random) -> {
            seeds.add(seed);
            drawn.add(random.nextInt());
        });
        Seeds.forEach(100, (seed, random) -> drawn.add(random.nextInt()));
        assertThat(seeds).containsExactly(42L);
        assertThat(drawn).hasSize(2);
        assertThat(drawn.get(0)).isEqualTo(drawn.get(1));
    }

    @Test
    void shouldRefuseASeedThatIsNoNumber() {
        System.setProperty(Seeds.PROPERTY, "tuesday");
        assertThatThrownBy(() -> Seeds.forEach(1, (seed, random) -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("steadyline.seed: tuesday (expected: a whole number)");
    }
}
