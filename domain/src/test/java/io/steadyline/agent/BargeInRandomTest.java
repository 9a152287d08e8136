package io.steadyline.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.call.CallSettings;
import io.steadyline.media.AudioFormat;
import io.steadyline.media.AudioFrame;
import io.steadyline.signal.SpeechEvent;
import io.steadyline.testkit.CallHarness;
import io.steadyline.testkit.FakeDoor;
import io.steadyline.testkit.FakeDoor.Bot;
import io.steadyline.testkit.FakePeerLink.Sent;
import io.steadyline.testkit.Frames;
import io.steadyline.testkit.Seeds;
import io.steadyline.turn.BargeInPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * A caller who speaks over the bot at random moments, and a bot that goes on talking for a while because it has not heard of
 * it. The recogniser needs three voiced frames to call it speech, as the built-in one does, and a few ms to say so.
 */
class BargeInRandomTest {

    /** Three frames, the first of which is heard at 0. */
    private static final int NOTICED_MS = 40;
    /** endpointing.speech-start: with less the policy has nothing to count from. */
    private static final int SPEECH_START_MS = 60;
    /** What the issue of interruption may take beyond the policy: two frames. */
    private static final int ALLOWED_MS = 40;

    private static final long NEW = 100_000;

    @Test
    void shouldSilenceTheBotWithinThePolicyAndTwoFramesAndSettleEachMarkOnce() {
        Seeds.forEach(1_000, (seed, random) -> new Run(random).go());
    }

    private static final class Run {

        private final RandomGenerator random;
        private final int afterMs;
        private final FakeDoor door = new FakeDoor();
        private final CallHarness harness;
        private final List<String> marks = new ArrayList<>();
        private int returned;

        Run(RandomGenerator random) {
            this.random = random;
            this.afterMs = random.nextBoolean() ? 0 : random.nextInt(SPEECH_START_MS, 500);
            CallSettings usual = CallSettings.DEFAULT.withBargeIn(BargeInPolicy.clearAfter(Duration.ofMillis(afterMs)));
            harness = CallHarness.withAgents(usual, new AttachedAgents(door, AgentSettings.DEFAULT, false, _ -> ""));
        }

        void go() {
            harness.start();
            Bot bot = door.search().taken("ada", random.nextBoolean());
            harness.time.advance(1);
            long epoch = bot.briefing().epoch();
            talk(bot, epoch, 0, 100 + random.nextInt(300));
            pass(200 + random.nextInt(600));
            long loudAtMs = harness.time.elapsedMs();
            pass(NOTICED_MS + random.nextInt(4));
            harness.recogniser.session().says(speechStarted());
            long lateFrom = 10_000;
            talk(bot, epoch, lateFrom, random.nextInt(20));
            pass(Math.max(0, afterMs - NOTICED_MS) + 60);
            // The bot has not heard of it yet.
            talk(bot, epoch, lateFrom + 1_000, random.nextInt(20));
            pass(random.nextInt(100));
            long sinceMs = harness.time.elapsedMs();
            talk(bot, epoch + 1, NEW, 1 + random.nextInt(20));
            pass(2_000);
            check(bot, loudAtMs, sinceMs);
        }

        private SpeechEvent speechStarted() {
            Duration heard = Duration.ofMillis(1_000 + SPEECH_START_MS);
            SpeechEvent.Stamp stamp = new SpeechEvent.Stamp("fake-stt", 1, 1, heard);
            // Heard in full 40 ms after the first frame of it, which is 20 ms long.
            return new SpeechEvent.SpeechStarted(stamp, heard.minusMillis(NOTICED_MS), SpeechEvent.Source.LOCAL);
        }

        private void talk(Bot bot, long epoch, long from, int frames) {
            for (int i = 0; i < frames; i++) {
                bot.seat().audio(Frames.payload(from + i, AudioFormat.MULAW_8K), epoch);
                if (random.nextInt(10) == 0) {
                    String name = "m" + marks.size();
                    marks.add(name);
                    bot.seat().mark(name, epoch);
                }
            }
        }

        private void pass(int ms) {
            for (int i = 0; i < ms; i++) {
                harness.time.advance(1);
                if (random.nextInt(5) == 0 && returned < harness.peer.marks().size()) {
                    harness.peerReturns(harness.peer.marks().get(returned++));
                }
                if (i % 20 == 0) {
                    harness.callerFrame();
                }
            }
        }

        private void check(Bot bot, long loudAtMs, long newSinceMs) {
            int policyMs = Math.max(afterMs, SPEECH_START_MS);
            List<Sent> old = harness.peer.sent().stream()
                    .filter(sent -> sent.item() instanceof AudioFrame frame && Frames.numberOf(frame) < NEW)
                    .toList();
            assertThat(old.getLast().atMs())
                    .as("last frame of the dead epoch, after ms")
                    .isLessThanOrEqualTo(loudAtMs + policyMs + ALLOWED_MS);
            assertThat(harness.peer.clears()).isEqualTo(1);
            assertThat(harness.peer.frameNumbers().stream().filter(number -> number >= NEW))
                    .as("of the new epoch, since " + newSinceMs)
                    .isNotEmpty();
            List<String> settled = bot.told().stream()
                    .filter(told -> told.contains(":PLAYED") || told.contains(":INTERRUPTED"))
                    .map(told -> told.substring(told.indexOf(' ') + 1, told.indexOf(':')))
                    .toList();
            List<String> once = new ArrayList<>(settled);
            Collections.sort(once);
            List<String> outstanding = new ArrayList<>(marks);
            settled.forEach(outstanding::remove);
            assertThat(once).doesNotHaveDuplicates().allMatch(marks::contains);
            // What is outstanding was sent in the new epoch, and the provider has not returned it yet.
            assertThat(outstanding.size())
                    .isLessThanOrEqualTo(harness.peer.marks().size() - returned);
            assertThat(bot.told().stream().filter(told -> told.contains("BargedIn")))
                    .hasSize(1);
        }
    }
}
