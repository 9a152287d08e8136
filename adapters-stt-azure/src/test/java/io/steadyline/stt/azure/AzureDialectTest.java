package io.steadyline.stt.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.cognitiveservices.speech.CancellationErrorCode;
import com.microsoft.cognitiveservices.speech.CancellationReason;
import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.FailureKind;
import io.steadyline.stt.vendor.HearingLog;
import io.steadyline.stt.vendor.OutletLog;
import io.steadyline.stt.vendor.Refusal;
import java.math.BigInteger;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AzureDialectTest {

    private static final String PHRASE = """
        {"Id":"1","RecognitionStatus":"Success","Offset":12300000,"Duration":8400000,"Channel":0,
         "DisplayText":"Not this.","NBest":[{"Confidence":0.75,"Lexical":"hello there","ITN":"hello there",
         "MaskedITN":"hello there","Display":"Hello there.","Words":[
         {"Word":"hello","Offset":12300000,"Duration":3000000},
         {"Word":"there","Offset":15400000,"Duration":5300000}]},
         {"Confidence":0.1,"Display":"Yellow hair."}]}\
        """;

    private final AzureDialect dialect = new AzureDialect();
    private final OutletLog out = new OutletLog();
    private final HearingLog hearing = new HearingLog();

    private void receive(String message) throws Dialect.Garbled {
        dialect.onText(message, out, hearing);
    }

    private static String canceled(CancellationReason reason, CancellationErrorCode code, String details) {
        return AzureMessages.canceled(reason, code, details);
    }

    @Nested
    class Hears {

        @Test
        void shouldBeReadyWithTheSessionsName() throws Dialect.Garbled {
            dialect.onOpened(out, hearing);
            assertThat(hearing.lines()).isEmpty();
            receive(AzureMessages.connected("abc"));
            receive(AzureMessages.connected("abc"));

            assertThat(hearing.lines()).containsExactly("ready abc");
        }

        @Test
        void shouldTellWhereSpeechStartsAndEnds() throws Dialect.Garbled {
            receive(AzureMessages.speech(AzureMessages.SPEECH_START, BigInteger.valueOf(12_300_000)));
            receive(AzureMessages.speech(AzureMessages.SPEECH_END, BigInteger.valueOf(20_700_000)));

            assertThat(hearing.lines()).containsExactly("speech started 1230", "speech ended 2070");
        }

        @Test
        void shouldTellInterims() throws Dialect.Garbled {
            receive(AzureMessages.result(
                    AzureMessages.RECOGNIZING, "{\"Id\":\"1\",\"Text\":\"hello\",\"Offset\":1,\"Duration\":2}"));

            assertThat(hearing.lines()).containsExactly("interim \"hello\"");
        }

        @Test
        void shouldTellTheBestFinalWithItsWords() throws Dialect.Garbled {
            receive(AzureMessages.result(AzureMessages.RECOGNIZED, PHRASE));

            assertThat(hearing.lines())
                    .containsExactly(
                            "final \"Hello there.\" 1230-2070 0.75 [hello 1230-1530, there 1540-2070]",
                            "utterance ended 2070");
        }

        @Test
        void shouldTellASimpleFinalToo() throws Dialect.Garbled {
            receive(AzureMessages.result(
                    AzureMessages.RECOGNIZED, "{\"RecognitionStatus\":\"Success\",\"DisplayText\":\"Yes.\"}"));

            assertThat(hearing.lines()).containsExactly("final \"Yes.\" -1--1 []", "utterance ended -1");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"RecognitionStatus\":\"NoMatch\",\"Offset\":1,\"Duration\":2}",
                    "{\"RecognitionStatus\":\"InitialSilenceTimeout\",\"DisplayText\":\"\"}",
                    ""
                })
        void shouldHearNothingInAResultWithoutText(String result) throws Dialect.Garbled {
            receive(AzureMessages.result(AzureMessages.RECOGNIZED, result));
            receive(AzureMessages.result(AzureMessages.RECOGNIZING, result));

            assertThat(hearing.lines()).isEmpty();
        }

        @Test
        void shouldPassOverWhatItDoesNotKnow() throws Dialect.Garbled {
            receive("{\"event\":\"somethingNew\"}");
            receive("{}");

            assertThat(hearing.lines()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "hello", "[]"})
        void shouldNotReadWhatIsNotItsLanguage(String message) {
            assertThatThrownBy(() -> receive(message)).isInstanceOf(Dialect.Garbled.class);
        }
    }

    @Nested
    class TheEnd {

        @Test
        void shouldBeToldOnceAfterTheEndOfInput() throws Dialect.Garbled {
            dialect.audio(new byte[320], out);
            dialect.endOfInput(out);
            receive(canceled(CancellationReason.EndOfStream, CancellationErrorCode.NoError, ""));
            receive(AzureMessages.stopped());

            assertThat(out.take()).containsExactly("<320 bytes>", "<close>");
            assertThat(hearing.lines()).containsExactly("ended");
            assertThat(dialect.onClosed(new Closing(Closing.COMPLETE, "")).kind())
                    .isEqualTo(FailureKind.LOCAL);
        }

        @Test
        void shouldBeAFailureBeforeTheEndOfInput() throws Dialect.Garbled {
            receive(AzureMessages.stopped());

            assertThat(hearing.lines()).isEmpty();
            assertThat(dialect.onClosed(new Closing(Closing.COMPLETE, "stopped"))
                            .kind())
                    .isEqualTo(FailureKind.TRANSIENT);
        }

        @Test
        void shouldBeALossWhenTheConnectionBrokeAfterTheEndOfInput() {
            dialect.endOfInput(out);

            assertThat(dialect.onClosed(new Closing(Closing.BROKEN, "lost")).kind())
                    .isEqualTo(FailureKind.TRANSIENT);
        }

        @ParameterizedTest
        @CsvSource({
            "AuthenticationFailure, AUTH",
            "Forbidden, AUTH",
            "BadRequest, CONFIG",
            "EmbeddedModelError, CONFIG",
            "TooManyRequests, RATE_LIMIT",
            "ConnectionFailure, TRANSIENT",
            "ServiceTimeout, TRANSIENT",
            "ServiceError, TRANSIENT",
            "ServiceUnavailable, TRANSIENT",
            "ServiceRedirectTemporary, TRANSIENT",
            "ServiceRedirectPermanent, TRANSIENT",
            "RuntimeError, TRANSIENT",
            "NoError, TRANSIENT",
        })
        void shouldHaveAKindForEachCode(CancellationErrorCode code, FailureKind kind) throws Dialect.Garbled {
            receive(canceled(CancellationReason.Error, code, "why"));

            assertThat(hearing.lines()).containsExactly("failed " + kind + " " + code);
            assertThat(hearing.failures().getFirst().message()).isEqualTo("canceled with " + code + " why");
        }

        /** The service closes with 1007, which the SDK reads as a bad request. */
        @Test
        void shouldNotTakeASpentQuotaForABadRequest() throws Dialect.Garbled {
            receive(canceled(
                    CancellationReason.Error,
                    CancellationErrorCode.BadRequest,
                    "Connection was closed by the remote host. Error code: 1007. Error details: Quota exceeded"));

            assertThat(hearing.failures().getFirst().kind()).isEqualTo(FailureKind.QUOTA);
        }

        /** It comes back within a minute; nobody has to pay for more. */
        @Test
        void shouldNotTakeTooManyRequestsForASpentQuota() throws Dialect.Garbled {
            receive(canceled(
                    CancellationReason.Error,
                    CancellationErrorCode.TooManyRequests,
                    "WebSocket upgrade failed: Too many requests (429). The request rate exceeds the quota."));

            assertThat(hearing.failures().getFirst().kind()).isEqualTo(FailureKind.RATE_LIMIT);
        }

        @Test
        void shouldNotTryAgainOnAMachineWithoutLibssl() throws Dialect.Garbled {
            receive(canceled(
                    CancellationReason.Error,
                    CancellationErrorCode.ConnectionFailure,
                    "Runtime error: Failed to initialize platform (azure-c-shared). Error: 2358"));

            assertThat(hearing.failures().getFirst().kind()).isEqualTo(FailureKind.CONFIG);
        }

        @Test
        void shouldSayWhatIsMissingWhereTheNativeCodeDoesNotLoad() {
            assertThat(AzureFailures.notLoaded(new ExceptionInInitializerError((String) null)))
                    .hasMessage("the Speech SDK's native code does not load (expected: libuuid and libstdc++ on this"
                            + " machine): java.lang.ExceptionInInitializerError");
        }

        @Test
        void shouldSayNothingOfAKeyInAnAddress() throws Dialect.Garbled {
            receive(canceled(
                    CancellationReason.Error,
                    CancellationErrorCode.ConnectionFailure,
                    "wss://x/?language=en&Subscription-Key=secret&Authorization=secret failed"));

            assertThat(hearing.failures().getFirst().message())
                    .doesNotContain("secret")
                    .contains("language=en");
        }

        @Test
        void shouldStartAgainWhenTheServiceHasStoppedListening() throws Dialect.Garbled {
            receive(canceled(
                    CancellationReason.Error,
                    CancellationErrorCode.ServiceTimeout,
                    "Due to service inactivity, the client buffer exceeded maximum size. Resetting the buffer."));

            assertThat(hearing.failures().getFirst().kind()).isEqualTo(FailureKind.IDLE);
        }

        @Test
        void shouldNotTryAgainWithoutTheNativeCode() {
            assertThat(dialect.onRefused(new Refusal(0, Map.of(), "no native code"))
                            .kind())
                    .isEqualTo(FailureKind.CONFIG);
        }
    }
}
