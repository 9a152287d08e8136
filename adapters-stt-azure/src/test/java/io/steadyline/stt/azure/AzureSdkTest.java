package io.steadyline.stt.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.steadyline.media.Encoding;
import io.steadyline.signal.SpeechEvent;
import io.steadyline.stt.contract.Bench;
import io.steadyline.stt.contract.BenchCall;
import io.steadyline.stt.library.LibraryVoice;
import io.steadyline.stt.peer.NumberedAudio;
import io.steadyline.stt.peer.PeerScript.Act;
import io.steadyline.stt.peer.WebSocketPeer;
import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.FailureKind;
import io.steadyline.stt.vendor.Opening;
import io.steadyline.stt.vendor.Openings;
import io.steadyline.stt.vendor.Talk;
import io.steadyline.stt.vendor.VendorAudio;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is the SDK's own: it connects by itself, lets nobody see its socket and stops in its own time. */
class AzureSdkTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final AzureVendor vendor = new AzureVendor();
    private WebSocketPeer peer = new WebSocketPeer(AzurePeer::new, VendorAudio.L16_8K);

    @BeforeEach
    void needsTheSdk() {
        Natives.assume();
    }

    @AfterEach
    void close() {
        vendor.close();
        peer.forgive();
        peer.close();
    }

    private Opening opening() {
        return Openings.of(vendor, Map.of("host", peer.uri("").toString(), "language", "en-US"));
    }

    private Talk talk() {
        return Talk.open(vendor, opening());
    }

    private static byte[] speech(int frames) {
        return NumberedAudio.speech(0, frames, Encoding.L16);
    }

    @Test
    void shouldNotBeReadyBeforeTheServiceHasAnswered() {
        peer.script(1).openAfter(Duration.ofSeconds(1));
        Talk talk = talk();
        await().until(() -> peer.requests().size() == 1);

        assertThat(talk.heard()).isEmpty();
        await().until(() -> talk.heard().size() == 1);
        assertThat(talk.heard().getFirst())
                .isEqualTo("ready " + peer.requests().getFirst().header("X-ConnectionId"));
    }

    @Test
    void shouldLetGoOfAServiceThatSaysNothing() throws IOException {
        peer.everyOther().opened(new Act.Stall());
        AzureSession session = AzureSession.open(opening(), new LibraryVoice() {
            @Override
            public void text(String text) {
                // It connects, and that is all.
            }

            @Override
            public void over(Closing closing) {
                // Nobody waits for it.
            }
        });
        await().until(() -> peer.openNow() == 1);
        session.audio(speech(100));
        await().until(() -> peer.audioBytes() > 0);

        assertThatCode(session::close).doesNotThrowAnyException();
        await().until(() -> peer.openNow() == 0);
    }

    @Test
    void shouldLetGoOfAServiceThatDoesNotAnswerTheRequest() {
        peer.everyOther().openAfter(Duration.ofSeconds(30));
        Talk talk = talk();
        await().until(() -> peer.requests().size() == 1);
        talk.abort();

        await().until(() -> vendor.openNow() == 0);
    }

    /** After a normal close of each of its connections the SDK is silent and takes audio for ever. */
    @Test
    void shouldGiveUpAConnectionThatIsLostWithoutAWord() {
        peer.everyOther().opened(new Act.Close(Closing.NORMAL, ""));
        Talk talk = talk();
        await().atMost(PATIENCE).until(talk::isOver);

        assertThat(talk.failure().kind()).isEqualTo(FailureKind.TRANSIENT);
        assertThat(talk.failure().message()).isEqualTo("ended lost");
    }

    /** It asks five times within about a second, whatever the answer. */
    @Test
    void shouldKnowThatTheServiceHasNoRoom() {
        peer.everyOther().refuse(429, "{}");
        Talk talk = talk();
        await().atMost(PATIENCE).until(talk::isOver);

        assertThat(talk.failure().kind()).isEqualTo(FailureKind.RATE_LIMIT);
    }

    @Test
    void shouldGoOnInTheNextTurnOfTheSameConnection() throws Exception {
        peer.close();
        peer = new WebSocketPeer(() -> new AzurePeer(2_000), VendorAudio.L16_8K);
        try (Bench bench = AzureBench.of(peer);
                BenchCall call = new BenchCall(bench)) {
            call.talks(500);
            call.endInput();
            call.awaitClosed();

            assertThat(call.log.all(SpeechEvent.Failure.class)).isEmpty();
            assertThat(call.log.all(SpeechEvent.Gap.class)).isEmpty();
            call.assertNothingLostSilently();
            assertThat(peer.openedEver()).isEqualTo(1);
            assertThat(peer.latest().textsSent())
                    .filteredOn(text -> text.contains("Path:turn.end"))
                    .hasSizeGreaterThan(3);
        }
    }

    @Test
    void shouldPassOverAMessageOfNoProtocol() throws Exception {
        peer.script(1)
                .afterMessage(2, new Act.Text("{\"type\":"))
                .afterMessage(4, new Act.Text("Path\r\n\r\n{}"))
                .afterMessage(5, new Act.Text("Path:speech.phrase\r\nX-RequestId:0\r\n\r\n{"));
        try (Bench bench = AzureBench.of(peer);
                BenchCall call = new BenchCall(bench)) {
            call.talks(300);
            call.endInput();
            call.awaitClosed();

            assertThat(call.log.all(SpeechEvent.Failure.class)).isEmpty();
            call.assertNothingLostSilently();
            assertThat(peer.openedEver()).isEqualTo(1);
        }
    }

    @Test
    void shouldConnectAnewAfterAPhraseThatCannotBeRead() throws Exception {
        peer.close();
        AtomicInteger connections = new AtomicInteger();
        peer = new WebSocketPeer(
                () -> new AzurePeer().garblingItsPhrase(connections.incrementAndGet() == 1 ? 2 : 0),
                VendorAudio.L16_8K);
        try (Bench bench = AzureBench.of(peer);
                BenchCall call = new BenchCall(bench)) {
            call.talks(500);
            call.talksUntil(() -> peer.openedEver() >= 2);
            call.endInput();
            call.awaitClosed();

            assertThat(call.log.all(SpeechEvent.Failure.class)).noneMatch(SpeechEvent.Failure::fatal);
            call.assertNothingLostSilently();
            call.awaitNothingOpen();
        }
    }

    /** A few threads and descriptors of the SDK stay, the same for one call and for a thousand. */
    @Test
    void shouldKeepNoThreadAndNoDescriptorOfACall() {
        assumeThat(Path.of("/proc/self/fd")).exists();
        peer.script(2).opened(new Act.Stall());
        talkAndLeave(1);
        talkAndLeave(2);
        long threads = count("task");
        long descriptors = count("fd");
        for (int number = 3; number <= 22; number++) {
            if (number % 2 == 0) {
                peer.script(number).opened(new Act.Stall());
            }
            talkAndLeave(number);
        }

        await().untilAsserted(() -> {
            assertThat(count("task")).isLessThan(threads + 10);
            assertThat(count("fd")).isLessThan(descriptors + 10);
        });
    }

    private void talkAndLeave(int number) {
        Talk talk = talk();
        talk.audio(speech(50));
        await().until(() -> peer.openedEver() == number && peer.audioBytes() >= number * 16_000L);
        if (number % 2 == 0) {
            talk.abort();
        } else {
            talk.endOfInput();
        }
        await().until(() -> vendor.openNow() == 0 && peer.socketsNow() == 0);
    }

    private static long count(String what) {
        try (Stream<Path> entries = Files.list(Path.of("/proc/self", what))) {
            return entries.count();
        } catch (IOException gone) {
            throw new AssertionError(gone);
        }
    }
}
