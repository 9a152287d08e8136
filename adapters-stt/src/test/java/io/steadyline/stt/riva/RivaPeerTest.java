package io.steadyline.stt.riva;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.steadyline.generated.riva.RecognitionConfig;
import io.steadyline.generated.riva.SpeechRecognitionAlternative;
import io.steadyline.generated.riva.StreamingRecognitionResult;
import io.steadyline.generated.riva.StreamingRecognizeRequest;
import io.steadyline.generated.riva.StreamingRecognizeResponse;
import io.steadyline.generated.riva.WordInfo;
import io.steadyline.stt.peer.GrpcLimits;
import io.steadyline.stt.peer.GrpcPeer;
import io.steadyline.stt.peer.NumberedAudio;
import io.steadyline.stt.peer.PeerDialect.Trouble;
import io.steadyline.stt.peer.PeerScript.Act;
import io.steadyline.stt.peer.RivaPeer;
import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.FailureKind;
import io.steadyline.stt.vendor.HearingLog;
import io.steadyline.stt.vendor.Opening;
import io.steadyline.stt.vendor.Openings;
import io.steadyline.stt.vendor.OutletLog;
import io.steadyline.stt.vendor.Talk;
import io.steadyline.stt.vendor.VendorAudio;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RivaPeerTest {

    private final RivaVendor vendor = new RivaVendor();

    @AfterEach
    void closeVendor() {
        vendor.close();
    }

    private Opening opening(Map<String, String> given, String... hints) {
        return Openings.of(vendor, given, List.of(hints), "");
    }

    @Nested
    class TheFirstMessage {

        private RecognitionConfig config(Opening opening) {
            return RivaRequests.first(opening).getStreamingConfig().getConfig();
        }

        @Test
        void shouldDescribeTheCall() {
            RecognitionConfig config = config(opening(Map.of()));

            assertThat(config.getEncodingValue()).isEqualTo(3);
            assertThat(config.getSampleRateHertz()).isEqualTo(8_000);
            assertThat(config.getLanguageCode()).isEqualTo("en-US");
            assertThat(config.getAudioChannelCount()).isEqualTo(1);
            assertThat(config.getMaxAlternatives()).isEqualTo(1);
            assertThat(config.getEnableAutomaticPunctuation()).isTrue();
            assertThat(config.getEnableWordTimeOffsets()).isTrue();
            assertThat(config.getModel()).isEmpty();
            assertThat(config.hasEndpointingConfig()).isFalse();
            assertThat(config.getSpeechContextsCount()).isZero();
        }

        @Test
        void shouldFollowTheOptions() {
            RecognitionConfig config = config(opening(
                    Map.of(
                            "model", "parakeet",
                            "profanity-filter", "true",
                            "verbatim", "true",
                            "stop-history-ms", "600",
                            "start-threshold", "0",
                            "custom-configuration", "speaker = off, a=b=c",
                            "hint-boost", "-3"),
                    "Steadyline"));

            assertThat(config.getModel()).isEqualTo("parakeet");
            assertThat(config.getProfanityFilter()).isTrue();
            assertThat(config.getVerbatimTranscripts()).isTrue();
            assertThat(config.getEndpointingConfig().getStopHistory()).isEqualTo(600);
            assertThat(config.getEndpointingConfig().hasStartThreshold()).isTrue();
            assertThat(config.getEndpointingConfig().hasStopThreshold()).isFalse();
            assertThat(config.getCustomConfigurationMap()).isEqualTo(Map.of("speaker", "off", "a", "b=c"));
            assertThat(config.getSpeechContexts(0).getPhrasesList()).containsExactly("Steadyline");
            assertThat(config.getSpeechContexts(0).getBoost()).isEqualTo(-3);
        }

        @Test
        void shouldUseTheNumbersOfTheWire() {
            byte[] audio = RivaRequests.audio(new byte[] {7}).toByteArray();

            assertThat(audio).containsExactly(0x12, 1, 7);
            assertThat(StreamingRecognizeRequest.STREAMING_CONFIG_FIELD_NUMBER).isEqualTo(1);
            assertThat(RecognitionConfig.ENDPOINTING_CONFIG_FIELD_NUMBER).isEqualTo(25);
        }
    }

    @Nested
    class Reading {

        private final Dialect dialect = vendor.dialect(opening(Map.of()));
        private final HearingLog hearing = new HearingLog();
        private final OutletLog out = new OutletLog();

        private void receive(StreamingRecognitionResult.Builder... results) throws Dialect.Garbled {
            StreamingRecognizeResponse.Builder response = StreamingRecognizeResponse.newBuilder();
            for (StreamingRecognitionResult.Builder result : results) {
                response.addResults(result);
            }
            dialect.onBinary(response.build().toByteArray(), out, hearing);
        }

        private static StreamingRecognitionResult.Builder result(String text, float confidence) {
            return StreamingRecognitionResult.newBuilder()
                    .addAlternatives(SpeechRecognitionAlternative.newBuilder()
                            .setTranscript(text)
                            .setConfidence(confidence));
        }

        @Test
        void shouldJoinThePiecesOfAnInterim() throws Dialect.Garbled {
            receive(result("my name", 0).setStability(0.9f), result(" is", 0).setStability(0.1f));

            assertThat(hearing.lines()).containsExactly("interim \"my name is\"");
        }

        @ParameterizedTest
        @CsvSource({"-3.5", "0", "1.5"})
        void shouldNotTakeAScoreForAConfidence(float score) throws Dialect.Garbled {
            receive(result("yes ", score).setIsFinal(true).setAudioProcessed(1.28f));

            assertThat(hearing.lines()).containsExactly("final \"yes\" -1-1280 []", "utterance ended 1280");
        }

        @Test
        void shouldTellWordsInMs() throws Dialect.Garbled {
            StreamingRecognitionResult.Builder settled = result("yes", 0.5f).setIsFinal(true);
            settled.getAlternativesBuilder(0)
                    .addWords(WordInfo.newBuilder()
                            .setWord("yes")
                            .setStartTime(80)
                            .setEndTime(240)
                            .setConfidence(0.25f));
            receive(settled);

            assertThat(hearing.lines())
                    .containsExactly("final \"yes\" 80-240 0.5 [yes 80-240 0.25]", "utterance ended 240");
        }

        @Test
        void shouldHearNothingInEmptyMessages() throws Dialect.Garbled {
            receive();
            receive(StreamingRecognitionResult.newBuilder().setIsFinal(true));
            receive(result(" ", 1).setIsFinal(true), result("", 1));

            assertThat(hearing.lines()).isEmpty();
        }

        @Test
        void shouldNotReadWhatIsNotItsLanguage() {
            assertThatThrownBy(() -> dialect.onBinary(new byte[] {-1, -1}, out, hearing))
                    .isInstanceOf(Dialect.Garbled.class);
            assertThatThrownBy(() -> dialect.onText("{}", out, hearing)).isInstanceOf(Dialect.Garbled.class);
        }

        @Test
        void shouldTellItsOwnEndFromTheServers() {
            assertThat(dialect.onClosed(new Closing(0, "")).kind()).isEqualTo(FailureKind.TRANSIENT);
            dialect.endOfInput(out);
            assertThat(out.take()).containsExactly("<close>");
            assertThat(dialect.onClosed(new Closing(0, "")).kind()).isEqualTo(FailureKind.LOCAL);
            assertThat(dialect.onClosed(new Closing(3, "")).kind()).isEqualTo(FailureKind.CONFIG);
        }
    }

    /** Over a real connection, with a server made from the generated base class. */
    @Nested
    class OverTheWire {

        private final GrpcPeer peer =
                new GrpcPeer(RivaPeer::service, RivaPeer::new, VendorAudio.MULAW_8K, GrpcLimits.NONE);

        @AfterEach
        void close() {
            peer.close();
        }

        private Talk talk(String key) {
            return Talk.open(vendor, opening(Map.of("url", peer.uri().toString(), "key", key)));
        }

        private static byte[] speech(int frames) {
            return NumberedAudio.joined(
                    IntStream.range(0, frames).mapToObj(NumberedAudio::speaking).toArray(byte[][]::new));
        }

        @Test
        void shouldHearWhatIsSaid() {
            Talk talk = talk("good-key").audio(speech(50)).endOfInput();
            await().until(talk::isOver);

            assertThat(talk.heard())
                    .containsExactly(
                            "ready ",
                            "interim \"f0\"",
                            "interim \"f0 f25\"",
                            "interim \"f0 f25\"",
                            "final \"f0 f25\" 0-1000 0.699999988079071 [f0 0-500 0.6000000238418579, f25 500-1000"
                                    + " 0.6000000238418579]",
                            "utterance ended 1000");
            assertThat(talk.failure().kind()).isEqualTo(FailureKind.LOCAL);
        }

        @Test
        void shouldBeRefusedWithAWrongKey() {
            Talk talk = talk("bad-key");
            await().until(talk::isOver);

            assertThat(talk.failure().kind()).isEqualTo(FailureKind.AUTH);
            assertThat(talk.failure().message()).doesNotContain("bad-key");
        }

        @ParameterizedTest
        @EnumSource(Trouble.class)
        void shouldHaveAKindForEachMishap(Trouble trouble) {
            peer.script(1).afterAudio(800, new Act.Say(trouble));
            Talk talk = talk("good-key").audio(speech(5));
            await().until(talk::isOver);

            assertThat(talk.failure().kind())
                    .isEqualTo(
                            switch (trouble) {
                                case AUTH -> FailureKind.AUTH;
                                case QUOTA -> FailureKind.RATE_LIMIT;
                                case LIMIT_REACHED, SERVER_ERROR, IDLE -> FailureKind.TRANSIENT;
                            });
        }
    }
}
