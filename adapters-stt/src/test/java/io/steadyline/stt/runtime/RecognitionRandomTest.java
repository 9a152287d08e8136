package io.steadyline.stt.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.signal.SpeechEvent;
import io.steadyline.stt.runtime.SimulatedServer.Fate;
import io.steadyline.stt.runtime.SimulatedServer.Kind;
import io.steadyline.stt.vendor.Traits;
import io.steadyline.stt.vendor.VendorAudio;
import io.steadyline.testkit.Seeds;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Whatever happens to connections: each frame is heard or told as lost, and words come once and in order. */
class RecognitionRandomTest {

    private static final int CONNECTIONS_WITH_A_FATE = 6;

    @Test
    void shouldLoseNoFrameSilentlyAndTellNoWordTwice() {
        Seeds.forEach(Integer.getInteger("steadyline.runs", 60), (seed, random) -> {
            Fate[] fates = new Fate[CONNECTIONS_WITH_A_FATE];
            for (int i = 0; i < fates.length; i++) {
                fates[i] = new Fate(Seeds.oneOf(random, Kind.values()), random.nextInt(1, 600));
            }
            SimulatedCall call = new SimulatedCall(
                    RuntimeSettings.DEFAULT,
                    random.nextBoolean()
                            ? List.of(vendor("alpha", random))
                            : List.of(vendor("alpha", random), vendor("beta", random)),
                    number -> number <= fates.length ? fates[number - 1] : Fate.NONE,
                    seed);
            call.slowly(random.nextInt(10, 2_000), random.nextInt(10, 800));
            int turns = random.nextInt(2, 12);
            for (int turn = 0; turn < turns; turn++) {
                call.speaks(random.nextInt(200, 6_000));
                call.isSilent(random.nextInt(100, 3_000));
                if (random.nextInt(8) == 0) {
                    call.advance(random.nextInt(100, 4_000));
                }
            }
            call.ends();
            assertWhatHoldsAlways(call);
        });
    }

    private static SimulatedVendor vendor(String name, RandomGenerator random) {
        Traits traits = Traits.of(VendorAudio.MULAW_8K)
                .withCatchUpSpeed(random.nextDouble(1.2, 6))
                .withChunk(Duration.ofMillis(20L * random.nextInt(1, 8)));
        if (random.nextBoolean()) {
            traits = traits.withFlush();
        }
        if (random.nextInt(3) == 0) {
            traits = traits.withMaxSession(Duration.ofSeconds(random.nextInt(6, 40)));
        }
        if (random.nextBoolean()) {
            traits = traits.withIdle(new Traits.Idle.Silence(Duration.ofMillis(500)));
        }
        return new SimulatedVendor(name, traits);
    }

    private static void assertWhatHoldsAlways(SimulatedCall call) {
        call.log.assertComplete();
        Set<Long> heard = new HashSet<>();
        call.servers.forEach(server -> heard.addAll(server.heard()));
        List<SpeechEvent.Gap> gaps = call.log.all(SpeechEvent.Gap.class);
        for (long frame = 0; frame < call.reached(); frame++) {
            long startMs = frame * 20;
            boolean told = gaps.stream()
                    .anyMatch(gap -> gap.from().toMillis() <= startMs
                            && startMs < gap.to().toMillis());
            assertThat(heard.contains(frame) || told)
                    .as(
                            "frame %d of %d: neither heard nor told as lost; what was told:%n%s",
                            frame, call.frames(), call.story())
                    .isTrue();
        }
        Duration end = Duration.ZERO;
        Set<String> segments = new HashSet<>();
        for (SpeechEvent.Final said : call.log.all(SpeechEvent.Final.class)) {
            assertThat(said.start()).isGreaterThanOrEqualTo(end);
            assertThat(said.end()).isGreaterThanOrEqualTo(said.start());
            assertThat(segments.add(said.segmentId())).isTrue();
            end = said.end();
        }
        assertThat(call.servers).allMatch(server -> server.isGivenUp());
    }
}
