package io.steadyline.restart;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.restart.Evidence.AutoReload;
import io.steadyline.restart.Evidence.CleanMark;
import io.steadyline.restart.Evidence.CrashKind;
import io.steadyline.restart.Evidence.CrashReport;
import io.steadyline.restart.Evidence.HandOver;
import io.steadyline.restart.Evidence.HeapExhausted;
import io.steadyline.restart.Evidence.KernelOomKill;
import io.steadyline.restart.Evidence.LastHeartbeat;
import io.steadyline.restart.Evidence.MachineBootChanged;
import io.steadyline.restart.Evidence.MainReturned;
import io.steadyline.restart.Evidence.MemoryNoted;
import io.steadyline.restart.Evidence.Missing;
import io.steadyline.restart.Evidence.OwnDecision;
import io.steadyline.restart.Evidence.OwnReason;
import io.steadyline.restart.Evidence.ProbesTroubled;
import io.steadyline.restart.Evidence.RuntimeExit;
import io.steadyline.restart.Evidence.ServiceResult;
import io.steadyline.restart.Evidence.Stalled;
import io.steadyline.restart.Evidence.StopAsked;
import io.steadyline.restart.Evidence.Uncaught;
import io.steadyline.restart.Evidence.WaitStatus;
import io.steadyline.restart.Evidence.Witness;
import io.steadyline.testkit.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class DiagnoserRandomTest {

    private static final Set<Cause> ONLY_BY_A_WITNESS = EnumSet.of(Cause.SIGKILL, Cause.SIGNAL, Cause.HALT);

    @Test
    void shouldNeverThrowAndNeverNameWhatNobodySaw() {
        Seeds.forEach(1_000, (seed, random) -> {
            List<Evidence> evidence = evidence(random);
            Diagnosis diagnosis = Diagnoser.diagnose(Ends.BOOT, evidence);
            assertThat(diagnosis.sentence()).isNotBlank().doesNotContain("\n");
            assertThat(diagnosis.evidence()).isEqualTo(evidence);
            assertThat(diagnosis.confidence() == Confidence.CANNOT_TELL).isEqualTo(diagnosis.cause() == Cause.ABRUPT);
            assertThat(diagnosis.autoReload()).isEqualTo(evidence.stream().anyMatch(AutoReload.class::isInstance));
            if (evidence.stream().noneMatch(e -> e instanceof WaitStatus || e instanceof ServiceResult)) {
                assertThat(diagnosis.cause()).isNotIn(ONLY_BY_A_WITNESS);
                assertThat(diagnosis.cause() == Cause.KERNEL_OOM && diagnosis.confidence() == Confidence.CERTAIN)
                        .isFalse();
            }
            BootReport report = Ends.report(1, 600, diagnosis, List.of());
            assertThat(RestartText.full(report)).isNotBlank();
            assertThat(RestartText.line(report)).doesNotContain("\n");
            assertThat(RestartText.facts(report)).isNotEmpty();
        });
    }

    private static List<Evidence> evidence(RandomGenerator random) {
        List<Evidence> all = new ArrayList<>();
        int pieces = random.nextInt(9);
        for (int piece = 0; piece < pieces; piece++) {
            all.add(one(random));
        }
        return all;
    }

    private static Evidence one(RandomGenerator random) {
        Instant at = time(random);
        String text = Seeds.oneOf(
                random, "", "x", "TERM", "SIGHUP", "pid 0 (?)", "a\nb", "main", "SIGINT handler", "SIG handler");
        return switch (random.nextInt(20)) {
            case 0 -> new MachineBootChanged(text, text);
            case 1 -> new CleanMark(at, text);
            case 2 -> new StopAsked(at, text, Optional.of(text).filter(it -> !it.isEmpty()));
            case 3 -> new HandOver(at, text);
            case 4 ->
                new WaitStatus(
                        Seeds.oneOf(random, Witness.values()),
                        random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(number(random)),
                        random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(number(random)),
                        at);
            case 5 ->
                new ServiceResult(Seeds.oneOf(
                        random, "success", "exit-code", "signal", "watchdog", "oom-kill", "timeout", "", text));
            case 6 ->
                new CrashReport(
                        text,
                        Seeds.oneOf(random, CrashKind.values()),
                        random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(number(random)),
                        random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(number(random)),
                        Optional.of(text));
            case 7 -> new HeapExhausted(text, at);
            case 8 -> new OwnDecision(at, Seeds.oneOf(random, OwnReason.values()), text);
            case 9 ->
                new KernelOomKill(
                        text,
                        number(random),
                        random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(random.nextLong()),
                        random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(random.nextLong()));
            case 10 ->
                new RuntimeExit(at, number(random), Seeds.oneOf(random, text, "java.lang.Terminator$1.handle"), text);
            case 11, 12 -> new Uncaught(at, text, text, text);
            case 13 -> new MainReturned(at);
            case 14 -> new ProbesTroubled(at, number(random), length(random));
            case 15 -> new Stalled(at, length(random), text);
            case 16 -> new AutoReload(text);
            case 17 -> new LastHeartbeat(at, text);
            case 18 -> new MemoryNoted(text, random.nextLong(), number(random));
            default -> new Missing(text, text);
        };
    }

    private static int number(RandomGenerator random) {
        return Seeds.oneOf(random, 0, 1, 3, 6, 9, 11, 15, 70, 129, 130, 137, 143, -1, random.nextInt());
    }

    private static Instant time(RandomGenerator random) {
        return Seeds.oneOf(
                random,
                Ends.END,
                Ends.START,
                Ends.END.plusSeconds(random.nextInt(-60, 60)),
                Instant.MIN,
                Instant.MAX,
                Instant.EPOCH);
    }

    private static Duration length(RandomGenerator random) {
        return Seeds.oneOf(
                random,
                Duration.ZERO,
                Duration.ofMillis(-5),
                Duration.ofSeconds(Long.MAX_VALUE),
                Duration.ofSeconds(2));
    }
}
