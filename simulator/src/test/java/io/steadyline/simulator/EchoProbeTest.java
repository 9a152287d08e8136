package io.steadyline.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EchoProbeTest {

    private final EchoProbe probe = new EchoProbe(77, ms(60));

    private static long ms(long ms) {
        return ms * 1_000_000;
    }

    private static List<byte[]> send(EchoProbe probe, int frames) {
        List<byte[]> sent = new ArrayList<>();
        for (int i = 0; i < frames; i++) {
            byte[] audio = new byte[160];
            probe.tag(audio, ms(20L * i));
            sent.add(audio);
        }
        return sent;
    }

    @Test
    void shouldTellLostReorderedDoubledAndLateFrames() {
        List<byte[]> sent = send(probe, 300);
        probe.onMedia(sent.get(0), ms(30));
        probe.onMedia(sent.get(2), ms(70));
        probe.onMedia(sent.get(1), ms(70));
        probe.onMedia(sent.get(1), ms(71));
        probe.onMedia(sent.get(5), ms(190));
        CallReport.Echo echo = probe.report();
        assertThat(echo.sent()).isEqualTo(300);
        assertThat(echo.returned()).isEqualTo(4);
        assertThat(echo.lost()).isEqualTo(2);
        assertThat(echo.tail()).isEqualTo(294);
        assertThat(echo.reordered()).isOne();
        assertThat(echo.doubled()).isOne();
        assertThat(echo.roundTrip().maxMs()).isEqualTo(90, within(1.0));
    }

    @Test
    void shouldFindFramesThatWereCutAtOtherPlaces() {
        List<byte[]> sent = send(probe, 2);
        byte[] joined = new byte[330];
        System.arraycopy(sent.get(0), 0, joined, 5, 160);
        System.arraycopy(sent.get(1), 0, joined, 165, 160);
        probe.onMedia(joined, ms(50));
        assertThat(probe.report().returned()).isEqualTo(2);
    }

    @Test
    void shouldSeeFramesOfAnotherCall() {
        send(probe, 5);
        probe.onMedia(send(new EchoProbe(78, ms(60)), 1).getFirst(), ms(50));
        probe.onMedia(new byte[160], ms(60));
        assertThat(probe.report().foreign()).isOne();
        assertThat(probe.report().returned()).isZero();
    }

    @Test
    void shouldNotCountAFrameThatWasNotSent() {
        List<byte[]> sent = send(probe, 2);
        probe.takeBack();
        probe.onMedia(sent.get(0), ms(50));
        assertThat(probe.report().isComplete()).isTrue();
        assertThat(send(probe, 1).getFirst()).isEqualTo(sent.get(1));
    }
}
