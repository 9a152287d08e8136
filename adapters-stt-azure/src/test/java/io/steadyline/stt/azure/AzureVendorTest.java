package io.steadyline.stt.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.steadyline.stt.vendor.CommonOptions;
import io.steadyline.stt.vendor.FailureKind;
import io.steadyline.stt.vendor.Openings;
import io.steadyline.stt.vendor.Talk;
import io.steadyline.stt.vendor.Traits;
import io.steadyline.stt.vendor.Vendor;
import io.steadyline.stt.vendor.VendorAudio;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AzureVendorTest {

    private final AzureVendor vendor = new AzureVendor();

    @AfterEach
    void close() {
        vendor.close();
    }

    @Test
    void shouldBeFoundByItsServiceFile() {
        assertThat(ServiceLoader.load(Vendor.class)).extracting(Vendor::name).contains("azure");
    }

    @Nested
    class Problems {

        private List<String> problems(Map<String, String> given) {
            return CommonOptions.problems(vendor, given);
        }

        @Test
        void shouldNeedAPlaceAndAKey() {
            assertThat(problems(Map.of()))
                    .containsExactly(
                            "region: missing (expected: the region of the Speech resource, or url or host)",
                            "key: missing (expected: a key of the Speech resource)");
            assertThat(problems(Map.of("region", "westeurope", "key", "k"))).isEmpty();
            assertThat(problems(Map.of("host", "ws://127.0.0.1:5000"))).isEmpty();
        }

        @Test
        void shouldNotTakeTwoPlaces() {
            assertThat(problems(Map.of("region", "westeurope", "host", "ws://127.0.0.1:5000", "key", "k")))
                    .containsExactly("region, url, host: 2 of them set (expected: one)");
        }

        @Test
        void shouldRefuseARegionThatLeadsElsewhere() {
            assertThat(problems(Map.of("region", "evil.example", "key", "k")))
                    .containsExactly("region: evil.example (expected: a name such as westeurope)");
        }

        @Test
        void shouldNotTakeACustomModelForMoreThanOneLanguage() {
            assertThat(problems(
                            Map.of("region", "r", "key", "k", "endpoint-id", "e1", "alternative-languages", "fr-FR")))
                    .containsExactly("endpoint-id: set, as alternative-languages is (expected: one of both)");
        }

        @Test
        void shouldRefuseTooManyLanguages() {
            assertThat(problems(Map.of("region", "r", "key", "k", "alternative-languages", "a,b,c,d,e,f,g,h,i,j")))
                    .containsExactly("alternative-languages: 10 (expected: at most 9)");
        }
    }

    @Test
    void shouldPromiseLinearSamplesUnlessTheOperatorKnowsBetter() {
        Traits traits = vendor.traits(Openings.options(vendor, Map.of()));
        Traits mulaw = vendor.traits(Openings.options(vendor, Map.of("mulaw", "true")));

        assertThat(traits.audio()).containsExactly(VendorAudio.L16_8K, VendorAudio.L16_16K);
        assertThat(mulaw.audio()).startsWith(VendorAudio.MULAW_8K);
        assertThat(traits.speechEvents()).isTrue();
        assertThat(traits.endpointing()).isTrue();
        assertThat(traits.flushes()).isFalse();
    }

    @Test
    void shouldSayWhereItGoesWithoutTheKey() {
        assertThat(vendor.route(Openings.of(vendor, Map.of("region", "westeurope"))))
                .hasToString("azure westeurope");
        assertThat(vendor.route(Openings.of(vendor, Map.of("url", "wss://x.example/speech?key=secret"))))
                .hasToString("azure wss://x.example/speech");
    }

    /** With the SDK's own native code, against a port where nobody listens. */
    @Nested
    class TheSdk {

        private static int deadPort() throws IOException {
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            }
        }

        private Talk talk(Map<String, String> more, List<String> hints) throws IOException {
            Map<String, String> given =
                    new LinkedHashMap<>(Map.of("host", "ws://127.0.0.1:" + deadPort(), "language", "de-DE"));
            given.putAll(more);
            return Talk.open(vendor, Openings.of(vendor, given, hints, ""));
        }

        @Test
        void shouldStartAndTellThatNobodyAnswers() throws IOException {
            Natives.assume();
            Talk talk = talk(Map.of(), List.of());
            await().until(() -> talk.has("opened") || talk.isOver());
            talk.audio(new byte[3_200]);
            await().until(talk::isOver);

            assertThat(talk.lines()).startsWith("opened");
            assertThat(talk.heard()).noneMatch(line -> line.startsWith("ready"));
            assertThat(talk.failure().kind()).isEqualTo(FailureKind.TRANSIENT);
            assertThat(talk.failure().message()).doesNotContain("good-key");
            await().until(() -> vendor.openNow() == 0);
        }

        @ParameterizedTest
        @ValueSource(strings = {"true", "false"})
        void shouldTakeAllOptions(String flag) throws IOException {
            Natives.assume();
            Talk talk = talk(
                    Map.ofEntries(
                            Map.entry("mulaw", flag),
                            Map.entry("words", flag),
                            Map.entry("dictation", flag),
                            Map.entry("profanity", "raw"),
                            Map.entry(flag.equals("true") ? "alternative-languages" : "endpoint-id", "fr-FR"),
                            Map.entry("stable-partial-threshold", "3"),
                            Map.entry("segmentation-silence-ms", "700"),
                            Map.entry("segmentation-max-ms", "30000"),
                            Map.entry("segmentation-strategy", "Semantic"),
                            Map.entry("initial-silence-ms", "10000")),
                    List.of("Steadyline"));
            await().until(() -> talk.has("opened") || talk.isOver());

            assertThat(talk.lines()).startsWith("opened");
            talk.abort();
            await().until(() -> vendor.openNow() == 0);
        }

        @Test
        void shouldRefuseWhatTheSdkDoesNotTake() throws IOException {
            Natives.assume();
            Talk talk = talk(Map.of("endpoint-id", "e1", "alternative-languages", "fr-FR"), List.of());
            await().until(talk::isOver);

            assertThat(talk.last()).startsWith("refused 0 Invalid argument").contains("EndpointId");
            assertThat(vendor.openNow()).isZero();
        }

        @Test
        void shouldCloseWhatItHasOpened() throws IOException {
            Natives.assume();
            for (int i = 0; i < 10; i++) {
                Talk talk = talk(Map.of(), List.of());
                if (i % 2 == 0) {
                    await().until(() -> talk.has("opened") || talk.isOver());
                }
                talk.abort();
            }
            await().until(() -> vendor.openNow() == 0);
            talk(Map.of(), List.of());
            vendor.close();

            assertThat(vendor.openNow()).isZero();
        }
    }
}
