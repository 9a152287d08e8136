package io.steadyline.bootstrap.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.steadyline.stt.peer.DeepgramPeer;
import io.steadyline.stt.peer.JambonzPeer;
import io.steadyline.stt.peer.NumberedAudio;
import io.steadyline.stt.peer.PeerConnection;
import io.steadyline.stt.peer.PeerScript.Act;
import io.steadyline.stt.peer.WebSocketPeer;
import io.steadyline.stt.vendor.VendorAudio;
import io.steadyline.telemetry.CallSecond;
import io.steadyline.telemetry.RxMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A vendor that hangs in mid-sentence: the next one hears the sentence too, and the bot gets the caller's turn in one piece. */
class FailOverTest {

    private static final Duration PTIME = Duration.ofMillis(20);
    /** The caller speaks from second 3.5 to second 12, and the first vendor hangs at second 5. */
    private static final int SPEECH_FROM = 175;

    private static final int SPEECH_TO = 600;
    private static final int FRAMES = 750;
    /** L16 at 8 kHz. */
    private static final long FIVE_SECONDS_BYTES = 80_000;

    @Test
    void shouldGiveTheNextVendorWhatTheFirstNeverAnswered(@TempDir Path transcripts) throws Exception {
        StreamText stream = StreamText.fresh();
        try (WebSocketPeer first = new WebSocketPeer(JambonzPeer::new, VendorAudio.L16_8K);
                WebSocketPeer second = new WebSocketPeer(DeepgramPeer::new, VendorAudio.MULAW_8K)) {
            first.script(1)
                    .afterAudio(FIVE_SECONDS_BYTES, new Act.Stall())
                    .afterAudio(FIVE_SECONDS_BYTES, new Act.StopReading());
            second.script(1).openAfter(Duration.ofSeconds(2));
            try (RunningGateway gateway = RunningGateway.warm(
                            "STEADYLINE_STT", "jambonz,deepgram",
                            "STEADYLINE_STT_JAMBONZ_URL", first.uri("/").toString(),
                            "STEADYLINE_STT_JAMBONZ_KEY", "good-key",
                            "STEADYLINE_STT_DEEPGRAM_URL",
                                    second.uri("/v1/listen").toString(),
                            "STEADYLINE_STT_DEEPGRAM_KEY", "good-key",
                            "STEADYLINE_STT_DEEPGRAM_CATCH_UP_SPEED", "4",
                            "STEADYLINE_STT_RESULT_TIMEOUT", "2500 ms",
                            // Small, so that what waits is seen where the operator looks: in front of it.
                            "STEADYLINE_MEDIA_STT_QUEUE", "20",
                            "STEADYLINE_TRANSCRIPTS_ENABLED", "on",
                            "STEADYLINE_TRANSCRIPTS_DIR", transcripts.toString());
                    RawPeer peer = RawPeer.open(gateway.media())) {
                peer.text(StreamText.CONNECTED).text(stream.start());
                talk(peer, stream);
                peer.text(stream.stop());
                gateway.awaitEnd(stream.callSid());

                assertThat(heard(first, second)).hasSize(FRAMES);
                List<CallSecond> seconds = gateway.seconds(stream.callSid());
                assertThat(seconds)
                        .allSatisfy(each -> assertThat(each.rx().drops()).isZero());
                assertThat(seconds)
                        .anySatisfy(each -> assertThat(each.rx().mode()).isEqualTo(RxMode.DRAIN));
                assertThat(seconds.getLast().rx().mode()).isEqualTo(RxMode.NORMAL);
                print(seconds);
            }
            assertTurnIsWhole(transcripts);
            first.forgive();
        }
    }

    private static void talk(RawPeer peer, StreamText stream) throws IOException {
        long dueNs = System.nanoTime();
        for (int i = 0; i < FRAMES; i++) {
            boolean speaks = i >= SPEECH_FROM && i < SPEECH_TO;
            peer.text(stream.media(i + 1, speaks ? NumberedAudio.speaking(i) : NumberedAudio.silent(i)));
            dueNs += PTIME.toNanos();
            LockSupport.parkNanos(dueNs - System.nanoTime());
        }
    }

    private static Set<Integer> heard(WebSocketPeer... peers) {
        Set<Integer> heard = new TreeSet<>();
        for (WebSocketPeer peer : peers) {
            for (PeerConnection connection : peer.connections()) {
                heard.addAll(connection.recogniser().heard());
            }
        }
        return heard;
    }

    /** All words of the sentence, each once, in their order, and in one utterance. */
    private static void assertTurnIsWhole(Path transcripts) throws IOException {
        await().until(() -> {
            try (Stream<Path> files = Files.list(transcripts)) {
                return files.findAny().isPresent();
            }
        });
        String text;
        try (Stream<Path> files = Files.list(transcripts)) {
            text = Files.readString(files.findAny().orElseThrow());
        }
        List<String> words = IntStream.iterate(SPEECH_FROM, first -> first < SPEECH_TO, first -> first + 25)
                .mapToObj(first -> "f" + first)
                .toList();
        List<String> said = text.lines()
                .filter(line -> line.contains("\"kind\":\"said\""))
                .flatMap(line -> Stream.of(
                        line.replaceAll(".*?\"text\":\"([^\"]*)\".*", "$1").split(" ")))
                .toList();
        System.out.println("words " + said + " of " + text);
        assertThat(said).containsExactlyElementsOf(words);
    }

    private static void print(List<CallSecond> seconds) {
        StringBuilder line = new StringBuilder("q in front of the recogniser, second by second:");
        seconds.forEach(each -> line.append(String.format(
                Locale.ROOT, " %d%s", each.rx().depthFrames(), each.rx().mode() == RxMode.DRAIN ? "d" : "")));
        System.out.println(line);
    }
}
