package io.steadyline.journal.periodic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PeriodicTest {

    private static final Duration SOON = Duration.ofMillis(1);

    private final List<Throwable> seen = new CopyOnWriteArrayList<>();
    private final List<String> deaths = new CopyOnWriteArrayList<>();
    private final AtomicInteger runs = new AtomicInteger();
    private final Periodic periodic = new Periodic("periodic-test", seen::add);

    @AfterEach
    void close() {
        periodic.close();
    }

    @Test
    void shouldRunATaskAgainThatThrew() {
        periodic.every("thrower", SOON, () -> {
            if (runs.incrementAndGet() % 3 != 0) {
                throw new IOException("run " + runs.get());
            }
        });
        await().until(() -> runs.get() >= 10);
        assertThat(periodic.failures().get("thrower")).isGreaterThanOrEqualTo(6);
        assertThat(seen).isNotEmpty().allMatch(IOException.class::isInstance);
    }

    @Test
    void shouldRunItAgainAfterAnError() {
        periodic.every("error", SOON, () -> {
            if (runs.incrementAndGet() == 1) {
                throw new StackOverflowError();
            }
        });
        await().until(() -> runs.get() >= 3);
        assertThat(seen).hasSize(1);
    }

    @Test
    void shouldRunItAgainWhenEvenTheTellingFails() {
        try (Periodic deaf = new Periodic("deaf", failure -> {
            throw new IllegalStateException("cannot hear");
        })) {
            deaf.every("thrower", SOON, () -> {
                runs.incrementAndGet();
                throw new IllegalStateException("boom");
            });
            await().until(() -> runs.get() >= 3);
            assertThat(deaf.untold()).isPositive();
        }
    }

    @Test
    void shouldRunATaskOnce() throws Exception {
        CountDownLatch ran = new CountDownLatch(1);
        periodic.once("note", () -> {
            runs.incrementAndGet();
            ran.countDown();
        });
        ran.await();
        assertThat(runs).hasValue(1);
        assertThat(periodic.failures()).containsEntry("note", 0L);
    }

    @Test
    void shouldCountAndTellWhatATaskThrowsOnAThreadOfTheCallers() {
        Runnable guarded = periodic.guarded("thrower", () -> {
            throw new IOException("boom");
        });
        guarded.run();
        guarded.run();
        assertThat(periodic.failures()).containsEntry("thrower", 2L);
        assertThat(seen).hasSize(2);
    }

    @Test
    void shouldRunOtherTasksBesideOneThatThrows() {
        periodic.every("thrower", SOON, () -> {
            throw new IllegalStateException("boom");
        });
        periodic.every("good", SOON, runs::incrementAndGet);
        await().until(() -> runs.get() >= 5);
        assertThat(periodic.failures()).containsEntry("good", 0L);
    }

    @Test
    void shouldDieOnPurposeWhenAnEssentialTaskFailsTooOftenInARow() {
        periodic.everyEssential(
                "heartbeat", SOON, 3, (name, last) -> deaths.add(name + ": " + last.getMessage()), () -> {
                    throw new IllegalStateException("run " + runs.incrementAndGet());
                });
        await().until(() -> !deaths.isEmpty());
        assertThat(deaths.getFirst()).isEqualTo("heartbeat: run 3");
    }

    @Test
    void shouldNotDieWhenASuccessComesBetween() {
        periodic.everyEssential("heartbeat", SOON, 3, (name, last) -> deaths.add(name), () -> {
            if (runs.incrementAndGet() % 3 != 0) {
                throw new IllegalStateException("boom");
            }
        });
        await().until(() -> runs.get() >= 20);
        assertThat(deaths).isEmpty();
    }

    @Test
    void shouldUseOneDaemonThreadOfThatName() {
        List<String> threads = new CopyOnWriteArrayList<>();
        periodic.every("a", SOON, () -> threads.add(thread()));
        periodic.every("b", SOON, () -> threads.add(thread()));
        await().until(() -> threads.size() >= 10);
        assertThat(threads).containsOnly("periodic-test daemon");
    }

    private static String thread() {
        Thread current = Thread.currentThread();
        return current.getName() + (current.isDaemon() ? " daemon" : "");
    }

    @Test
    void shouldRefuseToDieOfNothing() {
        assertThatThrownBy(() -> periodic.everyEssential("x", SOON, 0, (name, last) -> {}, () -> {}))
                .hasMessageContaining("maxFailuresInARow: 0");
    }
}
