package io.steadyline.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.steadyline.simulator.audio.Audio;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CallPlanTest {

    private static final CallPlan.Builder ANY = CallPlan.to("ws://127.0.0.1:5000/twilio");

    @Test
    void shouldGiveEachCallSidsOfItsOwn() {
        CallPlan one = ANY.build();
        CallPlan other = ANY.build();
        assertThat(one.callSid()).matches("CA[0-9a-f]{32}").isNotEqualTo(other.callSid());
        assertThat(one.streamSid()).matches("MZ[0-9a-f]{32}").isNotEqualTo(other.streamSid());
        assertThat(one.accountSid()).matches("AC[0-9a-f]{32}");
    }

    @Test
    void shouldSayThatItDoesNotSpeakTls() {
        assertThatThrownBy(() -> CallPlan.to("wss://gw.example.com/twilio").build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("media: wss://gw.example.com/twilio: the simulator does not speak TLS"
                        + " (expected: ws://, to a loopback address or the near end of a TLS tunnel)");
    }

    @Test
    void shouldNameBadValues() {
        assertThatThrownBy(() -> CallPlan.to("http://gw/").build()).hasMessageContaining("http://gw/ (expected: ws://");
        assertThatThrownBy(() -> CallPlan.to("ws://gw/").duration(Duration.ZERO).build())
                .hasMessage("duration: PT0S (expected: more than zero)");
        assertThatThrownBy(() -> new Digit('x', Duration.ZERO)).hasMessage("digit: 'x' (expected: one of 0-9 * # A-D)");
        assertThatThrownBy(() -> CallPlan.to("ws://gw/").header("X-A", "a\r\nb").build())
                .hasMessageStartingWith("header: X-A");
        assertThatThrownBy(() -> CallPlan.to("ws://gw/")
                        .tracks(Tracks.BOTH)
                        .digit('1', Duration.ZERO)
                        .build())
                .hasMessageContaining("forks have no DTMF");
    }

    @Test
    void shouldRefuseFreezesThatOverlap() {
        CallPlan.Builder plan = CallPlan.to("ws://gw/")
                .freeze(Freeze.Side.READING, Duration.ofSeconds(1), Duration.ofSeconds(2))
                .freeze(Freeze.Side.SENDING, Duration.ofSeconds(2), Duration.ofSeconds(1));
        assertThatThrownBy(plan::build)
                .hasMessage("freeze at: PT2S (expected: PT3S or later, when the one before it is over)");
    }

    @Test
    void shouldDifferInTheStreamSidOnlyWhenItIsAnotherStreamOfTheCall() {
        CallPlan one = CallPlan.to("ws://gw/")
                .parameter("a", "b")
                .digit('1', Duration.ofSeconds(1))
                .freeze(Freeze.Side.BOTH, Duration.ofSeconds(1), Freeze.FOR_GOOD)
                .drainFor(Duration.ofSeconds(3))
                .echoProbe(true)
                .header("X-A", "b")
                .build();
        CallPlan other = one.anotherStream().build();
        assertThat(other.streamSid()).isNotEqualTo(one.streamSid());
        assertThat(other.toBuilder().streamSid(one.streamSid()).build()).isEqualTo(one);
    }

    @Test
    void shouldLoopSpeechInWholeFrames() {
        byte[] bytes = new byte[200];
        Arrays.fill(bytes, (byte) 1);
        Speech looped = Speech.looped(Audio.ofMuLaw(bytes));
        byte[] frame = new byte[160];
        looped.copyTo(160, frame);
        assertThat(frame).startsWith(1, 1).endsWith(0xFF);
        assertThat(frame[39]).isEqualTo((byte) 1);
        assertThat(frame[40]).isEqualTo((byte) 0xFF);
        looped.copyTo(320, frame);
        assertThat(frame).containsOnly(1);
    }

    @Test
    void shouldBeSilentAfterSpeechThatIsSaidOnce() {
        byte[] frame = new byte[160];
        Speech.once(Audio.voice()).copyTo(1L << 40, frame);
        assertThat(frame).containsOnly(0xFF);
    }
}
