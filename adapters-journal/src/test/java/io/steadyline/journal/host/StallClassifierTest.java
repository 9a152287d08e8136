package io.steadyline.journal.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.journal.host.StallClassifier.Change;
import io.steadyline.journal.host.StallWatch.Kind;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StallClassifierTest {

    @ParameterizedTest
    @CsvSource({
        // gap, gc, run queue, cpu, throttles, throttled => kind
        "2011, 0, 0, 0, 0, 0, STOPPED",
        "2004, 3, 1, 10, -1, -1, STOPPED",
        "100, 82, 2, 150, 0, 0, GC",
        "100, 51, 60, 0, 3, 80, GC",
        "100, 50, 0, 150, 0, 0, BUSY",
        "100, 0, 51, 0, 0, 0, CPU_STARVED",
        "100, 0, 50, 0, 0, 0, STOPPED",
        "100, 0, 90, 10, 1, 0, CPU_THROTTLED",
        "100, 0, 0, 10, 1, 90, CPU_THROTTLED",
        "2000, 0, 0, 10, 1, 90, STOPPED",
        "100, 0, 10, 50, 0, 0, BUSY",
        "100, 0, 10, 49, 0, 0, STOPPED",
        "100, 0, -1, -1, -1, -1, BUSY"
    })
    void shouldNameTheReason(long gap, long gc, long queue, long cpu, long throttles, long throttled, Kind kind) {
        assertThat(StallClassifier.classify(new Change(gap, gc, queue, cpu, throttles, throttled)))
                .isEqualTo(kind);
    }

    @Test
    void shouldSayItInASentence() {
        Change change = new Change(2011, 0, 0, 0, 0, 0);

        assertThat(StallClassifier.sentence(Kind.STOPPED, change))
                .isEqualTo("the process stood still for 2011 ms: it was stopped from outside (SIGSTOP, freezer, or the "
                        + "virtual machine paused)");
    }

    @Test
    void shouldCountFromTickToTick() {
        StallWatch.Moment before =
                new StallWatch.Moment(1_000_000_000L, 5_000, new StallGauges.Reading(100, 7_000_000, 50, 2, 3_000_000));
        StallWatch.Moment after =
                new StallWatch.Moment(1_300_000_000L, 5_300, new StallGauges.Reading(350, 9_000_000, 60, 2, 3_000_000));

        StallWatch.Stall stall = StallWatch.stall(before, after);

        assertThat(stall.at()).isEqualTo(Instant.ofEpochMilli(5_300));
        assertThat(stall.length()).isEqualTo(Duration.ofMillis(300));
        assertThat(stall.kind()).isEqualTo(Kind.GC);
        assertThat(stall.sentence())
                .isEqualTo("the process stood still for 300 ms: collecting garbage took 250 ms of it");
    }

    @Test
    void shouldSayWhenTheWallClockMovedMeanwhile() {
        StallGauges.Reading none = new StallGauges.Reading(0, -1, 0, -1, -1);

        assertThat(StallWatch.stall(
                                new StallWatch.Moment(0, 5_000, none),
                                new StallWatch.Moment(100_000_000L, 3_605_100, none))
                        .sentence())
                .endsWith("; the wall clock moved by 3600000 ms more than the time that passed");
    }

    @Test
    void shouldReadTheKernelsNumbers() {
        String stat = "nr_periods 5\nnr_throttled 3\nthrottled_usec 70\n";

        assertThat(StallGauges.valueOf(stat, "nr_periods")).isEqualTo(5);
        assertThat(StallGauges.valueOf(stat, "nr_throttled")).isEqualTo(3);
        assertThat(StallGauges.valueOf(stat, "throttled_usec")).isEqualTo(70);
        assertThat(StallGauges.valueOf(stat, "throttled_time")).isEqualTo(-1);
        assertThat(StallGauges.valueOf("", "nr_throttled")).isEqualTo(-1);
        assertThat(StallGauges.word("4001828 14035066 2\n", 1)).isEqualTo(14035066);
        assertThat(StallGauges.word("4001828", 1)).isEqualTo(-1);
        assertThat(StallGauges.word("", 0)).isEqualTo(-1);
        assertThat(StallGauges.word("  max ", 0)).isEqualTo(-1);
        assertThat(StallGauges.valueOf("xnr_throttled 4\nnr_throttled", "nr_throttled"))
                .isEqualTo(-1);
        assertThat(StallGauges.valueOf("xnr_throttled 4\nnr_throttled 9", "nr_throttled"))
                .isEqualTo(9);
    }
}
