package io.steadyline.restart;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.restart.CutCall.Fate;
import io.steadyline.restart.Evidence.AutoReload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RestartTextTest {

    private static CutCall call(String id, long lostIn, long lostOutMs, boolean exact, Fate fate) {
        return new CutCall(
                id,
                "MZ" + id,
                "twilio",
                Ends.START,
                Duration.ofSeconds(83),
                Ends.END,
                4150,
                2000,
                lostIn,
                lostOutMs,
                2,
                exact,
                fate);
    }

    private static BootReport report(List<CutCall> calls) {
        Diagnosis diagnosis = Ends.diagnose(Ends.killed(9), Ends.oomKills(1), new AutoReload("nodemon"));
        return new BootReport(
                Ends.BOOT,
                Ends.END,
                Duration.ofMillis(640),
                diagnosis,
                calls,
                List.of("before 1", "before 2"),
                List.of("after 1"),
                List.of("slot 3: checksum"));
    }

    @Nested
    class TheLine {

        @Test
        void shouldSayTheEssenceOnOneLine() {
            CutCall adopted = call("CA1", 1, 60, true, Fate.ADOPTED);
            CutCall cut = call("CA2", 0, 0, false, Fate.CUT);
            assertThat(RestartText.line(report(List.of(adopted, cut))))
                    .isEqualTo("boot 41 (b41): 2026-01-01T12:10:00Z kernel oom (auto-reload), certain, away 0.640 s,"
                            + " 2 calls: 1 adopted, 1 cut");
        }

        @Test
        void shouldSayThatNoCallWasCut() {
            assertThat(RestartText.line(report(List.of()))).endsWith("no calls");
        }
    }

    @Nested
    class TheWholeText {

        private final String text = RestartText.full(report(
                List.of(call("CA1", 1, 60, true, Fate.ADOPTED), call("CA-longer", 12, 1240, false, Fate.CLOSED))));

        @Test
        void shouldBeginWithTheHeadline() {
            assertThat(text).startsWith("""
                Boot 41 (b41, pid 4242, version 1.0, abc123)
                  ran   2026-01-01T12:00:00Z to 2026-01-01T12:10:00Z, next boot 0.640 s later
                  cause kernel oom, certain, auto-reload
                  The kernel's out-of-memory killer ended it\
                """);
        }

        @Test
        void shouldAlignTheCalls() {
            assertThat(text)
                    .contains(
                            "Calls: 2 calls: 1 adopted, 1 closed\n",
                            "  call       stream       age         last seen             in    out   lost in  lost out"
                                    + " ms  marks  numbers   fate\n",
                            "  CA1        MZCA1        1 min 23 s  2026-01-01T12:10:00Z  4150  2000  1        60"
                                    + "           2      exact     adopted\n",
                            "  CA-longer  MZCA-longer  1 min 23 s  2026-01-01T12:10:00Z  4150  2000  12       1240"
                                    + "         2      estimate  closed\n");
        }

        @Test
        void shouldHoldTheEvidenceTheDamageAndTheLinesAround() {
            assertThat(text)
                    .contains(
                            "Evidence\n  2026-01-01T12:10:00Z The keeper saw it killed by SIGKILL (9).\n",
                            "Damaged records\n  slot 3: checksum\n",
                            "Last lines before\n  before 1\n  before 2\n",
                            "First lines after\n  after 1\n");
        }

        @Test
        void shouldLeaveOutWhatIsEmpty() {
            String bare = RestartText.full(Ends.report(1, 5, Ends.diagnose(), List.of()));
            assertThat(bare).doesNotContain("Evidence", "Damaged", "Last lines", "First lines", "Calls");
        }
    }

    @Nested
    class TheFacts {

        @Test
        void shouldSumWhatIsExactAndCountTheRest() {
            Map<String, Object> facts = RestartText.facts(report(List.of(
                    call("CA1", 1, 60, true, Fate.ADOPTED),
                    call("CA2", 4, 40, true, Fate.CUT),
                    call("CA3", 100, 1000, false, Fate.CLOSED))));
            assertThat(facts)
                    .containsEntry("cause", "KERNEL_OOM")
                    .containsEntry("confidence", "CERTAIN")
                    .containsEntry("auto_reload", true)
                    .containsEntry("boot", "b41")
                    .containsEntry("boot_number", 41L)
                    .containsEntry("ended", "2026-01-01T12:10:00Z")
                    .containsEntry("away_ms", 640L)
                    .containsEntry("calls_adopted", 1L)
                    .containsEntry("calls_closed", 1L)
                    .containsEntry("calls_cut", 1L)
                    .containsEntry("calls_estimated", 1L)
                    .containsEntry("lost_in_frames", 5L)
                    .containsEntry("lost_out_ms", 100L);
            assertThat(facts.keySet()).startsWith("cause", "confidence", "sentence");
        }
    }

    @Nested
    class Figures {

        @Test
        void shouldBeInWords() {
            assertThat(Words.duration(Duration.ofMillis(-3))).isEqualTo("0.000 s");
            assertThat(Words.duration(Duration.ofMinutes(5))).isEqualTo("5 min");
            assertThat(Words.duration(Duration.ofMinutes(123))).isEqualTo("2 h 3 min");
            assertThat(Words.duration(Duration.ofHours(97))).isEqualTo("4 d 1 h");
            assertThat(Words.bytes(4096)).isEqualTo("4096 B");
            assertThat(Words.times(1)).isEqualTo("once");
            assertThat(Words.count(1, "call")).isEqualTo("1 call");
        }
    }
}
