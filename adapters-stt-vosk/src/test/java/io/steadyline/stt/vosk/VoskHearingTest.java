package io.steadyline.stt.vosk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.steadyline.media.AudioFormat;
import io.steadyline.media.AudioFrame;
import io.steadyline.media.Ptime;
import io.steadyline.signal.SpeechEvent;
import io.steadyline.stt.audio.Sound;
import io.steadyline.stt.contract.Bench;
import io.steadyline.stt.contract.BenchCall;
import io.steadyline.stt.vendor.Link;
import io.steadyline.stt.vendor.LinkLines;
import io.steadyline.stt.vendor.Opening;
import io.steadyline.stt.vendor.Openings;
import io.steadyline.stt.vendor.Talk;
import io.steadyline.stt.vendor.VendorAudio;
import io.steadyline.stt.vendor.Wire;
import io.steadyline.telemetry.RxMode;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the native library hears with a real model, through the vendor and the runtime; nothing goes wrong. */
class VoskHearingTest {

    private static final double LOW_HZ = 500;
    private static final double HIGH_HZ = 2_500;
    private static final double LEVEL_DB = -15;

    @TempDir
    private Path model;

    @BeforeEach
    void assumeNatives() {
        Natives.assume();
    }

    private static float[] tone(double hz, int ms, int rateHz) {
        return Sound.sine(hz, LEVEL_DB, ms, rateHz);
    }

    /** Low from 600 to 1000 ms, high to 1500, low to 1800, high from 2200 to 2600. */
    private static float[] lowHighLowHigh(int rateHz) {
        return Sound.join(
                Sound.silence(600, rateHz),
                tone(LOW_HZ, 400, rateHz),
                tone(HIGH_HZ, 500, rateHz),
                tone(LOW_HZ, 300, rateHz),
                Sound.silence(400, rateHz),
                tone(HIGH_HZ, 400, rateHz),
                Sound.silence(1_500, rateHz));
    }

    private List<SpeechEvent.Word> wordsOfACall() throws InterruptedException {
        FaultyVosk nothingWrong = new FaultyVosk();
        try (Bench bench = nothingWrong.bench(model);
                BenchCall call = new BenchCall(bench)) {
            for (AudioFrame frame : Sound.frames(lowHighLowHigh(8_000), AudioFormat.MULAW_8K)) {
                await().pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> call.queue.offer(frame, RxMode.NORMAL).isAccepted());
            }
            call.endInput();
            call.awaitClosed();
            assertThat(call.log.all(SpeechEvent.Failure.class)).isEmpty();
            assertThat(call.log.all(SpeechEvent.Interim.class)).isNotEmpty();
            return call.log.all(SpeechEvent.Final.class).stream()
                    .flatMap(said -> said.words().stream())
                    .toList();
        }
    }

    private static void assertLowHighLowHigh(List<SpeechEvent.Word> words) {
        assertThat(words)
                .extracting(SpeechEvent.Word::text)
                .containsExactly(ToneModel.LOW, ToneModel.HIGH, ToneModel.LOW, ToneModel.HIGH);
        int[] startsMs = {600, 1_000, 1_500, 2_200};
        for (int i = 0; i < startsMs.length; i++) {
            assertThat(words.get(i).start().toMillis()).isCloseTo(startsMs[i], within(90L));
        }
        assertThat(words.getLast().end().toMillis()).isCloseTo(2_600, within(90L));
    }

    @Test
    void shouldHearWordsOfACallInTheirOrderAndAtTheirTimes() throws Exception {
        ToneModel.writeTo(model);

        assertLowHighLowHigh(wordsOfACall());
    }

    /** Its native code had failed at each message, and had said nothing for ever. */
    @Test
    void shouldHearATelephoneCallWithAModelOfTwiceTheRate() throws Exception {
        ToneModel.writeTo(model, 16_000);

        assertLowHighLowHigh(wordsOfACall());
    }

    @Test
    void shouldHearAWidebandCallWithAModelOfHalfTheRate() throws Exception {
        ToneModel.writeTo(model);

        assertThat(linesOfAConnection(VendorAudio.L16_16K).toString()).contains("\"text\" : \"low high low high\"");
    }

    @Test
    void shouldBeBrokenWhenTheNativeCodeFailsAndNotHearNothingForEver() throws Exception {
        ToneModel.writeTo(model, 16_000);

        assertThat(linesOfAConnection(VendorAudio.L16_8K).getLast()).startsWith("broken empty results: 4 on end");
    }

    /** Messages of 100 ms, until it ends. */
    private List<String> linesOfAConnection(VendorAudio audio) {
        LinkLines log = new LinkLines();
        try (VoskVendor vendor = new VoskVendor()) {
            Link link = open(vendor, audio, log);
            AudioFormat format = new AudioFormat(audio.encoding(), audio.sampleRateHz(), Ptime.MS_20);
            ByteArrayOutputStream message = new ByteArrayOutputStream();
            for (AudioFrame frame : Sound.frames(lowHighLowHigh(audio.sampleRateHz()), format)) {
                message.writeBytes(frame.payload());
                if (frame.position() % 5 == 4) {
                    link.send(new Wire.Binary(message.toByteArray()));
                    message.reset();
                }
            }
            link.finish();
            await().until(log::isOver);
            assertThat(log.lines()).noneMatch(line -> line.startsWith("together") || line.startsWith("after"));
            return log.lines();
        }
    }

    private Link open(VoskVendor vendor, VendorAudio audio, LinkLines log) {
        Opening opening = Openings.withAudio(Openings.of(vendor, Map.of("model", model.toString())), audio);
        Link link = Talk.transport(vendor, opening).open(log);
        await().until(() -> log.has("opened"));
        return link;
    }
}
