package io.steadyline.bootstrap.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.steadyline.call.CallView;
import io.steadyline.signal.CallEnd;
import io.steadyline.signal.CallState;
import io.steadyline.telemetry.CallSecond;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Everything that a peer can get wrong has one defined answer, is counted, and harms no call. */
class BadInputTest {

    private static final String REFUSED = "steadyline_input_refused_total";

    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = RunningGateway.with("STEADYLINE_LIMITS_START_TIMEOUT", "1 s", "STEADYLINE_LIMITS_LINGER", "1 s");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static RawPeer started(StreamText stream) throws IOException {
        return RawPeer.open(gateway.media())
                .text(StreamText.CONNECTED)
                .text(stream.start())
                .settle();
    }

    private static double refused(String reason) {
        return gateway.metric(REFUSED, "\"" + reason + "\"");
    }

    /** Hangs up and tells how many messages of the call could not be used. */
    private static long refusedOf(StreamText stream, RawPeer peer) throws IOException {
        peer.text(stream.stop());
        assertThat(peer.awaitClose()).isEqualTo(1000);
        assertThat(gateway.awaitEnd(stream.callSid()).end().orElseThrow().reason())
                .isEqualTo(CallEnd.Reason.HANG_UP);
        return gateway.seconds(stream.callSid()).stream()
                .mapToLong(second -> second.rx().refusedInput())
                .sum();
    }

    private static long framesIn(StreamText stream) {
        return gateway.view(stream.callSid()).queues().getFirst().in();
    }

    @Nested
    class BeforeTheStart {

        @Test
        void shouldCloseWhenNoStartComesInTime() throws IOException {
            try (RawPeer peer = RawPeer.open(gateway.media())) {
                assertThat(peer.text(StreamText.CONNECTED).awaitClose()).isEqualTo(1008);
                assertThat(gateway.metric("steadyline_sockets_refused_total", "start"))
                        .isPositive();
            }
        }

        @Test
        void shouldCountMediaAndStillTakeTheStart() throws IOException {
            StreamText stream = StreamText.fresh();
            double before = refused("before_start");
            try (RawPeer peer = RawPeer.open(gateway.media())) {
                peer.text(stream.media(1)).text(stream.dtmf('1')).text(stream.start());
                peer.text(stream.media(2)).settle();
                assertThat(refusedOf(stream, peer)).isZero();
                assertThat(framesIn(stream)).isEqualTo(1);
            }
            assertThat(refused("before_start")).isEqualTo(before + 2);
        }

        @Test
        void shouldCloseAnUnsupportedFormat() throws IOException {
            StreamText stream = StreamText.fresh();
            try (RawPeer peer = RawPeer.open(gateway.media())) {
                assertThat(peer.text(stream.start("audio/opus")).awaitClose()).isEqualTo(1003);
                assertThat(gateway.isKnown(stream.callSid())).isFalse();
            }
        }

        /** A close reason has at most 123 bytes, and characters are not bytes. */
        @Test
        void shouldCloseWithAReasonThatFitsWhenThePeersTextIsLongAndNotLatin() throws IOException {
            StreamText stream = StreamText.fresh();
            try (RawPeer peer = RawPeer.open(gateway.media())) {
                assertThat(peer.text(stream.start("音".repeat(200))).awaitClose())
                        .isEqualTo(1003);
            }
        }
    }

    @Nested
    class Messages {

        @Test
        void shouldIgnoreAndCountWhatCannotBeUsed() throws IOException {
            StreamText stream = StreamText.fresh();
            StreamText other = StreamText.fresh();
            List<String> reasons =
                    List.of("malformed", "unknown_event", "duplicate_start", "wrong_stream", "missing_field");
            double before = reasons.stream().mapToDouble(BadInputTest::refused).sum();
            try (RawPeer peer = started(stream)) {
                peer.text("{\"event\":");
                peer.text("{\"event\":\"hangup\"}");
                peer.text(stream.start());
                peer.text(other.media(1));
                peer.text("{\"event\":\"media\",\"streamSid\":\"" + stream.streamSid() + "\"}");
                peer.text(stream.media(1)).settle();
                assertThat(refusedOf(stream, peer)).isEqualTo(5);
                assertThat(framesIn(stream)).isEqualTo(1);
            }
            assertThat(reasons.stream().mapToDouble(BadInputTest::refused).sum())
                    .isEqualTo(before + 5);
            assertThat(gateway.isKnown(other.callSid())).isFalse();
        }

