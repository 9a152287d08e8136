package io.steadyline.stt.google;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.stt.vendor.CommonOptions;
import io.steadyline.stt.vendor.Opening;
import io.steadyline.stt.vendor.Openings;
import io.steadyline.stt.vendor.Options;
import io.steadyline.stt.vendor.Traits;
import io.steadyline.stt.vendor.VendorAudio;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoogleVendorTest {

    private final GoogleVendor vendor = new GoogleVendor();

    @AfterEach
    void close() {
        vendor.close();
    }

    private static Map<String, String> good(String name, String value) {
        return Map.of("project", "p1", name, value);
    }

    @Nested
    class Problems {

        @Test
        void shouldNeedNothingButAProject() {
            assertThat(CommonOptions.problems(vendor, Map.of("project", "p1"))).isEmpty();
            assertThat(CommonOptions.problems(vendor, Map.of()))
                    .containsExactly("project: missing (expected: a Google Cloud project)");
        }

        @ParameterizedTest
        @CsvSource({"location, evil.example/", "location, a.b", "recognizer, a/b", "location, US"})
        void shouldRefuseANameThatLeadsElsewhere(String name, String value) {
            assertThat(CommonOptions.problems(vendor, good(name, value)))
                    .containsExactly(name + ": " + value + " (expected: letters, digits and hyphens)");
        }

        @Test
        void shouldRefuseAProjectThatLeadsElsewhere() {
            assertThat(CommonOptions.problems(vendor, Map.of("project", "a/b")))
                    .containsExactly("project: a/b (expected: letters, digits and hyphens)");
        }

        @ParameterizedTest
        @CsvSource({"chunk-ms, 200", "max-session-s, 301", "endpointing-sensitivity, quick", "hint-boost, 21"})
        void shouldKeepTheVendorsBounds(String name, String value) {
            assertThat(CommonOptions.problems(vendor, good(name, value)))
                    .singleElement()
                    .asString()
                    .startsWith(name + ": " + value + " (expected: ");
        }

        @Test
        void shouldRefuseAHintThatIsTooLong() {
            assertThat(CommonOptions.problems(vendor, good("hints", "a".repeat(100))))
                    .isEmpty();
            assertThat(CommonOptions.problems(vendor, good("hints", "short," + "a".repeat(101))))
                    .containsExactly("hints: one of 101 characters (expected: at most 100): " + "a".repeat(50) + "…");
        }

        @Test
        void shouldSendNoAccountsTokenWithoutTls() {
            assertThat(CommonOptions.problems(vendor, good("url", "http://127.0.0.1:1")))
                    .singleElement()
                    .asString()
                    .startsWith("token: missing");
        }

        @Test
        void shouldNotTakeTwoIdentities() {
            assertThat(CommonOptions.problems(
                            vendor, Map.of("project", "p", "token", "t", "credentials-file", "sa.json")))
                    .containsExactly("credentials-file: set, as token is (expected: one of both)");
        }
    }

    @Nested
    class Places {

        @ParameterizedTest
        @CsvSource({
            "global, https://speech.googleapis.com:443",
            "eu, https://eu-speech.googleapis.com:443",
            "europe-west4, https://europe-west4-speech.googleapis.com:443",
        })
        void shouldFitTheLocation(String location, String server) {
            assertThat(vendor.route(Openings.of(vendor, good("location", location))))
                    .hasToString(server + "/google.cloud.speech.v2.Speech/StreamingRecognize");
        }

        @Test
        void shouldBeWhereTheUrlSays() {
            Opening opening = Openings.of(vendor, Map.of("project", "p", "url", "http://127.0.0.1:8123", "token", "t"));

            assertThat(vendor.route(opening))
                    .asString()
                    .startsWith("http://127.0.0.1:8123/")
                    .doesNotContain("Bearer");
        }
    }

    @Nested
    class Promises {

        private final Options plain = Openings.options(vendor, Map.of());

        @Test
        void shouldBeThoseOfTheSheet() {
            Traits traits = vendor.traits(plain);

            assertThat(traits.audio()).startsWith(VendorAudio.MULAW_8K);
            assertThat(traits.chunk()).isEqualTo(Duration.ofMillis(100));
            assertThat(traits.maxSession()).contains(Duration.ofMinutes(5));
            assertThat(traits.idle()).isEqualTo(new Traits.Idle.Silence(Duration.ofSeconds(5)));
            assertThat(traits.flushes()).isFalse();
            assertThat(traits.endpointing()).isTrue();
            assertThat(traits.speechEvents()).isTrue();
            assertThat(traits.words()).isTrue();
        }

        @Test
        void shouldFollowTheOptions() {
            Traits traits = vendor.traits(plain.with(Map.of("vad-events", "false", "words", "false")));

            assertThat(traits.speechEvents()).isFalse();
            assertThat(traits.words()).isFalse();
        }

        @Test
        void shouldKeepTheLimitsWhenAllCommonOptionsAreAtTheirDefaults() {
            assertThat(CommonOptions.applied(vendor.traits(plain), plain)).isEqualTo(vendor.traits(plain));
        }
    }
}
