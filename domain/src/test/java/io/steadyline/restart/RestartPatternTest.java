package io.steadyline.restart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RestartPatternTest {

    private static final long HOUR = 3600;
    private static final long DAY = 24 * HOUR;

    /** Ends at these seconds, oldest first, by one cause; told newest first. */
    private static List<BootReport> ends(Cause cause, long... seconds) {
        List<BootReport> reports = new ArrayList<>();
        for (int i = 0; i < seconds.length; i++) {
            reports.addFirst(Ends.report(i + 1, seconds[i], cause));
        }
        return reports;
    }

    private static Optional<String> patternAt(long nowSeconds, List<BootReport> reports) {
        return RestartPattern.find(reports, Ends.START.plusSeconds(nowSeconds));
    }

    @Test
    void shouldBeEmptyWhenNothingRepeats() {
        assertThat(patternAt(10, List.of())).isEmpty();
        assertThat(patternAt(10, ends(Cause.SIGKILL, 1, 2, 3, 4))).isEmpty();
        assertThat(patternAt(10, ends(Cause.KERNEL_OOM, 1))).isEmpty();
        assertThat(patternAt(10, ends(Cause.HEALTH_CHECK, 1))).isEmpty();
        assertThat(patternAt(10, ends(Cause.PLANNED_STOP, 1, 2))).isEmpty();
    }

    @Test
    void shouldFindACrashLoopOfFiveInThirtySeconds() {
        assertThat(patternAt(40, ends(Cause.HALT, 1, 8, 15, 22, 31)))
                .hasValueSatisfying(text -> assertThat(text)
                        .startsWith("Crash loop: 5 ends in 30.0 s (5 halt)")
                        .contains("last at 2026-01-01T12:00:31Z"));
        assertThat(patternAt(40, ends(Cause.HALT, 1, 8, 15, 22, 32))).isEmpty();
    }

    @Test
    void shouldCountAllOfALongCrashLoopAndNotWhatCameBefore() {
        assertThat(patternAt(1000, ends(Cause.HALT, 1, 900, 905, 910, 915, 920, 925, 930)))
                .hasValueSatisfying(text -> assertThat(text).startsWith("Crash loop: 7 ends in 30.0 s"));
    }

    @Test
    void shouldFindACrashLoopBehindAnotherEnd() {
        assertThat(patternAt(200, ends(Cause.HALT, 1, 2, 3, 4, 5, 150)))
                .hasValueSatisfying(text -> assertThat(text).startsWith("Crash loop: 5 ends in 4.0 s"));
    }

    @Test
    void shouldForgetALoopThatIsHistory() {
        assertThat(patternAt(5 + HOUR, ends(Cause.HALT, 1, 2, 3, 4, 5))).isEmpty();
        assertThat(patternAt(1 + HOUR, ends(Cause.HALT, 1, 2, 3, 4, 5))).isPresent();
        assertThat(patternAt(2 + HOUR, ends(Cause.HEALTH_CHECK, 1, 2))).isEmpty();
    }

    @Test
    void shouldFindAHealthCheckLoop() {
        assertThat(patternAt(800, ends(Cause.HEALTH_CHECK, 60, 240, 420)))
                .hasValueSatisfying(text -> assertThat(text)
                        .startsWith("Health-check loop: ended by a health check 3 times in 6 min, about every 3 min"));
    }

    @Test
    void shouldCountOrderlyStopsWithTroubledProbesAsHealthChecks() {
        List<BootReport> reports = List.of(
                Ends.report(2, 240, Cause.PLANNED_STOP, Ends.probes()),
                Ends.report(1, 60, Cause.PLANNED_STOP, Ends.probes()));
        assertThat(patternAt(300, reports))
                .hasValueSatisfying(text -> assertThat(text).contains("health check twice in 3 min"));
    }

    @Test
    void shouldFindThatMemoryRunsOutAgainAndAgain() {
        List<BootReport> reports = Stream.concat(
                        ends(Cause.KERNEL_OOM, 12 * HOUR).stream(), ends(Cause.JAVA_HEAP, 0, 6 * HOUR).stream())
                .toList();
        assertThat(patternAt(DAY, reports))
                .hasValueSatisfying(text -> assertThat(text)
                        .startsWith("Memory: ran out of it 3 times in 12 h, about every 6 h")
                        .contains("(2 java heap, 1 kernel oom)"));
        assertThat(patternAt(15 * DAY, reports)).isEmpty();
    }

    @Test
    void shouldFindADeployLoop() {
        assertThat(patternAt(700, ends(Cause.UPGRADE, 10, 200, 610)))
                .hasValueSatisfying(text -> assertThat(text)
                        .startsWith("Deploy loop: replaced 3 times in 10 min, about every 5 min, last at")
                        .contains("(3 upgrade)"));
        assertThat(patternAt(700, ends(Cause.UPGRADE, 10, 200, 611))).isEmpty();
    }

    @Test
    void shouldCountAutomaticReloadsAsDeploys() {
        Diagnosis reload = new Diagnosis(Cause.SIGKILL, Confidence.LIKELY, "Killed.", true, List.of());
        List<BootReport> reports = List.of(
                Ends.report(3, 30, reload, List.of()),
                Ends.report(2, 20, reload, List.of()),
                Ends.report(1, 10, reload, List.of()));
        assertThat(patternAt(40, reports))
                .hasValueSatisfying(text -> assertThat(text).startsWith("Deploy loop: replaced 3 times in 20.0 s"));
    }

    @Test
    void shouldTellTheMostUrgentFirst() {
        List<BootReport> crashing = ends(Cause.JAVA_HEAP, 1, 2, 3, 4, 5);
        assertThat(patternAt(10, crashing))
                .hasValueSatisfying(text -> assertThat(text).startsWith("Crash loop"));
    }
}