        @Test
        void shouldIgnoreAndCountBinary() throws IOException {
            StreamText stream = StreamText.fresh();
            double before = refused("binary");
            try (RawPeer peer = started(stream)) {
                peer.frame(RawPeer.BINARY, new byte[320]).frame(RawPeer.BINARY, new byte[0]);
                peer.text(stream.media(1)).settle();
                assertThat(refusedOf(stream, peer)).isEqualTo(2);
            }
            assertThat(refused("binary")).isEqualTo(before + 2);
        }

        @Test
        void shouldTakeEachChunkOnceAndNoneThatIsOlder() throws IOException {
            StreamText stream = StreamText.fresh();
            try (RawPeer peer = started(stream)) {
                peer.text(stream.media(1)).text(stream.media(2)).text(stream.media(2));
                peer.text(stream.media(5)).text(stream.media(4)).settle();
                assertThat(refusedOf(stream, peer)).isEqualTo(2);
                assertThat(framesIn(stream)).isEqualTo(3);
                assertThat(gateway.seconds(stream.callSid()).stream()
                                .mapToLong(second -> second.rx().missing()))
                        .containsOnlyOnce(2L);
            }
        }

        @Test
        void shouldTakeNumbersWhereTheProviderWritesStrings() throws IOException {
            StreamText stream = StreamText.fresh();
            try (RawPeer peer = started(stream)) {
                peer.text(stream.mediaWithNumbers(1))
                        .text(stream.mediaWithNumbers(2))
                        .settle();
                assertThat(refusedOf(stream, peer)).isZero();
                assertThat(framesIn(stream)).isEqualTo(2);
            }
        }

        @Test
        void shouldCloseWhenNothingThatComesCanBeUsed() throws IOException {
            try (RawPeer peer = RawPeer.open(gateway.media())) {
                for (int i = 0; i < 100; i++) {
                    peer.text("{}");
                }
                assertThat(peer.awaitClose()).isEqualTo(1008);
            }
        }

        @Test
        void shouldBearBadMessagesAmongManyGoodOnes() throws IOException {
            StreamText stream = StreamText.fresh();
            try (RawPeer peer = started(stream)) {
                for (int i = 1; i <= 2_000; i++) {
                    peer.text(i % 10 == 0 ? "{}" : stream.dtmf('1'));
                }
                peer.settle();
                assertThat(refusedOf(stream, peer)).isEqualTo(200);
            }
        }
    }

    @Nested
    class Frames {

        @Test
        void shouldTakeAFragmentedMessageWithAPingInside() throws IOException {
            StreamText stream = StreamText.fresh();
            try (RawPeer peer = started(stream)) {
                byte[] media = stream.media(1).getBytes(StandardCharsets.UTF_8);
                peer.frame(0x01, Arrays.copyOfRange(media, 0, 10));
                peer.frame(RawPeer.PING, new byte[] {'x'});
                peer.frame(0x00, Arrays.copyOfRange(media, 10, 20));
                peer.frame(0x80, Arrays.copyOfRange(media, 20, media.length));
                peer.text(stream.media(2)).settle();
                assertThat(peer.seen()).contains("pong x");
                assertThat(refusedOf(stream, peer)).isZero();
                assertThat(framesIn(stream)).isEqualTo(2);
            }
        }

        @Test
        void shouldAnswerPingsInOrder() throws IOException {
            StreamText stream = StreamText.fresh();
            try (RawPeer peer = started(stream)) {
                List<String> pongs = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    peer.frame(RawPeer.PING, ("p" + i).getBytes(StandardCharsets.US_ASCII));
                    pongs.add("pong p" + i);
                }
                peer.settle();
                assertThat(peer.seen()).containsSubsequence(pongs);
                peer.text(stream.stop());
            }
        }

        @Test
        void shouldCloseATooLongMessage() throws IOException {
            for (int bytes : List.of(70 * 1024, 1 << 20)) {
                double before = refused("too_large");
                StreamText stream = StreamText.fresh();
                try (RawPeer peer = started(stream)) {
                    sendAll(peer, RawPeer.TEXT, bytes);
                    assertThat(peer.awaitClose()).as("%d bytes", bytes).isEqualTo(1009);
                }
                assertThat(refused("too_large")).isEqualTo(before + 1);
            }
        }

