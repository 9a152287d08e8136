package io.steadyline.journal.boots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.steadyline.restart.Evidence.OwnDecision;
import io.steadyline.restart.Evidence.OwnReason;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LastResortTest {

    @TempDir
    Path data;

    private final List<Integer> halts = new CopyOnWriteArrayList<>();

    @Test
    void shouldNoteTheFirstReasonAndHalt() {
        try (LifeLog life = LifeLog.open(data, Boots.boot(7))) {
            LastResort lastResort = new LastResort(life, halts::add);
            lastResort.die(OwnReason.STUCK_LOOP, "for 31 s");
            lastResort.die(OwnReason.LOCK_LOST, "too late");
            // The caller, once more, and the thread that noted.
            await().until(() -> halts.size() == 3);
            assertThat(halts).containsOnly(70);
        }
        assertThat(LifeLog.read(data.resolve("boots").resolve("7-boot7.life")).notes())
                .singleElement()
                .isInstanceOfSatisfying(OwnDecision.class, decision -> {
                    assertThat(decision.reason()).isEqualTo(OwnReason.STUCK_LOOP);
                    assertThat(decision.detail()).isEqualTo("for 31 s");
                });
    }

    @Test
    void shouldNoteForAnInterruptedCallerToo() {
        try (LifeLog life = LifeLog.open(data, Boots.boot(7))) {
            LastResort lastResort = new LastResort(life, code -> halts.add((int) life.notes()));
            Thread.currentThread().interrupt();
            lastResort.die(OwnReason.THREADS, "none");
            assertThat(Thread.interrupted()).isTrue();
            assertThat(halts).isNotEmpty().containsOnly(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Cannot reserve 1048576 bytes of direct buffer memory (allocated: 33554432, limit: 33554432)",
                "Direct buffer memory",
                "unable to create native thread: possibly out of memory or process/resource limits reached"
            })
    void shouldFindFatalWhatTheJavaMachineLivesOnWith(String words) {
        OutOfMemoryError error = new OutOfMemoryError(words);
        assertThat(LastResort.isFatal(error)).isTrue();
        assertThat(LastResort.isFatal(new IllegalStateException(error))).isTrue();
    }

    @Test
    void shouldLeaveEverythingElseAlone() {
        assertThat(LastResort.isFatal(new OutOfMemoryError("Java heap space"))).isFalse();
        assertThat(LastResort.isFatal(new OutOfMemoryError())).isFalse();
        assertThat(LastResort.isFatal(new IllegalStateException("direct buffer memory")))
                .isFalse();
        IllegalStateException loop = new IllegalStateException("a");
        loop.initCause(new IllegalStateException("b", loop));
        assertThat(LastResort.isFatal(loop)).isFalse();
    }

    @Test
    void shouldDieOnlyOfWhatIsFatal() {
        try (LifeLog life = LifeLog.open(data, Boots.boot(7))) {
            LastResort lastResort = new LastResort(life, halts::add);
            lastResort.dieIfFatal(new IllegalStateException("boom"));
            assertThat(halts).isEmpty();
            lastResort.dieIfFatal(new OutOfMemoryError("unable to create native thread"));
            assertThat(halts).isNotEmpty();
        }
    }
}
