package io.steadyline.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(OS.LINUX)
class ThreadsTest {

    private static final int NICE_FIELD = 18;

    private final CountDownLatch end = new CountDownLatch(1);

    @BeforeEach
    void start() throws InterruptedException {
        for (String name : List.of("sliced one", "sliced two", "other")) {
            CountDownLatch runs = new CountDownLatch(1);
            Thread.ofPlatform().name(name).daemon().start(() -> {
                runs.countDown();
                try {
                    end.await();
                } catch (InterruptedException ended) {
                    Thread.currentThread().interrupt();
                }
            });
            runs.await();
        }
    }

    @AfterEach
    void end() {
        end.countDown();
    }

    @Test
    void shouldLetThreadsOfANameGiveWayAndNoOthers() throws IOException {
        assertThat(Threads.giveWay("sliced", 7)).isEqualTo(2);
        assertThat(nice("sliced one")).isEqualTo(7);
        assertThat(nice("sliced two")).isEqualTo(7);
        assertThat(nice("other")).isZero();
    }

    /** Linux has it since 6.12; before that it takes the wish and does nothing. */
    @Test
    void shouldShortenSlicesWhereTheKernelHasThemAndKeepTheNiceness() throws IOException {
        Threads.giveWay("sliced", 3);
        assertThat(Threads.runInSlices("sliced", 200_000)).isEqualTo(kernelHasSlices() ? 2 : 0);
        assertThat(nice("sliced one")).isEqualTo(3);
        assertThat(Threads.runInSlices("nobody", 200_000)).isZero();
    }

    @ParameterizedTest(name = "{0} ns")
    @ValueSource(longs = {-1, 0, 99_999, 100_000_001})
    void shouldRefuseASliceThatTheKernelWouldChange(long sliceNs) {
        assertThatThrownBy(() -> Threads.runInSlices("sliced", sliceNs))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("slice: " + sliceNs + " ns (expected: 100000 to 100000000)");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(ints = {-1, 0, 20})
    void shouldRefuseANicenessThatIsNone(int nice) {
        assertThatThrownBy(() -> Threads.giveWay("sliced", nice))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("nice: " + nice + " (expected: 1 to 19)");
    }

    private static boolean kernelHasSlices() {
        String[] version = System.getProperty("os.version").split("\\D+", 3);
        return 100 * Integer.parseInt(version[0]) + Integer.parseInt(version[1]) >= 612;
    }

    private static int nice(String name) throws IOException {
        List<Path> tasks;
        try (Stream<Path> all = Files.list(Path.of("/proc/self/task"))) {
            tasks = all.toList();
        }
        for (Path task : tasks) {
            String stat = Files.readString(task.resolve("stat"));
            if (stat.contains("(" + name + ")")) {
                // Field 19 of proc_pid_stat(5); the name, field 2, has a space in it.
                String[] behindName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
                return Integer.parseInt(behindName[NICE_FIELD - 2]);
            }
        }
        throw new AssertionError("no thread is named " + name);
    }
}
