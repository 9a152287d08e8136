package io.steadyline.journal.boots;

import io.steadyline.restart.BootIdentity;
import io.steadyline.restart.BootReport;
import io.steadyline.restart.CutCall;
import io.steadyline.restart.CutCall.Fate;
import io.steadyline.restart.Diagnoser;
import io.steadyline.restart.Evidence;
import io.steadyline.restart.Evidence.LastHeartbeat;
import io.steadyline.restart.Evidence.MachineBootChanged;
import io.steadyline.restart.Evidence.Missing;
import io.steadyline.restart.Evidence.WaitStatus;
import io.steadyline.restart.SlotSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts together what a dead boot left, into one report. Pure; the finding is done by others. */
public final class Forensics {

    /** One frame of audio on its way to the caller. */
    private static final long FRAME_MS = 20;

    private static final int LINES = 15;

    private Forensics() {}

    /**
     * @param life its own notes
     * @param found by the host and by witnesses
     * @param recorder what its recorder still has
     * @param journaled calls in flight by the journal's last records; used for those that have no slot
     * @param current the boot that tells this
     * @param now bounds the end: a clock that was set back must not put it into the future
     */
    public static BootReport investigate(
            Life life,
            List<Evidence> found,
            RecorderFacts recorder,
            List<CutCall> journaled,
            BootIdentity current,
            Instant now) {
        List<Evidence> evidence = evidence(life, found, recorder, current);
        Instant lastSign = lastSign(life, evidence, recorder);
        Instant endedAt = lastSign.isAfter(now) ? now : lastSign;
        List<String> damage = new ArrayList<>(recorder.damage());
        life.notes().stream()
                .filter(Missing.class::isInstance)
                .map(Missing.class::cast)
                .forEach(missing -> damage.add(missing.what() + ": " + missing.why()));
        if (lastSign.isAfter(now)) {
            damage.add("the last sign of life, " + lastSign + ", is later than now: the clock was set back");
        }
        return new BootReport(
                life.boot(),
                endedAt,
                away(endedAt, current.startedAt()),
                Diagnoser.diagnose(life.boot(), evidence),
                calls(recorder.slots(), journaled, endedAt),
                last(recorder.lastLines()),
                List.of(),
                damage);
    }

    /** The report with the first lines of the boot that tells it; at most 15, oldest first. */
    public static BootReport withLinesAfter(BootReport report, List<String> lines) {
        return new BootReport(
                report.boot(),
                report.endedAt(),
                report.away(),
                report.diagnosis(),
                report.calls(),
                report.linesBefore(),
                lines.stream().limit(LINES).toList(),
                report.damage());
    }

    /** The report with what became of the calls with these ids; the others keep theirs. */
    public static BootReport withFates(BootReport report, Map<String, Fate> byCallId) {
        return new BootReport(
                report.boot(),
                report.endedAt(),
                report.away(),
                report.diagnosis(),
                report.calls().stream()
                        .map(call -> call.withFate(byCallId.getOrDefault(call.callId(), call.fate())))
                        .toList(),
                report.linesBefore(),
                report.linesAfter(),
                report.damage());
    }

    private static List<Evidence> evidence(
            Life life, List<Evidence> found, RecorderFacts recorder, BootIdentity current) {
        List<Evidence> all = new ArrayList<>(life.notes());
        all.addAll(found);
        if (all.stream().noneMatch(MachineBootChanged.class::isInstance)) {
            machine(life.boot(), current).ifPresent(all::add);
        }
        recorder.lastHeartbeat().ifPresent(at -> all.add(new LastHeartbeat(at, recorder.state())));
        recorder.damage().forEach(damage -> all.add(new Missing("recorder", damage)));
        return all;
    }

    private static Optional<Evidence> machine(BootIdentity then, BootIdentity now) {
        boolean changed = !then.machineBootId().isEmpty()
                && !now.machineBootId().isEmpty()
                && !then.machineBootId().equals(now.machineBootId());
        return changed
                ? Optional.of(new MachineBootChanged(then.machineBootId(), now.machineBootId()))
                : Optional.empty();
    }

    /** Its own signs first: a witness may see the end of a process that stood still for long. */
    private static Instant lastSign(Life life, List<Evidence> evidence, RecorderFacts recorder) {
        Stream<Instant> own = Stream.of(
                        life.notes().stream().flatMap(note -> time(note).stream()),
                        recorder.lastHeartbeat().stream(),
                        recorder.slots().stream().map(SlotSnapshot::lastMediaAt))
                .flatMap(times -> times);
        return own.max(Comparator.naturalOrder())
                .or(() -> evidence.stream()
                        .filter(WaitStatus.class::isInstance)
                        .map(status -> ((WaitStatus) status).at())
                        .max(Comparator.naturalOrder()))
                .orElse(life.boot().startedAt());
    }

    /** When it was written, as a sign of life; empty for what others wrote or what has no time. */
    private static Optional<Instant> time(Evidence note) {
        return switch (note) {
            case Evidence.CleanMark it -> Optional.of(it.at());
            case Evidence.StopAsked it -> Optional.of(it.at());
            case Evidence.HandOver it -> Optional.of(it.at());
            case Evidence.OwnDecision it -> Optional.of(it.at());
            case Evidence.RuntimeExit it -> Optional.of(it.at());
            case Evidence.Uncaught it -> Optional.of(it.at());
            case Evidence.MainReturned it -> Optional.of(it.at());
            case Evidence.ProbesTroubled it -> Optional.of(it.lastAt());
            case Evidence.Stalled it -> Optional.of(it.at());
            case Evidence.HeapExhausted it -> Optional.of(it.at());
            case Evidence.LastHeartbeat it -> Optional.of(it.at());
            case Evidence.MachineBootChanged _,
                    Evidence.WaitStatus _,
                    Evidence.ServiceResult _,
                    Evidence.CrashReport _,
                    Evidence.MemoryNoted _,
                    Evidence.KernelOomKill _,
                    Evidence.AutoReload _,
                    Evidence.Missing _ -> Optional.empty();
        };
    }

    private static Duration away(Instant endedAt, Instant startedAt) {
        return startedAt.isAfter(endedAt) ? Duration.between(endedAt, startedAt) : Duration.ZERO;
    }

    private static List<CutCall> calls(List<SlotSnapshot> slots, List<CutCall> journaled, Instant endedAt) {
        Set<String> withSlot = slots.stream().map(SlotSnapshot::callId).collect(Collectors.toSet());
        return Stream.concat(
                        slots.stream().map(slot -> cut(slot, endedAt)),
                        journaled.stream().filter(call -> !withSlot.contains(call.callId())))
                .sorted(Comparator.comparing(CutCall::startedAt).thenComparing(CutCall::callId))
                .toList();
    }

    private static CutCall cut(SlotSnapshot slot, Instant endedAt) {
        Duration age = Duration.between(slot.startedAt(), endedAt);
        return new CutCall(
                slot.callId(),
                slot.streamId(),
                slot.dialect(),
                slot.startedAt(),
                age.isNegative() ? Duration.ZERO : age,
                slot.lastMediaAt(),
                slot.framesIn(),
                slot.framesOutWithTheOneInHand(),
                (long) slot.rxDepthFrames() + slot.sttDepthFrames(),
                FRAME_MS * ((long) slot.txDepthFrames() + slot.sendDepthFrames()),
                slot.marksOutstanding(),
                true,
                Fate.CUT);
    }

    private static List<String> last(List<String> lines) {
        return lines.subList(Math.max(0, lines.size() - LINES), lines.size());
    }
}
