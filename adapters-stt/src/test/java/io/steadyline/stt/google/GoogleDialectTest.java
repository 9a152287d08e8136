package io.steadyline.stt.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.speech.v2.ExplicitDecodingConfig.AudioEncoding;
import com.google.cloud.speech.v2.RecognitionConfig;
import com.google.cloud.speech.v2.SpeechRecognitionAlternative;
import com.google.cloud.speech.v2.StreamingRecognitionFeatures;
import com.google.cloud.speech.v2.StreamingRecognitionFeatures.EndpointingSensitivity;
import com.google.cloud.speech.v2.StreamingRecognitionResult;
import com.google.cloud.speech.v2.StreamingRecognizeRequest;
import com.google.cloud.speech.v2.StreamingRecognizeResponse;
import com.google.cloud.speech.v2.StreamingRecognizeResponse.SpeechEventType;
import com.google.cloud.speech.v2.WordInfo;
import com.google.protobuf.Duration;
import io.steadyline.media.Encoding;
import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.FailureKind;
import io.steadyline.stt.vendor.HearingLog;
import io.steadyline.stt.vendor.Opening;
import io.steadyline.stt.vendor.Openings;
import io.steadyline.stt.vendor.Outlet;
import io.steadyline.stt.vendor.VendorAudio;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoogleDialectTest {

    /** Requests as they were sent. */
    private static final class Sent implements Outlet {
        private final List<StreamingRecognizeRequest> requests = new ArrayList<>();
        private boolean closed;

        @Override
        public void text(String text) {
            throw new AssertionError(text);
        }

        @Override
        public void binary(byte[] data) {
            try {
                requests.add(StreamingRecognizeRequest.parseFrom(data));
            } catch (IOException unreadable) {
                throw new AssertionError(unreadable);
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private final GoogleVendor vendor = new GoogleVendor();
    private final Sent out = new Sent();
    private final HearingLog hearing = new HearingLog();
    private final Dialect dialect = vendor.dialect(opening(Map.of(), List.of()));

    private Opening opening(Map<String, String> more, List<String> hints) {
        Map<String, String> given = new LinkedHashMap<>(Map.of("project", "p1", "token", "t"));
        given.putAll(more);
        return Openings.of(vendor, given, hints, "");
    }

    private StreamingRecognizeRequest first(Opening opening) {
        vendor.dialect(opening).onOpened(out, hearing);
        return out.requests.getLast();
    }

    private void receive(StreamingRecognizeResponse.Builder response) throws Dialect.Garbled {
        dialect.onBinary(response.build().toByteArray(), out, hearing);
    }

    private static Duration at(long ms) {
        return Duration.newBuilder()
                .setSeconds(ms / 1000)
                .setNanos((int) (ms % 1000) * 1_000_000)
                .build();
    }

    private static StreamingRecognitionResult.Builder result(String text, boolean isFinal) {
        return StreamingRecognitionResult.newBuilder()
                .setIsFinal(isFinal)
                .addAlternatives(SpeechRecognitionAlternative.newBuilder().setTranscript(text))
                .setResultEndOffset(at(1_500));
    }

    private static StreamingRecognizeResponse.Builder response(StreamingRecognitionResult.Builder... results) {
        StreamingRecognizeResponse.Builder response = StreamingRecognizeResponse.newBuilder();
        for (StreamingRecognitionResult.Builder result : results) {
            response.addResults(result);
        }
        return response;
    }

    @Nested
    class TheFirstMessage {

        @Test
        void shouldDescribeTheCall() {
            StreamingRecognizeRequest request = first(opening(Map.of(), List.of()));

            assertThat(request.getRecognizer()).isEqualTo("projects/p1/locations/global/recognizers/_");
            RecognitionConfig config = request.getStreamingConfig().getConfig();
            assertThat(config.getExplicitDecodingConfig().getEncoding()).isEqualTo(AudioEncoding.MULAW);
            assertThat(config.getExplicitDecodingConfig().getSampleRateHertz()).isEqualTo(8_000);
            assertThat(config.getExplicitDecodingConfig().getAudioChannelCount())
                    .isEqualTo(1);
            assertThat(config.getModel()).isEqualTo("telephony");
            assertThat(config.getLanguageCodesList()).containsExactly("en-US");
            assertThat(config.getFeatures().getEnableAutomaticPunctuation()).isTrue();
            assertThat(config.getFeatures().getEnableWordTimeOffsets()).isTrue();
            assertThat(config.getFeatures().getEnableWordConfidence()).isTrue();
            assertThat(config.getFeatures().getProfanityFilter()).isFalse();
            assertThat(config.hasAdaptation()).isFalse();
            StreamingRecognitionFeatures features = request.getStreamingConfig().getStreamingFeatures();
            assertThat(features.getInterimResults()).isTrue();
            assertThat(features.getEnableVoiceActivityEvents()).isTrue();
            assertThat(features.hasVoiceActivityTimeout()).isFalse();
            assertThat(features.getEndpointingSensitivity())
                    .isEqualTo(EndpointingSensitivity.ENDPOINTING_SENSITIVITY_UNSPECIFIED);
            assertThat(hearing.lines()).containsExactly("ready ");
        }

        @Test
        void shouldFollowTheOptions() {
            StreamingRecognizeRequest request = first(opening(
                    Map.ofEntries(
                            Map.entry("location", "eu"),
                            Map.entry("recognizer", "calls"),
                            Map.entry("model", "chirp_3"),
                            Map.entry("language", "de-DE"),
                            Map.entry("alternative-languages", "fr-FR, it-IT"),
                            Map.entry("punctuation", "false"),
                            Map.entry("profanity-filter", "true"),
                            Map.entry("word-confidence", "false"),
                            Map.entry("interim", "false"),
                            Map.entry("vad-events", "false"),
                            Map.entry("speech-start-timeout-ms", "5500"),
                            Map.entry("endpointing-sensitivity", "short"),
                            Map.entry("hint-boost", "10.5")),
                    List.of("Steadyline")));

            assertThat(request.getRecognizer()).isEqualTo("projects/p1/locations/eu/recognizers/calls");
            RecognitionConfig config = request.getStreamingConfig().getConfig();
            assertThat(config.getModel()).isEqualTo("chirp_3");
            assertThat(config.getLanguageCodesList()).containsExactly("de-DE", "fr-FR", "it-IT");
            assertThat(config.getFeatures().getEnableAutomaticPunctuation()).isFalse();
            assertThat(config.getFeatures().getEnableWordConfidence()).isFalse();
            assertThat(config.getFeatures().getProfanityFilter()).isTrue();
            assertThat(config.getAdaptation()
                            .getPhraseSets(0)
                            .getInlinePhraseSet()
                            .getBoost())
                    .isEqualTo(10.5f);
            assertThat(config.getAdaptation()
                            .getPhraseSets(0)
                            .getInlinePhraseSet()
                            .getPhrases(0)
                            .getValue())
                    .isEqualTo("Steadyline");
            StreamingRecognitionFeatures features = request.getStreamingConfig().getStreamingFeatures();
            assertThat(features.getInterimResults()).isFalse();
            assertThat(features.getEnableVoiceActivityEvents()).isFalse();
            assertThat(features.getVoiceActivityTimeout().getSpeechStartTimeout())
                    .isEqualTo(at(5_500));
            assertThat(features.getVoiceActivityTimeout().hasSpeechEndTimeout()).isFalse();
            assertThat(features.getEndpointingSensitivity())
                    .isEqualTo(EndpointingSensitivity.ENDPOINTING_SENSITIVITY_SHORT);
        }

        @ParameterizedTest
        @CsvSource({"MULAW, 8000, MULAW", "ALAW, 8000, ALAW", "L16, 16000, LINEAR16"})
        void shouldNameTheEncoding(Encoding encoding, int rateHz, AudioEncoding wanted) {
            Opening opening = Openings.withAudio(opening(Map.of(), List.of()), new VendorAudio(encoding, rateHz));
            RecognitionConfig config = first(opening).getStreamingConfig().getConfig();

            assertThat(config.getExplicitDecodingConfig().getEncoding()).isEqualTo(wanted);
            assertThat(config.getExplicitDecodingConfig().getSampleRateHertz()).isEqualTo(rateHz);
        }

        @Test
        void shouldKeepHintsFromAModelThatRefusesThem() {
            StreamingRecognizeRequest request = first(opening(Map.of(), List.of("Steadyline")));

            assertThat(request.getStreamingConfig().getConfig().hasAdaptation()).isFalse();
            assertThat(hearing.lines())
                    .containsExactly(
                            "warned hints: not sent (expected: a model other than telephony, or adaptation: true)",
                            "ready ");
        }

        @Test
        void shouldSendHintsWhereTheOperatorKnowsBetter() {
            StreamingRecognizeRequest request =
                    first(opening(Map.of("adaptation", "true"), List.of("Steadyline", "b".repeat(101))));

            assertThat(request.getStreamingConfig()
                            .getConfig()
                            .getAdaptation()
                            .getPhraseSets(0)
                            .getInlinePhraseSet()
                            .getPhrasesCount())
                    .isEqualTo(1);
            assertThat(hearing.lines())
                    .containsExactly("warned hints: 1 not sent (expected: at most 100 characters)", "ready ");
        }
    }

    @Nested
    class Sending {

        @Test
        void shouldPutAudioIntoMessages() {
            dialect.audio(new byte[] {1, 2, 3}, out);

            assertThat(out.requests.getLast().getAudio().toByteArray()).containsExactly(1, 2, 3);
        }

        @Test
        void shouldHalfCloseAtTheEnd() {
            dialect.endOfInput(out);

            assertThat(out.closed).isTrue();
        }
    }

    @Nested
    class Hears {

        @Test
        void shouldJoinThePiecesOfAnInterim() throws Dialect.Garbled {
            receive(response(result("my name", false), result(" is", false)));

            assertThat(hearing.lines()).containsExactly("interim \"my name is\"");
        }

        @Test
        void shouldTellAFinalOnceAndThenWhatFollowsIt() throws Dialect.Garbled {
            receive(response(result("one.", true), result(" two", false)));

            assertThat(hearing.lines())
                    .containsExactly("final \"one.\" -1-1500 []", "utterance ended 1500", "interim \"two\"");
        }

        @Test
        void shouldTellWordsWithTheirPlaces() throws Dialect.Garbled {
            receive(response(StreamingRecognitionResult.newBuilder()
                    .setIsFinal(true)
                    .setResultEndOffset(at(900))
                    .addAlternatives(SpeechRecognitionAlternative.newBuilder()
                            .setTranscript("so it")
                            .setConfidence(0.5f)
                            .addWords(WordInfo.newBuilder()
                                    .setWord("so")
                                    .setEndOffset(at(300))
                                    .setConfidence(0.25f))
                            .addWords(WordInfo.newBuilder()
                                    .setWord("it")
                                    .setStartOffset(at(300))
                                    .setEndOffset(at(850))))));

            assertThat(hearing.lines())
                    .containsExactly("final \"so it\" 0-900 0.5 [so 0-300 0.25, it 300-850]", "utterance ended 900");
        }

        @Test
        void shouldTakeWordsWithoutOffsetsForWordsWithoutAPlace() throws Dialect.Garbled {
            receive(response(StreamingRecognitionResult.newBuilder()
                    .setIsFinal(true)
                    .addAlternatives(SpeechRecognitionAlternative.newBuilder()
                            .setTranscript("so")
                            .addWords(WordInfo.newBuilder().setWord("so")))));

            assertThat(hearing.lines()).containsExactly("final \"so\" -1--1 [so -1--1]", "utterance ended -1");
        }

        @Test
        void shouldTellWhereSpeechStartsAndEnds() throws Dialect.Garbled {
            receive(StreamingRecognizeResponse.newBuilder()
                    .setSpeechEventType(SpeechEventType.SPEECH_ACTIVITY_BEGIN)
                    .setSpeechEventOffset(at(1_240)));
            receive(StreamingRecognizeResponse.newBuilder()
                    .setSpeechEventType(SpeechEventType.SPEECH_ACTIVITY_END)
                    .setSpeechEventOffset(at(2_480)));

            assertThat(hearing.lines()).containsExactly("speech started 1240", "speech ended 2480");
        }

        @Test
        void shouldHearNothingInEmptyOrUnknownMessages() throws Dialect.Garbled {
            receive(StreamingRecognizeResponse.newBuilder());
            receive(StreamingRecognizeResponse.newBuilder().setSpeechEventTypeValue(77));
            receive(response(result("", true), result(" ", false)));
            receive(response(StreamingRecognitionResult.newBuilder().setIsFinal(true)));

            assertThat(hearing.lines()).isEmpty();
        }

        @Test
        void shouldNotReadWhatIsNotItsLanguage() {
            assertThatThrownBy(() -> dialect.onBinary(new byte[] {-1, -1, -1}, out, hearing))
                    .isInstanceOf(Dialect.Garbled.class)
                    .hasMessageContaining("3 bytes (expected: a StreamingRecognizeResponse)");
            assertThatThrownBy(() -> dialect.onText("{}", out, hearing)).isInstanceOf(Dialect.Garbled.class);
        }
    }

    @Nested
    class TheEnd {

        @ParameterizedTest
        @CsvSource({
            "10, Max duration of 5 minutes reached for stream., EXPIRED",
            "11, Exceeded maximum allowed stream duration of 305 seconds., EXPIRED",
            "10, Stream timed out after receiving no more client requests., IDLE",
            "11, Audio Timeout Error: Long duration elapsed without audio., IDLE",
            "10, something else, TRANSIENT",
            "11, something else, TRANSIENT",
            "16, bad token, AUTH",
            "7, no permission, AUTH",
            "3, Recognizer does not support feature, CONFIG",
            "8, Quota exceeded, RATE_LIMIT",
            "14, unavailable, TRANSIENT",
            "0, ended too early, TRANSIENT",
        })
        void shouldMeanWhatGoogleMeansByIt(int code, String reason, FailureKind kind) {
            assertThat(dialect.onClosed(new Closing(code, reason)).kind()).isEqualTo(kind);
        }

        @Test
        void shouldBeOursAfterTheEndOfInput() {
            dialect.endOfInput(out);

            assertThat(dialect.onClosed(new Closing(Closing.COMPLETE, "")).kind())
                    .isEqualTo(FailureKind.LOCAL);
            assertThat(dialect.onClosed(new Closing(14, "")).kind()).isEqualTo(FailureKind.TRANSIENT);
        }

        @Test
        void shouldAskForANewStreamAfterASingleUtterance() throws Dialect.Garbled {
            receive(StreamingRecognizeResponse.newBuilder()
                    .setSpeechEventType(SpeechEventType.END_OF_SINGLE_UTTERANCE));

            assertThat(dialect.onClosed(new Closing(Closing.COMPLETE, "")).kind())
                    .isEqualTo(FailureKind.EXPIRED);
        }
    }
}
