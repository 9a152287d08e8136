package io.steadyline.stt.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.steadyline.stt.peer.NumberedAudio;
import io.steadyline.stt.peer.PeerScript.Act;
import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.Link;
import io.steadyline.stt.vendor.Route;
import io.steadyline.stt.vendor.Wire;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How links live and end, over real sockets, against a peer that keeps or breaks the rules. */
class WebSocketLinkTest extends OverSockets {

    @Nested
    class Talking {

        @Test
        void shouldSendItsHeadersAndCarryBothDirections() {
            Link link = opened();
            link.send(new Wire.Text("hello ü"));
            log.awaitLine("echo hello ü").awaitWritten(1);
            for (int n = 0; n < 25; n++) {
                link.send(new Wire.Binary(NumberedAudio.speaking(n)));
                log.awaitWritten(n + 2);
            }
            log.awaitLine("interim f0");
            link.send(new Wire.Text("end"));
            log.awaitEnd();

            assertThat(log.lines())
                    .containsSubsequence(
                            "opened", "echo hello ü", "speech 0", "interim f0", "final f0", "closed 1000 bye");
            assertThat(log.closing()).isEqualTo(new Closing(1000, "bye"));
            assertThat(peer.requests().getFirst().header("authorization")).isEqualTo("Bearer good-key");
            assertThat(peer.requests().getFirst().query()).containsEntry("a", "b");
            await().until(() -> peer.openNow() == 0);
            assertThat(peer.latest().clientCloseCode()).hasValue(1000);
        }

        @Test
        void shouldAskForSubprotocols() {
            open(new Route.WebSocket(peer.uri("/"), Map.of(), List.of("first", "second")));
            log.awaitOpen();

            assertThat(peer.requests().getFirst().header("sec-websocket-protocol"))
                    .contains("first", "second");
        }

        @Test
        void shouldJoinFragments() {
            peer.script(1).inFragments(50);
            Link link = opened();
            String long300 = "0123456789€".repeat(30);
            link.send(new Wire.Text(long300));

            log.awaitLine("echo " + long300);
        }

        @Test
        void shouldTakeMergedMessagesApart() {
            peer.script(1).merged();
            Link link = opened();
            link.send(new Wire.Binary(NumberedAudio.speaking(1)));
            log.awaitWritten(1);
            link.send(new Wire.Text("end"));
            log.awaitEnd();

            assertThat(log.lines()).containsSubsequence("speech 0", "final f1", "utterance 20", "ended 20");
        }

        @Test
        void shouldReceiveBinaryMessagesToo() {
            peer.script(1).opened(new Act.Binary(new byte[70_000])).opened(new Act.Binary(new byte[0]));
            opened();

            log.awaitLine("70000 bytes").awaitLine("0 bytes");
        }

        @Test
        void shouldNotSendAnEmptyBinaryMessage() {
            Link link = opened();
            link.send(new Wire.Binary(new byte[0]));
            log.awaitWritten(1);
            link.send(new Wire.Text("next"));
            log.awaitLine("echo next");

            assertThat(peer.latest().audioMessages()).isZero();
        }

        @Test
        void shouldBeginTheClosingHandshakeAndHearWhatComesBeforeItsEnd() {
            peer.script(1).delayEach(Duration.ofMillis(50));
            Link link = opened();
            link.send(new Wire.Text("one"));
            log.awaitWritten(1);
            link.finish();
            log.awaitEnd();

            assertThat(log.lines()).contains("echo one");
            assertThat(log.closing().code()).isEqualTo(1000);
            await().until(() -> peer.openNow() == 0);
        }

        @Test
        void shouldKeepManyConnectionsApart() {
            List<LinkLog> logs = Stream.generate(LinkLog::new).limit(50).toList();
            Route.WebSocket route = new Route.WebSocket(peer.uri("/"), Map.of());
            List<Link> links =
                    logs.stream().map(each -> transport.to(route).open(each)).toList();
            for (int i = 0; i < links.size(); i++) {
                logs.get(i).awaitOpen();
                links.get(i).send(new Wire.Text("number " + i));
            }
            for (int i = 0; i < links.size(); i++) {
                logs.get(i).awaitLine("echo number " + i);
                assertThat(logs.get(i).lines()).hasSize(3);
                links.get(i).abort();
            }
            await().until(() -> peer.openNow() == 0);
        }
    }

    @Nested
    class Endings {

        @ParameterizedTest
        @CsvSource({
            "1000, done",
            "1001, bye",
            "1008, DATA-0000",
            "1011, NET-0001",
            "1013, later",
            "3008, expired",
            "4001, auth"
        })
        void shouldTellCodeAndReason(int code, String reason) {
            peer.script(1).opened(new Act.Close(code, reason));
            open();
            log.awaitEnd();

            assertThat(log.closing()).isEqualTo(new Closing(code, reason));
            await().until(() -> peer.openNow() == 0);
        }

        @Test
        void shouldTellACloseFrameWithoutACode() {
            peer.script(1).opened(new Act.Close(1005, ""));
            open();
            log.awaitEnd();

            assertThat(log.closing().code()).isEqualTo(Closing.NO_CODE);
        }

        @Test
        void shouldBreakWhenTheConnectionIsReset() {
            Link link = opened();
            link.send(new Wire.Text("one"));
            log.awaitLine("echo one");
            peer.latest().act(new Act.Drop());
            log.awaitEnd();

            assertThat(log.lines()).endsWith("broken");
        }

