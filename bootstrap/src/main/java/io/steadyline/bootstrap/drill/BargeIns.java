package io.steadyline.bootstrap.drill;

import static io.steadyline.bootstrap.drill.DrillFailure.require;

import io.steadyline.media.G711;
import io.steadyline.simulator.CallEvent;
import io.steadyline.simulator.CallPlan;
import io.steadyline.simulator.CallReport;
import io.steadyline.simulator.Simulator;
import io.steadyline.simulator.Speech;
import io.steadyline.simulator.audio.Audio;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * Callers who speak over a talking bot at random moments. Measured at the provider's end of the socket: from the first loud
 * frame that was sent until the clear came, which is behind the last frame of the bot's old sentence.
 */
final class BargeIns {

    private static final int INTERRUPTIONS = 500;
    private static final int PTIME_MS = 20;
    private static final int FRAME_BYTES = 160;
    private static final int SPEECH_MS = 600;
    private static final int QUIETEST_MS = 1_300;
    private static final int LONGEST_QUIET_MS = 2_300;
    /** About -35 dBFS: louder than any noise of a line. */
    private static final double LOUD_RMS = 580;
    /** endpointing.speech-start, 60 ms, may be spread over 5/3 of it: before that nobody knows that it is speech. */
    private static final int SPEECH_START_MS = 100;

    private static final int AFTER_MS = 300;
    private static final int ALLOWED_MS = 40;

    private BargeIns() {}

    /** One caller: what he says, and when each stretch of it begins. */
    private record Caller(Audio speech, List<Long> onsetsMs) {

        static Caller at(RandomGenerator random, int times) {
            byte[] voice = loudPart();
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            List<Long> onsets = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                int quietMs = random.nextInt(QUIETEST_MS, LONGEST_QUIET_MS) / PTIME_MS * PTIME_MS;
                said.writeBytes(Audio.silence(Duration.ofMillis(i == 0 ? quietMs + 1_000 : quietMs))
                        .muLaw());
                onsets.add((long) said.size() / Audio.BYTES_PER_MS);
                said.writeBytes(voice);
            }
            return new Caller(Audio.ofMuLaw(said.toByteArray()), onsets);
        }

        private static byte[] loudPart() {
            byte[] voice = Audio.voice().muLaw();
            int at = 0;
            while (rms(voice, at) < LOUD_RMS) {
                at += FRAME_BYTES;
            }
            return Arrays.copyOfRange(voice, at, at + SPEECH_MS * Audio.BYTES_PER_MS);
        }

        private static double rms(byte[] muLaw, int at) {
            double sum = 0;
            for (int i = at; i < at + FRAME_BYTES; i++) {
                double sample = G711.fromMulaw(muLaw[i]);
                sum += sample * sample;
            }
            return Math.sqrt(sum / FRAME_BYTES);
        }
    }

    static DrillResult measure(DrillContext context) throws Exception {
        long seed = ThreadLocalRandom.current().nextLong();
        context.say("seed " + seed);
        String atOnce = run(context, "clear", SPEECH_START_MS, new SplittableRandom(seed));
        context.close();
        String later = run(context, "clear-after", AFTER_MS, new SplittableRandom(seed + 1));
        return new DrillResult(atOnce + "; " + later, "nothing");
    }

    private static String run(DrillContext context, String policy, int policyMs, RandomGenerator random)
            throws Exception {
        Path ledger = context.setUp().directory().resolve(policy + ".ledger");
        DrillGateway gateway = context.start(
                false,
                Map.of(
                        "STEADYLINE_AGENT",
                        "grpc",
                        "STEADYLINE_BARGE_IN_POLICY",
                        policy,
                        "STEADYLINE_BARGE_IN_AFTER",
                        policyMs + " ms"));
        gateway.awaitReady();
        int perCall = Math.ceilDiv(INTERRUPTIONS, context.calls());
        List<Double> tookMs = new ArrayList<>();
        int missed = 0;
        try (BotProcess _ = BotProcess.grpc(context, "talk", ledger).awaitReady();
                Simulator simulator = Simulator.start()) {
            context.say(policy + ": " + context.calls() + " calls, " + perCall + " interruptions each");
            List<Caller> callers = new ArrayList<>();
            List<Times> times = new ArrayList<>();
            List<CompletableFuture<CallReport>> calls = new ArrayList<>();
            for (int i = 0; i < context.calls(); i++) {
                Caller caller = Caller.at(random, perCall);
                Times clears = new Times();
                callers.add(caller);
                times.add(clears);
                calls.add(simulator.place(CallPlan.to(context.setUp().media())
                        .speech(Speech.once(caller.speech()))
                        .duration(Duration.ofMillis(caller.speech().durationMs() + 2_000))
                        .keepAnswer(false)
                        .listener(clears::note)
                        .build()));
                KeptCalls.pause(Duration.ofMillis(37));
            }
            calls.forEach(CompletableFuture::join);
            for (int i = 0; i < callers.size(); i++) {
                for (long onsetMs : callers.get(i).onsetsMs()) {
                    double took = times.get(i).firstClearAfter(onsetMs, SPEECH_MS);
                    if (took < 0) {
                        missed++;
                    } else {
                        tookMs.add(took);
                    }
                }
            }
            KeptCalls.pause(Duration.ofSeconds(2));
            for (Told told : Told.read(ledger).values()) {
                told.requireWhole();
            }
        }
        require(!tookMs.isEmpty(), policy + ": no caller silenced the bot, of " + missed);
        Collections.sort(tookMs);
        long late = tookMs.stream().filter(took -> took > policyMs + ALLOWED_MS).count();
        String sum = String.format(
                Locale.ROOT,
                "policy %s, N = %d ms: %d interruptions, %d not noticed; first loud frame to clear p50 %.0f, p99 %.0f,"
                        + " max %.0f ms; %d later than N + %d ms",
                policy,
                policyMs,
                tookMs.size() + missed,
                missed,
                tookMs.get(tookMs.size() / 2),
                tookMs.get(tookMs.size() * 99 / 100),
                tookMs.getLast(),
                late,
                ALLOWED_MS);
        require(missed == 0, sum);
        return sum;
    }

    /** When the clears of one call came. Written by the simulator's thread, read when the call is over. */
    private static final class Times {

        private final List<Long> clearsMs = Collections.synchronizedList(new ArrayList<>());
        private volatile long startMs;

        void note(CallEvent event) {
            switch (event.kind()) {
                case START_SENT -> startMs = event.atMs();
                case CLEAR_RECEIVED -> clearsMs.add(event.atMs());
                default -> {
                    // Not what is measured.
                }
            }
        }

        /** -1: none while he spoke, or soon after. */
        double firstClearAfter(long onsetMs, long withinMs) {
            return clearsMs.stream()
                    .mapToLong(at -> at - startMs - onsetMs)
                    .filter(took -> took >= 0 && took <= withinMs + 200)
                    .findFirst()
                    .orElse(-1);
        }
    }
}
