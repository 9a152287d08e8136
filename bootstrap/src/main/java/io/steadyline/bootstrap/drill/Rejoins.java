package io.steadyline.bootstrap.drill;

import static io.steadyline.bootstrap.drill.DrillFailure.require;

import io.steadyline.admin.v1.CutCall;
import io.steadyline.admin.v1.GetBootResponse;
import io.steadyline.simulator.Simulator;
import io.steadyline.simulator.Speech;
import io.steadyline.simulator.audio.Audio;
import io.steadyline.simulator.voice.PhoneCall;
import io.steadyline.simulator.voice.PhoneReport;
import io.steadyline.simulator.voice.VoiceClient;
import io.steadyline.simulator.voice.VoicePlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Calls whose sockets died with the worker, and that the provider brings back. */
final class Rejoins {

    private static final int SIGKILL = 9;

    /** What the recogniser takes for a sentence every two seconds. */
    static final Speech SENTENCES =
            Speech.looped(Audio.ofMuLaw(Arrays.copyOf(Audio.voice().muLaw(), 1_100 * Audio.BYTES_PER_MS))
                    .then(Audio.silence(Duration.ofMillis(900))));

    private Rejoins() {}

    private static Path copied(DrillContext context, String name) throws IOException {
        return Transcripts.copy(
                context.setUp().dataDir(), context.setUp().directory().resolve(name));
    }

    static DrillResult afterAKill(DrillContext context) throws Exception {
        Map<String, String> environment = Map.of(
                "STEADYLINE_STT_BUILTIN_WORDS",
                "on",
                "STEADYLINE_RECORDS_TRANSCRIPTS",
                "on",
                "STEADYLINE_TELEMETRY_TRANSCRIPTS_IN_LOGS",
                "on",
                "STEADYLINE_AGENT",
                "greeting");
        DrillGateway first = context.start(false, environment).awaitReady();
        try (Simulator simulator = Simulator.start();
                VoiceClient provider = new VoiceClient(simulator)) {
            List<PhoneCall> calls = new ArrayList<>();
            for (int i = 0; i < context.calls(); i++) {
                calls.add(provider.call(VoicePlan.to(context.setUp().web())
                        .duration(Duration.ofSeconds(25))
                        .retryFor(Duration.ofSeconds(20), Duration.ofMillis(200))
                        .eachLeg((_, stream) -> stream.speech(SENTENCES))
                        .build()));
                KeptCalls.pause(Duration.ofMillis(20));
            }
            KeptCalls.pause(Duration.ofSeconds(8));
            first.signal(first.pid(), SIGKILL);
            first.awaitExit(Duration.ofSeconds(5));
            Path left = copied(context, "before");
            DrillGateway second = context.start(false, environment).awaitReady();
            List<PhoneReport> reports =
                    calls.stream().map(call -> call.report().join()).toList();
            Set<String> placed =
                    calls.stream().map(call -> call.plan().callSid()).collect(Collectors.toSet());
            Transcripts before = Transcripts.read(left, placed);
            before.requireSameAs(first.lines());
            int remembered = before.goneOnIn(Transcripts.read(copied(context, "after"), placed));
            GetBootResponse boot = second.boot(second.endedBoots().getFirst().getBootId());
            Set<String> listed =
                    boot.getCallsList().stream().map(CutCall::getCallId).collect(Collectors.toSet());
            require(
                    listed.equals(placed),
                    "listed as cut: " + listed.size() + " (expected: exactly the " + placed.size()
                            + " that were live)");
            long continued = second.lines().stream()
                    .filter(line -> line.contains("call goes on from boot"))
                    .count();
            long resumed = reports.stream()
                    .filter(report -> report.streams().size() > 1)
                    .count();
            double longestGapMs = reports.stream()
                    .flatMap(report -> report.gaps().stream())
                    .mapToDouble(PhoneReport.Gap::lengthMs)
                    .max()
                    .orElse(-1);
            String sum = String.format(
                    Locale.ROOT,
                    "%d of %d calls resumed under the same id, %d continued from the journal, %d with the transcript"
                            + " so far (%d sentences) unchanged and more behind it, longest gap %.0f ms",
                    resumed,
                    reports.size(),
                    continued,
                    remembered,
                    before.finals(),
                    longestGapMs);
            require(resumed == reports.size() && continued == reports.size() && remembered == reports.size(), sum);
            return new DrillResult(
                    "exactly the " + placed.size() + " calls are listed, cause "
                            + KeptCalls.name(boot.getBoot().getEnd().getCause()),
                    sum);
        }
    }
}
