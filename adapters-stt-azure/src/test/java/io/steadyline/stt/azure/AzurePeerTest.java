package io.steadyline.stt.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.steadyline.media.Encoding;
import io.steadyline.stt.peer.NumberedAudio;
import io.steadyline.stt.peer.PeerDialect.Trouble;
import io.steadyline.stt.peer.PeerScript.Act;
import io.steadyline.stt.peer.WebSocketPeer;
import io.steadyline.stt.vendor.VendorAudio;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The peer alone, with a client written by hand: the SDK's native code is not needed. */
class AzurePeerTest {

    private static final String CONTEXT = "Path:speech.context\r\nX-RequestId:";
    private static final String REQUEST_ID = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    private static final String CONVERSATION = "/speech/recognition/conversation/cognitiveservices/v1";

    private final WebSocketPeer peer = new WebSocketPeer(AzurePeer::new, VendorAudio.L16_8K);

    @AfterEach
    void close() {
        peer.forgive();
        peer.close();
    }

    private UspClient client() {
        return UspClient.open(peer.uri(CONVERSATION + "?language=en-US&format=detailed"), AzurePeer.KEY);
    }

    private static byte[] speech(int from, int frames) {
        return NumberedAudio.speech(from, frames, Encoding.L16);
    }

    @Nested
    class Hears {

        @Test
        void shouldTellATurnFromItsStartToItsEnd() throws Exception {
            UspClient client = client().config().context("a").header("a");
            client.audio("a", speech(0, 100)).audio("a", new byte[0]);
            await().until(() -> client.paths().contains("turn.end"));

            assertThat(client.paths())
                    .containsExactly(
                            "turn.start",
                            "speech.startDetected",
                            "speech.hypothesis",
                            "speech.hypothesis",
                            "speech.hypothesis",
                            "speech.phrase",
                            "speech.endDetected",
                            "speech.phrase",
                            "turn.end");
            assertThat(client.said("speech.phrase"))
                    .startsWith("{\"Offset\":0,\"Duration\":20000000,\"RecognitionStatus\":\"Success\",\"NBest\":")
                    .contains("\"Display\":\"f0 f25 f50 f75\"")
                    .contains("{\"Word\":\"f25\",\"Offset\":5000000,\"Duration\":5000000}");
        }

        @Test
        void shouldTellASimplePhraseWhereNobodyAskedForDetails() throws Exception {
            UspClient client = UspClient.open(peer.uri(CONVERSATION + "?language=en-US"), AzurePeer.KEY);
            client.config().context("a").header("a").audio("a", speech(0, 100));
            await().until(() -> client.paths().contains("speech.phrase"));

            assertThat(client.said("speech.phrase")).contains("\"DisplayText\":\"f0 f25 f50 f75\"");
        }

        @Test
        void shouldCountFromTheBeginningOfEachTurn() throws Exception {
            try (WebSocketPeer shortTurns = new WebSocketPeer(() -> new AzurePeer(1_000), VendorAudio.L16_8K)) {
                UspClient client =
                        UspClient.open(shortTurns.uri(CONVERSATION + "?language=en-US&format=detailed"), AzurePeer.KEY);
                client.config().context("a").header("a").audio("a", speech(0, 50));
                await().until(() -> client.paths().contains("turn.end"));
                client.audio("a", speech(50, 5)).context("b").header("b").audio("b", speech(50, 50));
                await().until(() -> client.texts().stream()
                                .filter(text -> text.contains("turn.end"))
                                .count()
                        == 2);

                assertThat(client.texts())
                        .filteredOn(text -> text.contains("speech.phrase"))
                        .hasSize(2)
                        .allMatch(text -> text.contains("{\"Offset\":0,\"Duration\":10000000,"))
                        .last(InstanceOfAssertFactories.STRING)
                        .contains("\"Display\":\"f50 f75\"");
            }
        }
    }

    @Nested
    class Refuses {

        @ParameterizedTest
        @CsvSource({
            "/speech/synthesis?language=en-US, good-key, 404",
            "/speech/recognition/conversation/cognitiveservices/v1?language=en-US, bad-key, 401",
            "/speech/recognition/conversation/cognitiveservices/v1, good-key, 400",
        })
        void shouldRefuseTheRequest(String target, String key, int status) {
            assertThat(UspClient.refusedWith(peer.uri(target), key)).isEqualTo(status);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "no headers",
                    "Path:speech.config\r\n\r\n{\"context\":{}}",
                    "Path:speech.config\r\n\r\n[]",
                    CONTEXT + REQUEST_ID + "\r\n\r\n{\"phraseDetection\":{}}",
                    "Path:something\r\n\r\n{}",
                    "Path:telemetry\r\nX-RequestId:none\r\n\r\n{}"
                })
        void shouldCloseOnWhatIsNotItsProtocol(String message) throws Exception {
            UspClient client = client().text(message);
            await().until(() -> client.closeCode() == 1007);

            assertThat(client.paths()).isEmpty();
        }

        @Test
        void shouldWantTheHeadOfAWaveFirst() throws Exception {
            UspClient client = client().config().context("a").audio("a", speech(0, 5));
            await().until(() -> client.closeCode() == 1007);

            assertThat(client.closeReason()).contains("audio/x-wav");
        }

        @Test
        void shouldWantAudioToBelongToATurn() throws Exception {
            UspClient client = client().config().context("a").audio("b", speech(0, 5));
            await().until(() -> client.closeCode() == 1007);

            assertThat(client.closeReason()).contains("X-RequestId");
        }
    }

    @Nested
    class GoesWrong {

        @ParameterizedTest
        @CsvSource({"QUOTA, 1007, Quota exceeded", "SERVER_ERROR, 1011, Internal server error", "LIMIT_REACHED, 1000,"})
        void shouldSayItInItsCloseFrame(Trouble trouble, int code, @Nullable String reason) throws Exception {
            peer.script(1).opened(new Act.Say(trouble));
            UspClient client = client();
            await().until(() -> client.closeCode() == code);

            assertThat(client.closeReason()).isEqualTo(reason == null ? "" : reason);
        }

        @Test
        void shouldEndTheTurnBeforeItsTimeIsOver() throws Exception {
            peer.script(1).afterAudio(16_000, new Act.Say(Trouble.LIMIT_REACHED));
            UspClient client = client().config().context("a").header("a").audio("a", speech(0, 50));
            await().until(() -> client.closeCode() == 1000);

            assertThat(client.paths()).endsWith("speech.phrase", "turn.end");
            assertThat(peer.latest().recogniser().finals()).isEqualTo(List.of("f0 f25"));
        }
    }
}
