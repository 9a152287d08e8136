package io.steadyline.journal.boots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.steadyline.restart.BootIdentity;
import io.steadyline.restart.BootReport;
import io.steadyline.restart.Cause;
import io.steadyline.restart.CutCall;
import io.steadyline.restart.CutCall.Fate;
import io.steadyline.restart.Evidence;
import io.steadyline.restart.Evidence.CleanMark;
import io.steadyline.restart.Evidence.LastHeartbeat;
import io.steadyline.restart.Evidence.Missing;
import io.steadyline.restart.Evidence.StopAsked;
import io.steadyline.restart.Evidence.WaitStatus;
import io.steadyline.restart.Evidence.Witness;
import io.steadyline.restart.SlotSnapshot;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ForensicsTest {

    private static final Instant END = Boots.START.plusSeconds(100);
    private static final Instant NEXT = END.plusMillis(640);

    private static BootIdentity current(String machine) {
        return new BootIdentity("boot8", 8, NEXT, 1, "1.0", "abc", "production", machine, List.of());
    }

    private static Life life(Evidence... notes) {
        return new Life(Path.of("7-boot7.life"), Boots.boot(7), List.of(notes));
    }

    private static RecorderFacts recorder(SlotSnapshot... slots) {
        return new RecorderFacts(Optional.of(END), "serving", List.of(slots), List.of("last line"), List.of());
    }

    private static SlotSnapshot slot(String callId) {
        return new SlotSnapshot(
                3,
                callId,
                "MZ1",
                "twilio",
                false,
                "{}",
                END.minusSeconds(83),
                END.minusMillis(12),
                0,
                0,
                0,
                false,
                0,
                0,
                0,
                false,
                4150,
                2000,
                2,
                5,
                40,
                7,
                1,
                0,
                4150,
                9);
    }

    private static BootReport investigate(
            Life life, List<Evidence> found, RecorderFacts recorder, CutCall... journaled) {
        return Forensics.investigate(life, found, recorder, List.of(journaled), current("machine-1"), NEXT);
    }

    private static WaitStatus killed(Instant at) {
        return new WaitStatus(Witness.KEEPER, OptionalInt.empty(), OptionalInt.of(9), at);
    }

    @Test
    void shouldPutTogetherNotesWitnessesAndTheRecorder() {
        StopAsked asked = new StopAsked(END.minusSeconds(2), "TERM", Optional.of("pid 1"));
        BootReport report = investigate(life(asked), List.of(killed(END)), recorder());
        assertThat(report.boot()).isEqualTo(Boots.boot(7));
        assertThat(report.diagnosis().cause()).isEqualTo(Cause.STOP_TIMED_OUT);
        assertThat(report.diagnosis().evidence())
                .containsExactly(asked, killed(END), new LastHeartbeat(END, "serving"));
        assertThat(report.endedAt()).isEqualTo(END);
        assertThat(report.away()).isEqualTo(Duration.ofMillis(640));
        assertThat(report.linesBefore()).containsExactly("last line");
        assertThat(report.damage()).isEmpty();
    }

    @Test
    void shouldCountWhatACallLostFromItsSlot() {
        BootReport report = investigate(life(), List.of(), recorder(slot("CA1")));
        assertThat(report.calls())
                .containsExactly(new CutCall(
                        "CA1",
                        "MZ1",
                        "twilio",
                        END.minusSeconds(83),
                        Duration.ofSeconds(83),
                        END.minusMillis(12),
                        4150,
                        2000,
                        7,
                        940,
                        1,
                        true,
                        Fate.CUT));
    }

    @Test
    void shouldUseTheJournalForCallsWithoutASlot() {
        CutCall journaled = Boots.call("CA2", Fate.CUT);
        BootReport report =
                investigate(life(), List.of(), recorder(slot("CA1")), Boots.call("CA1", Fate.CUT), journaled);
        assertThat(report.calls()).hasSize(2).contains(journaled);
        assertThat(report.calls()).extracting(CutCall::callId).containsExactly("CA2", "CA1");
    }

    @Test
    void shouldSeeThatTheMachineIsAnother() {
        BootReport report = Forensics.investigate(life(), List.of(), recorder(), List.of(), current("machine-2"), NEXT);
        assertThat(report.diagnosis().cause()).isEqualTo(Cause.MACHINE_RESTART);
        BootReport unknown = Forensics.investigate(life(), List.of(), recorder(), List.of(), current(""), NEXT);
        assertThat(unknown.diagnosis().cause()).isEqualTo(Cause.ABRUPT);
    }

    @Test
    void shouldTakeTheLastSignOfLifeFromWhateverHasIt() {
        CleanMark late = new CleanMark(END.plusMillis(50), "drained");
        assertThat(investigate(life(late), List.of(), recorder()).endedAt()).isEqualTo(late.at());
        assertThat(investigate(life(), List.of(killed(END)), RecorderFacts.NONE).endedAt())
                .isEqualTo(END);
        assertThat(investigate(life(), List.of(), RecorderFacts.NONE).endedAt()).isEqualTo(Boots.START);
    }

    @Test
    void shouldNotEndInTheFutureWhenTheClockWasSetBack() {
        BootReport report = Forensics.investigate(
                life(), List.of(), recorder(), List.of(), current("machine-1"), END.minusSeconds(5));
        assertThat(report.endedAt()).isEqualTo(END.minusSeconds(5));
        assertThat(report.damage()).singleElement().asString().contains("clock was set back");
    }

    @Test
    void shouldNotBeAwayForLessThanNothing() {
        CleanMark afterTheNextStart = new CleanMark(NEXT.plusMillis(1), "drained");
        BootReport report = Forensics.investigate(
                life(afterTheNextStart), List.of(), RecorderFacts.NONE, List.of(), current(""), NEXT.plusSeconds(1));
        assertThat(report.away()).isEqualTo(Duration.ZERO);
    }

    @Test
    void shouldSayWhatWasDamaged() {
        RecorderFacts damaged =
                new RecorderFacts(Optional.empty(), "", List.of(), List.of(), List.of("slot 3: wrong checksum"));
        BootReport report =
                investigate(life(new Missing(Missing.LIFE_NOTES, "line 3: wrong checksum")), List.of(), damaged);
        assertThat(report.damage()).containsExactly("slot 3: wrong checksum", "life notes: line 3: wrong checksum");
        assertThat(report.diagnosis().evidence()).contains(new Missing("recorder", "slot 3: wrong checksum"));
    }

    @Test
    void shouldKeepFifteenLinesOnEachSide() {
        List<String> lines =
                IntStream.rangeClosed(1, 40).mapToObj(String::valueOf).toList();
        RecorderFacts many = new RecorderFacts(Optional.of(END), "serving", List.of(), lines, List.of());
        BootReport report = Forensics.withLinesAfter(investigate(life(), List.of(), many), lines);
        assertThat(report.linesBefore()).hasSize(15).startsWith("26").endsWith("40");
        assertThat(report.linesAfter()).hasSize(15).startsWith("1").endsWith("15");
    }

    @Test
    void shouldTakeTheFatesThatAreKnownLater() {
        BootReport report = investigate(life(), List.of(), recorder(slot("CA1")), Boots.call("CA2", Fate.CUT));
        assertThat(Forensics.withFates(report, Map.of("CA1", Fate.ADOPTED)).calls())
                .extracting(CutCall::callId, CutCall::fate)
                .containsExactlyInAnyOrder(tuple("CA1", Fate.ADOPTED), tuple("CA2", Fate.CUT));
    }
}