        @Test
        void shouldCloseATooLongMessageInFragments() throws IOException {
            StreamText stream = StreamText.fresh();
            try (RawPeer peer = started(stream)) {
                sendAll(peer, 0x01, 1000);
                for (int i = 0; i < 80; i++) {
                    sendAll(peer, 0x00, 1000);
                }
                assertThat(peer.awaitClose()).isEqualTo(1009);
            }
        }

        /** What is left of it may meet a socket that was closed already. */
        private void sendAll(RawPeer peer, int firstByte, int bytes) {
            byte[] payload = new byte[bytes];
            Arrays.fill(payload, (byte) 'x');
            try {
                peer.frame(firstByte, payload);
            } catch (IOException closed) {
                assertThat(closed.getMessage()).containsAnyOf("reset", "pipe");
            }
        }

        @Test
        void shouldCloseTextThatIsNoUtf8() throws IOException {
            StreamText stream = StreamText.fresh();
            try (RawPeer peer = started(stream)) {
                peer.frame(RawPeer.TEXT, new byte[] {'{', (byte) 0xC3, (byte) 0x28, '}'});
                assertThat(peer.awaitClose()).isEqualTo(1007);
            }
        }

        @Test
        void shouldCloseAnUnmaskedFrame() throws IOException {
            StreamText stream = StreamText.fresh();
            try (RawPeer peer = started(stream)) {
                assertThat(peer.unmasked(stream.media(1)).awaitClose()).isEqualTo(1002);
            }
        }

        @Test
        void shouldCloseReservedBitsAndOpcodes() throws IOException {
            for (int firstByte : List.of(0xC1, 0x83, 0x8B, 0x09, 0x80)) {
                StreamText stream = StreamText.fresh();
                try (RawPeer peer = started(stream)) {
                    assertThat(peer.frame(firstByte, new byte[] {'x'}).awaitClose())
                            .as("first byte %02x", firstByte)
                            .isEqualTo(1002);
                }
            }
        }
    }

    @Nested
    class LostStreams {

        @Test
        void shouldLingerAfterAResetAndThenEndAsLost() throws IOException {
            StreamText stream = StreamText.fresh();
            RawPeer peer = started(stream);
            peer.text(stream.media(1)).settle().reset();
            await().atMost(RunningGateway.PATIENCE)
                    .until(() -> gateway.view(stream.callSid()).state() == CallState.LINGERING);
            CallView call = gateway.awaitEnd(stream.callSid());
            assertThat(call.end().orElseThrow().reason()).isEqualTo(CallEnd.Reason.STREAM_LOST);
            assertThat(call.end().orElseThrow().by()).isEqualTo(CallEnd.Party.PEER);
            await("the count of live calls follows a call that ended by its timer")
                    .atMost(RunningGateway.PATIENCE)
                    .until(() -> gateway.parts().server().liveCalls() == 0);
        }

        @Test
        void shouldGoOnWhenTheCallComesBack() throws IOException {
            StreamText first = StreamText.fresh();
            StreamText second = first.again();
            started(first).text(first.media(1)).settle().reset();
            try (RawPeer peer = started(second)) {
                peer.text(second.media(1)).settle();
                assertThat(refusedOf(second, peer)).isZero();
                assertThat(framesIn(first)).isEqualTo(2);
                assertThat(gateway.view(first.callSid()).resumes()).isEqualTo(1);
                assertThat(gateway.view(first.callSid()).facts().streamId().value())
                        .isEqualTo(second.streamSid());
            }
        }

        @Test
        void shouldLetTheNewestStreamWin() throws IOException {
            StreamText first = StreamText.fresh();
            StreamText second = first.again();
            try (RawPeer old = started(first);
                    RawPeer peer = started(second)) {
                assertThat(old.awaitClose()).isEqualTo(1008);
                peer.text(second.media(1)).settle();
                assertThat(refusedOf(second, peer)).isZero();
                assertThat(gateway.view(first.callSid()).resumes()).isEqualTo(1);
            }
        }

        @Test
        void shouldNumberTheSecondsOnAcrossStreams() throws IOException {
            StreamText first = StreamText.fresh();
            StreamText second = first.again();
            started(first).text(first.media(1)).settle().reset();
            try (RawPeer peer = started(second)) {
                await().atMost(RunningGateway.PATIENCE)
                        .until(() -> !gateway.seconds(first.callSid()).isEmpty());
                refusedOf(second, peer);
            }
            List<CallSecond> seconds = gateway.seconds(first.callSid());
            assertThat(seconds).extracting(CallSecond::second).startsWith(0, 1).doesNotHaveDuplicates();
        }
    }
}
