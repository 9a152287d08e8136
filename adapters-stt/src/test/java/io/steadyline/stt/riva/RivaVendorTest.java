package io.steadyline.stt.riva;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.stt.vendor.CommonOptions;
import io.steadyline.stt.vendor.Openings;
import io.steadyline.stt.vendor.Traits;
import io.steadyline.stt.vendor.VendorAudio;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RivaVendorTest {

    private final RivaVendor vendor = new RivaVendor();

    @AfterEach
    void close() {
        vendor.close();
    }

    @Test
    void shouldNeedAKeyAndAFunctionInTheCloudOnly() {
        assertThat(CommonOptions.problems(vendor, Map.of()))
                .satisfiesExactly(
                        key -> assertThat(key).startsWith("key: missing"),
                        function -> assertThat(function).startsWith("function-id: missing"));
        assertThat(CommonOptions.problems(vendor, Map.of("key", "k", "function-id", "f")))
                .isEmpty();
        assertThat(CommonOptions.problems(vendor, Map.of("url", "http://riva:50051")))
                .isEmpty();
    }

    @Test
    void shouldRefuseHalfAnIdentity() {
        Map<String, String> own = Map.of("url", "https://riva:50051", "certificate-file", "c.pem");

        assertThat(CommonOptions.problems(vendor, own))
                .containsExactly("certificate-key-file: missing (expected: both, or neither)");
    }

    @Test
    void shouldRefuseACustomConfigurationWithoutAName() {
        Map<String, String> own = Map.of("url", "http://riva:50051", "custom-configuration", "a=1, =2, b");

        assertThat(CommonOptions.problems(vendor, own))
                .containsExactly(
                        "custom-configuration: =2 (expected: name=value)",
                        "custom-configuration: b (expected: name=value)");
    }

    @Test
    void shouldGoToTheCloudOrWhereTheUrlSays() {
        assertThat(vendor.route(Openings.of(vendor, Map.of())))
                .hasToString(
                        "https://grpc.nvcf.nvidia.com:443/nvidia.riva.asr.RivaSpeechRecognition/StreamingRecognize");
        assertThat(vendor.route(Openings.of(vendor, Map.of("url", "http://riva:50051"))))
                .asString()
                .startsWith("http://riva:50051/")
                .doesNotContain("good-key");
    }

    @Test
    void shouldSendTheKeyAndTheFunctionAsHeaders() {
        assertThat(RivaOptions.headers(Openings.options(vendor, Map.of("function-id", "f1"))))
                .isEqualTo(Map.of("authorization", "Bearer good-key", "function-id", "f1"));
    }

    @Test
    void shouldPromiseWhatTheSheetSays() {
        Traits traits = vendor.traits(Openings.options(vendor, Map.of()));

        assertThat(traits.audio()).startsWith(VendorAudio.MULAW_8K);
        assertThat(traits.maxSession()).isEmpty();
        assertThat(traits.idle()).isEqualTo(new Traits.Idle.Nothing());
        assertThat(traits.endpointing()).isTrue();
        assertThat(traits.speechEvents()).isFalse();
        assertThat(traits.flushes()).isFalse();
        assertThat(vendor.traits(Openings.options(vendor, Map.of("words", "false")))
                        .words())
                .isFalse();
    }
}
