package io.steadyline.restart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StallCauseTest {

    @ParameterizedTest(name = "gap {0}, gc {1}, run queue {2}, cpu {3}, throttled {4}, wall {5}: {6}")
    @CsvSource({
        // As measured: SIGSTOP and freezer of 2 s, a full collection, a quota of 5 %, a busy process.
        "2011,   0,    0,   10,  0,    0, STOPPED",
        "2004,   0,    1,    0,  0,    0, STOPPED",
        " 119, 110,    5,  200,  0,    0, GC",
        "  82,  70,    0,   80,  0,    0, GC",
        " 900,   0,  850,   40,  9,    0, CPU_STARVED",
        // A thread that slept when the quota ran out did not wait in a queue.
        "  95,   0,    0,    5,  1,    0, CPU_STARVED",
        " 150,   0,    5,  150,  0,    0, BUSY",
        // Half is enough, less is not.
        " 100,  50,    0,    0,  0,    0, GC",
        " 100,  49,    0,    0,  0,    0, STOPPED",
        " 100,   0,   50,    0,  0,    0, CPU_STARVED",
        " 100,   0,   49,    0,  0,    0, STOPPED",
        " 100,   0,    0,   50,  0,    0, BUSY",
        " 100,   0,    0,   49,  0,    0, STOPPED",
        // One throttled period does not explain two seconds.
        "2000,   0,    0,    0,  1,    0, STOPPED",
        // A suspended machine: the monotonic clock stood still with it.
        "  61,   0,    0,   60,  0, 3000, STOPPED",
        "  61,   0,    0,   60,  0,  499, BUSY",
        "   0,   0,    0,    0,  0,    0, STOPPED"
    })
    void shouldBeWhatExplainsHalfOfTheGap(
            long gap, long gc, long runQueue, long cpu, long throttled, long wall, StallCause cause) {
        StallSample sample = new StallSample(gap, gc, runQueue, cpu, throttled, wall);
        assertThat(sample.cause()).isEqualTo(cause);
        assertThat(sample.sentence()).isNotBlank();
    }

    @Test
    void shouldNameTheFigures() {
        assertThat(new StallSample(119, 110, 0, 0, 0, 0).sentence())
                .isEqualTo("Garbage collection held it for 0.110 s of 0.119 s.");
        assertThat(new StallSample(2011, 0, 0, 0, 0, 0).sentence())
                .isEqualTo("The whole process stood still for 2.0 s: SIGSTOP, a freezer, or a paused machine.");
        assertThat(new StallSample(61, 0, 0, 0, 0, 3000).sentence()).contains("wall clock went 3.0 s further");
        assertThat(new StallSample(900, 0, 850, 40, 9, 0).sentence())
                .contains("waited 0.850 s ready to run", "used up in 9 periods");
        assertThat(new StallSample(900, 0, 850, 40, 0, 0).sentence()).doesNotContain("quota");
        assertThat(new StallSample(150, 0, 5, 150, 0, 0).sentence()).contains("used 0.150 s of processor time");
    }
}
