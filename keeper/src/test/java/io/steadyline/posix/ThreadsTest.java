package io.steadyline.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(OS.LINUX)
class ThreadsTest {

    /** In proc_pid_stat(5), counted from 1. */
    private static final int NICE_FIELD = 19;

    private static final long SLICE_NS = 200_000;
    /** A thread of the test before may still be there for the kernel. */
    private static final AtomicInteger TESTS = new AtomicInteger();

    private final String prefix = "t" + TESTS.incrementAndGet() + " ";
    private final CountDownLatch end = new CountDownLatch(1);
    private final CountDownLatch toGoOn = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();
    private int ownNice;

    @BeforeEach
    void start() throws InterruptedException, IOException {
        for (String name : List.of("one", "two")) {
            threads.add(started(prefix + name, end::await));
        }
        ownNice = nice("one");
        // A build under nice(1): others may not be asked to be less willing than they are.
        assumeThat(ownNice).isLessThan(3);
    }

    @AfterEach
    void end() throws InterruptedException {
        end.countDown();
        toGoOn.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Test
    void shouldLetThreadsOfANameGiveWayAndNoOthers() throws IOException {
        assertThat(Threads.giveWay(prefix + "o", 7)).isEqualTo(1);
        assertThat(nice("one")).isEqualTo(7);
        assertThat(nice("two")).isEqualTo(ownNice);
    }

    /** Linux has it since 6.12; before that it takes the wish and does nothing. */
    @Test
    void shouldShortenSlicesWhereTheKernelHasThemAndKeepTheNiceness() throws IOException {
        Threads.giveWay(prefix, 3);
        assertThat(Threads.runInSlices(prefix, SLICE_NS)).isEqualTo(kernelHasSlices() ? 2 : 0);
        assertThat(nice("one")).isEqualTo(3);
        assertThat(Threads.runInSlices(prefix + "nobody", SLICE_NS)).isZero();
    }

    @Test
    void shouldNotGiveAShortSliceToThreadsThatOneWithItStarts() throws IOException, InterruptedException {
        CountDownLatch childRuns = new CountDownLatch(1);
        threads.add(started(prefix + "parent", () -> {
            toGoOn.await();
            Thread child = started(prefix + "child", end::await);
            childRuns.countDown();
            child.join();
        }));
        int expected = kernelHasSlices() ? 1 : 0;
        assertThat(Threads.runInSlices(prefix + "parent", SLICE_NS)).isEqualTo(expected);
        toGoOn.countDown();
        childRuns.await();
        assertThat(Threads.sliceNs(number("child"))).isNotEqualTo(SLICE_NS);
    }

    @ParameterizedTest(name = "{0} ns")
    @ValueSource(longs = {-1, 0, 99_999, 100_000_001})
    void shouldRefuseASliceThatTheKernelWouldChange(long sliceNs) {
        assertThatThrownBy(() -> Threads.runInSlices(prefix, sliceNs))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("slice: " + sliceNs + " ns (expected: 100000 to 100000000)");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(ints = {-1, 0, 20})
    void shouldRefuseANicenessThatIsNone(int nice) {
        assertThatThrownBy(() -> Threads.giveWay(prefix, nice))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("nice: " + nice + " (expected: 1 to 19)");
    }

    private interface Waiting {
        void run() throws InterruptedException;
    }

    /** Runs already, so that the kernel knows its name. */
    private static Thread started(String name, Waiting body) throws InterruptedException {
        CountDownLatch runs = new CountDownLatch(1);
        Thread thread = Thread.ofPlatform().name(name).daemon().start(() -> {
            runs.countDown();
            try {
                body.run();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
        runs.await();
        return thread;
    }

    private static boolean kernelHasSlices() {
        String[] version = System.getProperty("os.version").split("\\D+", 3);
        return 100 * Integer.parseInt(version[0]) + Integer.parseInt(version[1]) >= 612;
    }

    private int nice(String name) throws IOException {
        String stat = Files.readString(Path.of("/proc/self/task/" + number(name) + "/stat"));
        // The name, field 2, has a space in it.
        String[] behindName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Integer.parseInt(behindName[NICE_FIELD - 3]);
    }

    private int number(String name) throws IOException {
        List<Integer> found = Threads.named(prefix + name);
        assertThat(found).as("threads named " + prefix + name).hasSize(1);
        return found.getFirst();
    }
}
