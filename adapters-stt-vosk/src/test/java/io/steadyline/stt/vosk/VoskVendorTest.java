package io.steadyline.stt.vosk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.steadyline.stt.vendor.CommonOptions;
import io.steadyline.stt.vendor.LinkLines;
import io.steadyline.stt.vendor.Opening;
import io.steadyline.stt.vendor.Openings;
import io.steadyline.stt.vendor.Talk;
import io.steadyline.stt.vendor.Traits;
import io.steadyline.stt.vendor.Transport;
import io.steadyline.stt.vendor.Vendor;
import io.steadyline.stt.vendor.VendorAudio;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VoskVendorTest {

    private final VoskVendor vendor = new VoskVendor();

    @TempDir
    private Path empty;

    @AfterEach
    void close() {
        vendor.close();
    }

    private Opening opening() {
        return Openings.of(vendor, Map.of("model", empty.toString()));
    }

    private Transport transport() {
        return Talk.transport(vendor, opening());
    }

    @Test
    void shouldSayWhichModelItIs() {
        assertThat(vendor.route(opening())).hasToString("vosk " + empty);
    }

    @Test
    void shouldBeFoundByItsServiceFile() {
        assertThat(ServiceLoader.load(Vendor.class)).extracting(Vendor::name).contains("vosk");
    }

    @Test
    void shouldNeedTheDirectoryOfAModel() {
        assertThat(CommonOptions.problems(vendor, Map.of()))
                .containsExactly("model: missing (expected: the directory of an unpacked Vosk model)");
        assertThat(CommonOptions.problems(vendor, Map.of("model", "no-such-directory")))
                .containsExactly("model: no-such-directory (expected: the directory of an unpacked Vosk model)");
        assertThat(CommonOptions.problems(vendor, Map.of("model", empty.toString())))
                .containsExactly(
                        "model: " + empty + " has no am/final.mdl (expected: the directory of an unpacked Vosk model)");
    }

    @Test
    void shouldTakeLinearSamplesAndLeaveTheEndOfAnUtteranceToTheGateway() {
        Traits traits = vendor.traits(Openings.options(vendor, Map.of()));

        assertThat(traits.audio()).containsExactly(VendorAudio.L16_8K, VendorAudio.L16_16K);
        assertThat(traits.flushes()).isTrue();
        assertThat(traits.words()).isTrue();
        assertThat(traits.endpointing()).isFalse();
    }

    /** The rate of a model that was replaced was that of the old one until the process ended. */
    @Test
    void shouldReadTheRateAnewAfterTheVendorWasClosed() throws IOException {
        Path options = empty.resolve("mfcc.conf");
        Files.writeString(options, "--sample-frequency=16000");
        assertThat(rates()).containsExactly(VendorAudio.L16_16K);
        Files.writeString(options, "--sample-frequency=8000");
        assertThat(rates()).containsExactly(VendorAudio.L16_16K);
        vendor.close();

        assertThat(rates()).containsExactly(VendorAudio.L16_8K, VendorAudio.L16_16K);
    }

    private List<VendorAudio> rates() {
        return vendor.traits(opening().options()).audio();
    }

    @Test
    void shouldRefuseADirectoryWithoutAModel() {
        Natives.assume();
        LinkLines log = new LinkLines();
        transport().open(log);
        await().until(log::isOver);

        assertThat(log.lines())
                .containsExactly("refused 0 model: " + empty + " (expected: the directory of a Vosk model)");
    }

    @Test
    void shouldRefuseEveryCallWithoutAModelAndHoldNothing() {
        Natives.assume();
        List<LinkLines> logs = List.of(new LinkLines(), new LinkLines(), new LinkLines(), new LinkLines());
        Transport transport = transport();
        logs.forEach(transport::open);
        logs.forEach(log -> await().until(log::isOver));
        vendor.close();

        assertThat(logs).allMatch(log -> log.last().startsWith("refused 0 model: "));
    }

    @Test
    void shouldWriteAGrammarAsTheRecogniserReadsIt() {
        assertThat(new VoskSettings(8_000, true, List.of("yes", "no \"really\"")).grammarJson())
                .isEqualTo("[\"yes\",\"no \\\"really\\\"\"]");
    }
}
