package io.steadyline.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.bootstrap.config.LoadOutcome.Loaded;
import io.steadyline.stt.choice.TestVendor;
import java.util.List;
import org.junit.jupiter.api.Test;

class VendorPageTest {

    private final MemoryFiles files = new MemoryFiles().withVendors(new TestVendor("alpha"), new TestVendor("beta"));

    @Test
    void shouldListEachVendorWithWhatItLacks() {
        Settings.Stt stt = ((Loaded) files.loadEnvironment(
                        "STEADYLINE_STT", "alpha,builtin", "STEADYLINE_STT_ALPHA_KEY", "a-secret-key"))
                .settings()
                .stt();
        assertThat(VendorPage.list(stt).lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("VENDOR   USED  CONFIGURED"),
                        line -> assertThat(line).startsWith("builtin  2     yes (no words)"),
                        line -> assertThat(line).startsWith("none     -     yes (hears nothing)"),
                        line -> assertThat(line).matches("alpha    1     yes +mulaw 8 kHz +no limit known"),
                        line -> assertThat(line)
                                .startsWith("beta     -     no: key: missing (expected: an API key of"));
    }

    @Test
    void shouldListTheOptionsOfOneWithoutTheirSecrets() {
        Settings.Stt stt = ((Loaded) files.loadEnvironment("STEADYLINE_STT_ALPHA_KEY", "a-secret-key"))
                .settings()
                .stt();
        assertThat(VendorPage.options(stt.find("alpha").orElseThrow()))
                .contains("stt.alpha.model", "STEADYLINE_STT_ALPHA_MODEL", "small", "stt.alpha.key-file")
                .contains("stt.alpha.language", "a whole number from 10 to 5000", "A call may choose it.")
                .doesNotContain("a-secret-key");
    }

    @Test
    void shouldPrintATableForEachVendor() {
        assertThat(VendorPage.markdown(List.of(new TestVendor("alpha"))))
                .contains("| [`alpha`](#alpha) | mulaw 8 kHz | no limit known | nothing is needed | the gateway does |"
                        + " no |")
                .contains("## alpha")
                .contains("| (variable only) | `STEADYLINE_STT_ALPHA_KEY` | – |")
                .contains("| `stt.alpha.silence-ms` | `STEADYLINE_STT_ALPHA_SILENCE_MS` | `300` | a whole number from"
                        + " 10");
    }
}
