package io.steadyline.stt.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.media.Encoding;
import io.steadyline.stt.peer.PeerRecogniser.Told;
import io.steadyline.stt.vendor.VendorAudio;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeerRecogniserTest {

    private final List<String> out = new ArrayList<>();
    private final PeerRecogniser recogniser = recogniser(VendorAudio.MULAW_8K);

    private PeerRecogniser recogniser(VendorAudio audio) {
        return new PeerRecogniser(new PlainPeer(), new ListOut(out), audio);
    }

    private record ListOut(List<String> said) implements PeerDialect.PeerOut {
        @Override
        public void text(String text) {
            said.add(text);
        }

        @Override
        public void binary(byte[] data) {
            said.add(data.length + " bytes");
        }

        @Override
        public void close(int code, String reason) {
            said.add("close " + code);
        }
    }

    private void speak(int from, int to) {
        for (int n = from; n < to; n++) {
            recogniser.audio(NumberedAudio.speaking(n));
        }
    }

    private void pause(int from, int to) {
        for (int n = from; n < to; n++) {
            recogniser.audio(NumberedAudio.silent(n));
        }
    }

    @Test
    void shouldSayAWordForEachHalfSecondAndAFinalAfterTwo() {
        speak(100, 200);

        assertThat(out)
                .containsExactly(
                        "speech 0",
                        "interim f100",
                        "interim f100 f125",
                        "interim f100 f125 f150",
                        "final f100 f125 f150 f175");
    }

    @Test
    void shouldEndTheUtteranceAfterFifteenFramesWithoutSpeech() {
        pause(0, 10);
        speak(10, 40);
        pause(40, 54);
        assertThat(out).containsExactly("speech 200", "interim f10");

        pause(54, 55);

        assertThat(out).endsWith("final f10 f35", "utterance 800");
    }

    @Test
    void shouldSayNothingTwiceWhenAPauseFollowsAFullSegment() {
        speak(0, 100);
        pause(100, 200);

        assertThat(recogniser.finals()).containsExactly("f0 f25 f50 f75");
        assertThat(out).endsWith("utterance 2000");
    }

    @Test
    void shouldAnswerAFlushWithWhatItHas() {
        speak(0, 30);
        recogniser.flush();
        recogniser.flush();

        assertThat(out).endsWith("final f0 f25", "flushed", "flushed");
    }

    @Test
    void shouldFinishAtTheEndOfInput() {
        speak(0, 30);
        recogniser.endOfInput();

        assertThat(out).endsWith("final f0 f25", "utterance 600", "ended 600", "close 1000");
    }

    @Test
    void shouldSayOnlyGoodbyeWhenNothingWasSaid() {
        recogniser.endOfInput();

        assertThat(out).containsExactly("ended 0", "close 1000");
    }

    @Test
    void shouldRememberWhatItHeardWithDuplicates() {
        speak(0, 3);
        speak(1, 3);
        pause(9, 10);

        assertThat(recogniser.heard()).containsExactly(0, 1, 2, 1, 2, 9);
        assertThat(recogniser.told()).containsExactly(new Told.SpeechStarted(0));
    }

    @Test
    void shouldGiveTimesOfWordsOnThisConnection() {
        pause(0, 5);
        speak(5, 105);

        Told.Final said = (Told.Final) recogniser.told().getLast();
        assertThat(said.segment().startMs()).isEqualTo(100);
        assertThat(said.segment().endMs()).isEqualTo(2_100);
        assertThat(said.segment().words().get(1)).isEqualTo(new PeerDialect.SegmentWord("f30", 600, 1_100));
    }

    @Test
    void shouldTakeSilenceThatKeepsAliveForAPauseAndCountItApart() {
        byte[] silence = new byte[15 * 160];
        Arrays.fill(silence, (byte) 0xFF);
        speak(0, 25);
        recogniser.audio(silence);

        assertThat(out).endsWith("final f0", "utterance 500");
        assertThat(recogniser.unnumberedBytes()).isEqualTo(15 * 160);
        assertThat(recogniser.heardMs()).isEqualTo(40 * 20);
    }

    @Test
    void shouldNameWordsAfterTheirPlaceWhereNumbersCannotBeRead() {
        PeerRecogniser wide = recogniser(VendorAudio.L16_16K);
        byte[] frame = NumberedAudio.encoded(NumberedAudio.speaking(3), Encoding.L16);
        for (int n = 0; n < 25; n++) {
            wide.audio(NumberedAudio.joined(frame, frame));
        }
        wide.endOfInput();

        assertThat(wide.finals()).containsExactly("p0");
        assertThat(wide.heard()).isEmpty();
    }
}
