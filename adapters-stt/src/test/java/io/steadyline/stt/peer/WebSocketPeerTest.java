package io.steadyline.stt.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.steadyline.stt.peer.PeerDialect.Trouble;
import io.steadyline.stt.peer.PeerScript.Act;
import io.steadyline.stt.vendor.VendorAudio;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class WebSocketPeerTest {

    private final WebSocketPeer peer = new WebSocketPeer(PlainPeer::new, VendorAudio.MULAW_8K);

    @AfterEach
    void closePeer() {
        peer.close();
    }

    private RawClient opened() throws IOException {
        RawClient client = new RawClient(peer);
        assertThat(client.upgrade()).startsWith("HTTP/1.1 101 ");
        return client;
    }

    @Test
    void shouldSpeakItsLanguageAndCount() throws IOException {
        try (RawClient client = opened()) {
            client.text("hello");
            assertThat(client.readText()).isEqualTo("129 echo hello");
            for (int n = 0; n < 25; n++) {
                client.frame(0x82, true, new byte[0]);
                client.frame(0x02, true, Arrays.copyOfRange(NumberedAudio.speaking(n), 0, 80));
                client.frame(0x80, true, Arrays.copyOfRange(NumberedAudio.speaking(n), 80, 160));
            }
            assertThat(client.readText()).isEqualTo("129 speech 0");
            assertThat(client.readText()).isEqualTo("129 interim f0");
            client.text("end");
            assertThat(client.readText()).isEqualTo("129 final f0");
            assertThat(client.readText()).isEqualTo("129 utterance 500");
            assertThat(client.readText()).isEqualTo("129 ended 500");
            assertThat(client.readClose()).isEqualTo(1000);
            assertThat(peer.openNow()).isOne();

            client.frame(0x88, true, new byte[] {3, (byte) 0xE8});

            assertThat(client.isAtEnd()).isTrue();
        }
        await().until(() -> peer.openNow() == 0 && peer.socketsNow() == 0);
        PeerConnection connection = peer.latest();
        assertThat(connection.clientCloseCode()).hasValue(1000);
        assertThat(connection.audioBytes()).isEqualTo(4_000);
        assertThat(connection.textsHeard()).containsExactly("hello", "end");
        assertThat(connection.textsSent()).contains("final f0");
        assertThat(connection.messagesSent()).isEqualTo(6);
        assertThat(connection.request().query()).containsEntry("x", "1");
        assertThat(connection.recogniser().heard()).hasSize(25);
        assertThat(peer.openedEver()).isOne();
    }

    @Test
    void shouldAnswerPingAndClose() throws IOException {
        try (RawClient client = opened()) {
            client.frame(0x89, true, "there?".getBytes(StandardCharsets.UTF_8));
            assertThat(client.readText()).isEqualTo("138 there?");

            client.frame(0x88, true, new byte[] {3, (byte) 0xE9});

            assertThat(client.readClose()).isEqualTo(1001);
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Nested
    class Strictness {

        @ParameterizedTest
        @CsvSource({
            "0x81, false, 1002, not masked",
            "0xC1, true, 1002, reserved bits",
            "0x83, true, 1002, opcode",
            "0x80, true, 1002, opcode",
            "0x09, true, 1002, control frame",
        })
        void shouldRefuseFramesThatBreakTheRules(String first, boolean masked, int code, String why)
                throws IOException {
            try (RawClient client = opened()) {
                client.frame(Integer.decode(first), masked, new byte[] {65});

                assertThat(client.readClose()).isEqualTo(code);
            }
            await().until(() -> peer.openNow() == 0);
            assertThatThrownBy(peer::close).isInstanceOf(AssertionError.class).hasMessageContaining(why);
            assertThat(peer.forgive()).hasSize(1);
        }

        @Test
        void shouldRefuseTextThatIsNotUtf8() throws IOException {
            try (RawClient client = opened()) {
                client.frame(0x81, true, new byte[] {(byte) 0xC0});

                assertThat(client.readClose()).isEqualTo(1007);
            }
            await().until(() -> peer.openNow() == 0);
            assertThat(peer.forgive()).hasSize(1);
        }

        @Test
        void shouldRefuseARequestThatIsNoUpgrade() throws IOException {
            try (RawClient client = new RawClient(peer)) {
                assertThat(client.request("GET / HTTP/1.1\nHost: peer")).startsWith("HTTP/1.1 400 ");
            }
            assertThat(peer.openedEver()).isZero();
        }
    }

    @Nested
    class Mishaps {

        @Test
        void shouldRefuseWithStatusHeadersAndBody() throws IOException {
            peer.script(1).refuse(new PeerRefusal(429, Map.of("Retry-After", "7"), "slow"));
            try (RawClient client = new RawClient(peer)) {
                assertThat(client.upgrade()).startsWith("HTTP/1.1 429 ");
            }
            opened().close();
            assertThat(peer.requests()).hasSize(2);
            assertThat(peer.openedEver()).isOne();
            assertThat(peer.latest().number()).isEqualTo(2);
        }

        @Test
        void shouldTellTheDialectOfTroubleAtTheRequest() throws IOException {
            peer.everyOther().requestTrouble(Trouble.QUOTA);
            try (RawClient client = new RawClient(peer)) {
                assertThat(client.upgrade()).startsWith("HTTP/1.1 503 ");
            }
            peer.recover();
            opened().close();
        }

        @Test
        void shouldCloseBeforeAMessage() throws IOException {
            peer.script(1).beforeMessage(2, new Act.Close(1013, "later"));
            try (RawClient client = opened()) {
                client.text("one");
                client.text("two");
                assertThat(client.readText()).isEqualTo("129 echo one");
                assertThat(client.readClose()).isEqualTo(1013);
            }
            assertThat(peer.latest().messagesSent()).isOne();
        }

        @Test
        void shouldCloseAfterAMessage() throws IOException {
            peer.script(1).afterMessage(2, new Act.Close(4000, "enough"));
            try (RawClient client = opened()) {
                client.text("one");
                client.text("two");
                client.text("three");
                assertThat(client.readText()).isEqualTo("129 echo one");
                assertThat(client.readText()).isEqualTo("129 echo two");
                assertThat(client.readClose()).isEqualTo(4000);
            }
        }

        @Test
        void shouldResetTheConnectionAfterAMessage() throws IOException {
            peer.script(1).afterMessage(1, new Act.Drop());
            try (RawClient client = opened()) {
                client.text("one");
                assertThatThrownBy(() -> {
                            while (true) {
                                client.readText();
                            }
                        })
                        .isInstanceOf(SocketException.class);
            }
        }

        @Test
        void shouldVanishWithoutACloseFrame() throws IOException {
            peer.script(1).opened(new Act.Vanish());
            try (RawClient client = opened()) {
                assertThat(client.isAtEnd()).isTrue();
            }
        }

        @Test
        void shouldStallAfterSoMuchAudioAndGoOnReading() throws IOException {
            peer.script(1).afterAudio(160, new Act.Stall());
            try (RawClient client = opened()) {
                client.frame(0x82, true, Arrays.copyOf(NumberedAudio.speaking(0), 100));
                client.text("one");
                assertThat(client.readText()).isEqualTo("129 echo one");
                client.frame(0x82, true, Arrays.copyOfRange(NumberedAudio.speaking(0), 100, 160));
                client.text("two");
                // The stall comes after what the audio itself brought.
                await().until(() -> peer.latest().textsHeard().contains("two"));
                client.frame(0x89, true, new byte[0]);
                while (true) {
                    String next = client.readText();
                    if (next.startsWith("138")) {
                        break;
                    }
                    assertThat(next).isNotEqualTo("129 echo two");
                }
            }
        }

        @Test
        void shouldLeaveWhatComesUnreadOnceItStoppedReading() throws IOException {
            peer.script(1).afterAudio(100, new Act.StopReading());
            try (RawClient client = opened()) {
                client.frame(0x82, true, new byte[100]);
                client.text("one");
                // It probes for its client, but does not hear it.
                assertThat(client.readText()).isEqualTo("137 ");
                assertThat(client.readText()).isEqualTo("137 ");
                assertThat(peer.latest().textsHeard()).isEmpty();
                assertThat(peer.openNow()).isOne();
            }
            await().until(() -> peer.openNow() == 0);
        }

        @Test
        void shouldReadOffWhatIsLeftWithoutHearingItToSeeTheEndOfTheClient() throws IOException {
            peer.script(1).afterAudio(100, new Act.StopReading());
            RawClient client = opened();
            client.frame(0x82, true, new byte[100]);
            client.text("unheard");
            peer.readOff();
            assertThat(peer.openNow()).isOne();

            client.close();

            await().until(() -> peer.openNow() == 0);
            assertThat(peer.latest().textsHeard()).isEmpty();
        }

        @Test
        void shouldSplitMessagesIntoFragments() throws IOException {
            peer.script(1).inFragments(3);
            try (RawClient client = opened()) {
                client.text("1234");
                assertThat(client.readText()).isEqualTo("1 ech");
                assertThat(client.readText()).isEqualTo("0 o 1");
                assertThat(client.readText()).isEqualTo("128 234");
            }
        }

        @Test
        void shouldMergeWhatBelongsTogether() throws IOException {
            peer.script(1).merged();
            try (RawClient client = opened()) {
                client.frame(0x82, true, Arrays.copyOf(NumberedAudio.speaking(3), 120));
                client.frame(0x82, true, Arrays.copyOfRange(NumberedAudio.speaking(3), 120, 160));
                assertThat(client.readText()).isEqualTo("129 speech 0");
                client.text("end");
                assertThat(client.readText()).isEqualTo("129 final f3");
                assertThat(client.available()).isGreaterThan(20);
                assertThat(client.readText()).isEqualTo("129 utterance 20");
                assertThat(client.readText()).isEqualTo("129 ended 20");
                assertThat(client.readClose()).isEqualTo(1000);
            }
        }

        @Test
        void shouldSayGarbageAndTroubleOnItsOwn() throws IOException {
            peer.script(1)
                    .opened(new Act.Text("{\"nonsense"))
                    .opened(new Act.Binary(new byte[] {1, 2}))
                    .opened(new Act.Say(Trouble.LIMIT_REACHED));
            try (RawClient client = opened()) {
                assertThat(client.readText()).isEqualTo("129 {\"nonsense");
                assertThat(client.readText()).isEqualTo("130 \u0001\u0002");
                assertThat(client.readText()).isEqualTo("129 trouble LIMIT_REACHED");
                assertThat(client.readClose()).isEqualTo(1011);
            }
        }

        @Test
        void shouldActWhenTheTestSaysSo() throws IOException {
            try (RawClient client = opened()) {
                client.text("one");
                assertThat(client.readText()).isEqualTo("129 echo one");
                peer.latest().act(new Act.Close(1012, "restart"));
                assertThat(client.readClose()).isEqualTo(1012);
            }
        }
    }

    @Test
    void shouldAnswerPosts() throws IOException {
        peer.onPost(request -> HttpAnswer.json(201, "{\"echo\":\"" + request.body() + "\"}"));
        try (RawClient client = new RawClient(peer)) {
            assertThat(client.request("POST /v2/live?a=b HTTP/1.1\nHost: peer\nX-Key: k\nContent-Length: 0"))
                    .startsWith("HTTP/1.1 201 ");
        }
        assertThat(peer.posts()).hasSize(1);
        assertThat(peer.posts().getFirst().path()).isEqualTo("/v2/live");
        assertThat(peer.posts().getFirst().header("X-Key")).isEqualTo("k");
    }

    @Test
    void shouldTellTheTestWhenADialectFails() throws IOException {
        try (WebSocketPeer failing = new WebSocketPeer(FailingPeer::new, VendorAudio.MULAW_8K)) {
            try (RawClient client = new RawClient(failing)) {
                client.upgrade();
                client.text("anything");
                assertThat(client.readClose()).isEqualTo(1011);
            }
            assertThatThrownBy(failing::close)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("not so");
            assertThat(failing.forgive()).hasSize(1);
        }
    }

    private static final class FailingPeer extends PlainPeer {
        @Override
        public void onText(String text, PeerOut out, Ear ear) {
            throw new IllegalStateException("not so");
        }
    }
}
