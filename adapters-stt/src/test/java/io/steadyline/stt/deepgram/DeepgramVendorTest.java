package io.steadyline.stt.deepgram;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.stt.vendor.CommonOptions;
import io.steadyline.stt.vendor.Openings;
import io.steadyline.stt.vendor.Route;
import io.steadyline.stt.vendor.Traits;
import io.steadyline.stt.vendor.Vendor;
import io.steadyline.stt.vendor.VendorAudio;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DeepgramVendorTest {

    private static Route.WebSocket route(Vendor vendor, Map<String, String> given, String... hints) {
        return (Route.WebSocket) vendor.route(Openings.of(vendor, given, List.of(hints), ""));
    }

    private static List<String> problems(Vendor vendor, Map<String, String> given) {
        return CommonOptions.problems(vendor, given);
    }

    @Nested
    class Listen {
        private final DeepgramVendor vendor = new DeepgramVendor();

        @Test
        void shouldAskForTelephoneAudioByDefault() {
            assertThat(route(vendor, Map.of()).uri())
                    .hasToString("wss://api.deepgram.com/v1/listen?encoding=mulaw&sample_rate=8000&channels=1"
                            + "&language=en-US&endpointing=300&model=nova-3&interim_results=true&vad_events=true"
                            + "&smart_format=true&utterance_end_ms=1000");
        }

        @Test
        void shouldNameTheAudioThatIsSent() {
            Route.WebSocket route = (Route.WebSocket)
                    vendor.route(Openings.withAudio(Openings.of(vendor, Map.of()), VendorAudio.L16_16K));
            assertThat(route.uri().getQuery()).contains("encoding=linear16&sample_rate=16000");
        }

        @Test
        void shouldSendTheKeyAsAHeaderOnly() {
            Route.WebSocket route = route(vendor, Map.of());
            assertThat(route.headers()).containsExactly(Map.entry("Authorization", "Token good-key"));
            assertThat(route.uri().toString()).doesNotContain("good-key");
            assertThat(route).hasToString("wss://api.deepgram.com/v1/listen");
            assertThat(route(vendor, Map.of("auth-scheme", "Bearer")).headers())
                    .containsExactly(Map.entry("Authorization", "Bearer good-key"));
        }

        @Test
        void shouldRepeatHintsAsKeytermsOfNova3() {
            assertThat(route(vendor, Map.of(), "Steady line", "fax").uri().getRawQuery())
                    .contains("keyterm=Steady%20line&keyterm=fax");
        }

        @Test
        void shouldSendHintsAsKeywordsToOlderModels() {
            assertThat(route(vendor, Map.of("model", "nova-2-phonecall"), "fax")
                            .uri()
                            .getQuery())
                    .contains("keywords=fax")
                    .doesNotContain("keyterm");
        }

        @Test
        void shouldWriteNoEndpointingAsFalse() {
            assertThat(route(vendor, Map.of("endpointing", "0", "utterance-end-ms", "0"))
                            .uri()
                            .getQuery())
                    .contains("endpointing=false")
                    .doesNotContain("utterance_end_ms");
        }

        @Test
        void shouldGoWhereItIsTold() {
            assertThat(route(vendor, Map.of("url", "ws://127.0.0.1:9/v1/listen?x=1", "redact", "pci,ssn"))
                            .uri()
                            .toString())
                    .startsWith("ws://127.0.0.1:9/v1/listen?x=1&encoding=mulaw")
                    .contains("&redact=pci&redact=ssn");
        }

        @Test
        void shouldMissItsKey() {
            assertThat(problems(vendor, Map.of())).containsExactly("key: missing (expected: an API key of Deepgram)");
        }

        @Test
        void shouldRefuseAnUtteranceEndThatDeepgramWouldNotSend() {
            assertThat(problems(vendor, Map.of("key", "k", "utterance-end-ms", "999")))
                    .containsExactly("utterance-end-ms: 999 (expected: 0, or 1000 to 5000)");
            assertThat(problems(vendor, Map.of("key", "k", "interim-results", "false")))
                    .containsExactly("utterance-end-ms: 1000 (expected: 0 when interim-results is false)");
            assertThat(problems(vendor, Map.of("key", "k", "interim-results", "false", "utterance-end-ms", "0")))
                    .isEmpty();
        }

        @Test
        void shouldOfferWhatItWasAskedFor() {
            Traits traits = vendor.traits(Openings.options(vendor, Map.of()));
            assertThat(traits.speechEvents()).isTrue();
            assertThat(traits.endpointing()).isTrue();
            assertThat(traits.idle()).isEqualTo(new Traits.Idle.Message(Duration.ofSeconds(4)));
            Traits bare = vendor.traits(Openings.options(
                    vendor, Map.of("vad-events", "false", "endpointing", "0", "utterance-end-ms", "0")));
            assertThat(bare.speechEvents()).isFalse();
            assertThat(bare.endpointing()).isFalse();
        }
    }

    @Nested
    class Flux {
        private final FluxVendor vendor = new FluxVendor();

        @Test
        void shouldAskForTelephoneAudioByDefault() {
            assertThat(route(vendor, Map.of(), "fax").uri())
                    .hasToString("wss://api.deepgram.com/v2/listen?encoding=mulaw&sample_rate=8000"
                            + "&model=flux-general-en&eot_threshold=0.7&eot_timeout_ms=5000&keyterm=fax");
        }

        @Test
        void shouldHintAtTheCallsLanguageToTheMultilingualModel() {
            assertThat(route(vendor, Map.of("model", "flux-general-multi"))
                            .uri()
                            .getQuery())
                    .endsWith("&language_hint=en");
            assertThat(route(vendor, Map.of("model", "flux-general-multi", "language-hint", "es,de"))
                            .uri()
                            .getQuery())
                    .endsWith("&language_hint=es&language_hint=de");
        }

        @Test
        void shouldTellProblems() {
            assertThat(problems(vendor, Map.of())).containsExactly("key: missing (expected: an API key of Deepgram)");
            assertThat(problems(vendor, Map.of("key", "k", "eager-eot-threshold", "0.8", "language-hint", "es")))
                    .containsExactly(
                            "eager-eot-threshold: 0.8 (expected: at most eot-threshold, 0.7)",
                            "language-hint: es (expected: not set with model flux-general-en)");
            assertThat(problems(vendor, Map.of("key", "k"))).isEmpty();
        }

        @Test
        void shouldWantSilenceAndNoKeepAlive() {
            Traits traits = vendor.traits(Openings.options(vendor, Map.of()));
            assertThat(traits.idle()).isEqualTo(new Traits.Idle.Silence(Duration.ofMillis(500)));
            assertThat(traits.endpointing()).isTrue();
            assertThat(vendor.traits(Openings.options(vendor, Map.of("eot-threshold", "1.0")))
                            .endpointing())
                    .isFalse();
        }
    }
}