        @Test
        void shouldBreakWhenTheStreamEndsWithoutACloseFrame() {
            peer.script(1).opened(new Act.Vanish());
            open();
            log.awaitEnd();

            assertThat(log.lines()).containsExactly("opened", "broken");
        }

        @Test
        void shouldBreakAtTheNextMessageAfterAResetThatCameWhileNothingWasSent() {
            Link link = opened();
            peer.latest().act(new Act.Drop());
            link.send(new Wire.Text("into the void"));
            log.awaitEnd();
            link.send(new Wire.Text("and again"));
            link.finish();

            assertThat(log.lines()).endsWith("broken");
        }

        @Test
        void shouldBreakOverAMessageThatIsTooLarge() {
            say(new Act.Text("x".repeat(WebSocketLink.MAX_MESSAGE + 1)));
            log.awaitEnd();

            assertThat(log.lines()).containsExactly("opened", "broken");
            assertThat(log.cause()).hasMessageContaining("1048576");
            await().until(() -> peer.openNow() == 0);
        }

        @Test
        void shouldTakeAMessageOfTheLargestSize() {
            say(new Act.Binary(new byte[WebSocketLink.MAX_MESSAGE]));

            log.awaitLine("1048576 bytes");
        }

        @Test
        void shouldBreakOverABinaryMessageThatIsTooLarge() {
            say(new Act.Binary(new byte[WebSocketLink.MAX_MESSAGE + 1]));
            log.awaitEnd();

            assertThat(log.lines()).containsExactly("opened", "broken");
        }

        /**
         * Once the connection is open: of more than the JDK reads at once behind the answer to the upgrade it may lose a part
         * (JDK 25: what is read between {@code Http1AsyncReceiver.drain} and the subscription of {@code RawChannelTube}; 2 of
         * 1,000 messages of a MiB, none of 6,000 of some bytes).
         */
        private void say(Act largeMessage) {
            var _ = opened();
            peer.latest().act(largeMessage);
        }
    }

    @Nested
    class GivingUp {

        @Test
        void shouldSayThatAMessageWasSentTooEarly() {
            peer.script(1).openAfter(Duration.ofMillis(300));
            Link link = open();
            await().until(() -> peer.requests().size() == 1);
            link.send(new Wire.Text("early"));
            log.awaitEnd();

            assertThat(log.cause()).hasMessageStartingWith("send: no connection");
            await().until(() -> peer.openedEver() == 1 && peer.openNow() == 0);
        }

        @Test
        void shouldAbortTheSocketThatOpensLater() {
            peer.script(1).openAfter(Duration.ofMillis(300));
            Link link = open();
            await().until(() -> peer.requests().size() == 1);
            link.abort();
            link.abort();

            await().until(() -> peer.openedEver() == 1 && peer.openNow() == 0);
            assertThat(log.lines()).isEmpty();
        }

        @Test
        void shouldNotWaitForAPeerThatNeverOpens() {
            peer.script(1).openAfter(Duration.ofSeconds(20));
            Link link = open();
            await().until(() -> peer.requests().size() == 1);
            link.abort();

            assertThat(log.lines()).isEmpty();
        }

        @Test
        void shouldSayNothingMoreOnceAborted() {
            Link link = opened();
            link.abort();
            link.send(new Wire.Text("too late"));
            link.finish();
            link.abort();

            await().until(() -> peer.openNow() == 0);
            assertThat(log.lines()).containsExactly("opened");
        }

        @Test
        void shouldHoldBackTheWordWrittenWhenThePeerStopsReadingAndLetGoAtTheAbort() {
            peer.script(1).afterAudio(160, new Act.StopReading());
            Link link = opened();
            link.send(new Wire.Binary(NumberedAudio.speaking(0)));
            log.awaitWritten(1);
            // More than all buffers on the way together can hold.
            int tooMuch = 32 << 20;
            link.send(new Wire.Binary(new byte[tooMuch]));
            await().during(Duration.ofMillis(300)).until(() -> log.count("written") == 1);
            assertThat(log.isOver()).isFalse();

            link.abort();
            peer.readOff();

            await().until(() -> peer.openNow() == 0);
            // The abort did not wait for the rest to be written.
            assertThat(peer.latest().bytesReadOff()).isBetween(1L, tooMuch - 1L);
            assertThat(peer.latest().audioBytes()).isEqualTo(160);
            assertThat(log.lines()).containsExactly("opened", "written", "speech 0");
        }

        @Test
        void shouldBreakAllLinksWhenTheTransportIsClosed() {
            opened();
            transport.close();
            log.awaitEnd();

            assertThat(log.lines()).containsExactly("opened", "broken");
            await().until(() -> peer.openNow() == 0);
        }

        @Test
        void shouldBreakALinkThatIsOpenedAfterTheTransportWasClosed() {
            transport.close();
            open();
            log.awaitEnd();

            assertThat(log.lines()).containsExactly("broken");
            assertThat(peer.requests()).isEmpty();
        }

        @Test
        void shouldAbortAfterTheEndToo() {
            peer.script(1).opened(new Act.Close(1000, ""));
            Link link = open();
            log.awaitEnd();
            link.abort();

            await().until(() -> peer.openNow() == 0);
        }
    }
}
