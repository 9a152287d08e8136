package io.steadyline.stt.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.steadyline.media.Encoding;
import io.steadyline.stt.peer.GooglePeer;
import io.steadyline.stt.peer.GrpcLimits;
import io.steadyline.stt.peer.GrpcPeer;
import io.steadyline.stt.peer.NumberedAudio;
import io.steadyline.stt.peer.PeerDialect.Trouble;
import io.steadyline.stt.peer.PeerScript.Act;
import io.steadyline.stt.vendor.FailureKind;
import io.steadyline.stt.vendor.Openings;
import io.steadyline.stt.vendor.Talk;
import io.steadyline.stt.vendor.VendorAudio;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The vendor against a server that is made from Google's own published stubs. */
class GooglePeerTest {

    private final GoogleVendor vendor = new GoogleVendor();
    private GrpcPeer peer = peer(GrpcLimits.NONE);

    private static GrpcPeer peer(GrpcLimits limits) {
        return new GrpcPeer(GooglePeer::service, GooglePeer::new, VendorAudio.MULAW_8K, limits);
    }

    @AfterEach
    void close() {
        vendor.close();
        peer.close();
    }

    private Talk talk(Map<String, String> more) {
        return talk(more, List.of());
    }

    private Talk talk(Map<String, String> more, List<String> hints) {
        Map<String, String> given = new LinkedHashMap<>(
                Map.of("project", "p1", "token", "good-key", "url", peer.uri().toString()));
        given.putAll(more);
        return Talk.open(vendor, Openings.of(vendor, given, hints, ""));
    }

    private static byte[] speech(int from, int frames) {
        return NumberedAudio.speech(from, frames, Encoding.MULAW);
    }

    private static byte[] pause(int from, int frames) {
        return NumberedAudio.joined(IntStream.range(from, from + frames)
                .mapToObj(NumberedAudio::silent)
                .toArray(byte[][]::new));
    }

    private static Talk awaitOver(Talk talk) {
        await().until(talk::isOver);
        return talk;
    }

    @Test
    void shouldHearWhatIsSaidAndTheRestAfterTheEnd() {
        Talk talk = talk(Map.of());
        talk.audio(speech(0, 50)).audio(pause(50, 20)).audio(speech(70, 25)).endOfInput();
        awaitOver(talk);

        assertThat(talk.heard())
                .containsExactly(
                        "ready ",
                        "speech started 0",
                        "interim \"f0\"",
                        "interim \"f0 f25\"",
                        "final \"f0 f25\" 0-1000 0.9200000166893005 [f0 0-500 0.800000011920929, f25 500-1000"
                                + " 0.800000011920929]",
                        "utterance ended 1000",
                        "speech ended 1000",
                        "speech started 1400",
                        "interim \"f70\"",
                        "final \"f70\" 1400-1900 0.9200000166893005 [f70 1400-1900 0.800000011920929]",
                        "utterance ended 1900",
                        "speech ended 1900");
        assertThat(talk.failure().kind()).isEqualTo(FailureKind.LOCAL);
        assertThat(peer.latest().recogniser().heard()).hasSize(95);
        assertThat(talk.garbled()).isEmpty();
    }

    @Test
    void shouldHearNoMoreThanItAskedFor() {
        Talk talk = talk(Map.of("interim", "false", "vad-events", "false", "words", "false"));
        talk.audio(speech(0, 50)).endOfInput();
        awaitOver(talk);

        assertThat(talk.heard())
                .containsExactly("ready ", "final \"f0 f25\" -1-1000 0.9200000166893005 []", "utterance ended 1000");
    }

    @Nested
    class Refused {

        @Test
        void shouldBeAWrongToken() {
            assertThat(awaitOver(talk(Map.of("token", "bad-key"))).failure().kind())
                    .isEqualTo(FailureKind.AUTH);
        }

        @Test
        void shouldBeAHintThatTheModelDoesNotKnow() {
            Talk talk = awaitOver(talk(Map.of("adaptation", "true"), List.of("Steadyline")));

            assertThat(talk.failure().kind()).isEqualTo(FailureKind.CONFIG);
            assertThat(talk.failure().message()).contains("does not support feature");
        }

        @Test
        void shouldBeAMessageThatIsTooLarge() {
            Talk talk = talk(Map.of());
            talk.audio(new byte[16_000]);

            assertThat(awaitOver(talk).failure().kind()).isEqualTo(FailureKind.CONFIG);
        }

        @Test
        void shouldNotBeTheLargestMessageOfOurs() {
            Talk talk = talk(Map.of());
            talk.audio(speech(0, 5)).endOfInput();

            assertThat(awaitOver(talk).failure().kind()).isEqualTo(FailureKind.LOCAL);
        }

        @Test
        void shouldBeAMissingServiceAccountFile() {
            Map<String, String> given = Map.of(
                    "project",
                    "p1",
                    "credentials-file",
                    "no-such-file.json",
                    "url",
                    peer.uri().toString());
            Talk talk = awaitOver(Talk.open(vendor, Openings.of(vendor, given)));

            assertThat(talk.failure().kind()).isEqualTo(FailureKind.AUTH);
            assertThat(talk.failure().message()).contains("no-such-file.json");
            assertThat(peer.requests()).isEmpty();
        }
    }

    @Nested
    class Limits {

        @Test
        void shouldEndAStreamThatIsTooOldWithoutLosingAFinal() {
            peer.close();
            peer = peer(new GrpcLimits(Duration.ofHours(1), Duration.ofMinutes(5), 600));
            Talk talk = talk(Map.of());
            // 5 minutes pass in half a second.
            for (int from = 0; !talk.isOver(); from += 5) {
                talk.audio(speech(from, 5));
                LockSupport.parkNanos(5_000_000);
            }

            assertThat(talk.failure().kind()).isEqualTo(FailureKind.EXPIRED);
            assertThat(talk.failure().message()).contains("Max duration of 5 minutes");
            List<String> finals = talk.heard().stream()
                    .filter(line -> line.startsWith("final"))
                    .toList();
            assertThat(finals).hasSameSizeAs(peer.latest().recogniser().finals());
        }

        @Test
        void shouldEndAStreamWithoutAudio() {
            peer.close();
            peer = peer(new GrpcLimits(Duration.ofSeconds(10), Duration.ofHours(1), 100));
            Talk talk = talk(Map.of());
            talk.audio(speech(0, 5));

            assertThat(awaitOver(talk).failure().kind()).isEqualTo(FailureKind.IDLE);
        }
    }

    @Nested
    class Mishaps {

        @ParameterizedTest
        @EnumSource(Trouble.class)
        void shouldHaveTheirKind(Trouble trouble) {
            peer.script(1).afterAudio(800, new Act.Say(trouble));
            Talk talk = talk(Map.of());
            talk.audio(speech(0, 5));

            assertThat(awaitOver(talk).failure().kind())
                    .isEqualTo(
                            switch (trouble) {
                                case AUTH -> FailureKind.AUTH;
                                case QUOTA -> FailureKind.RATE_LIMIT;
                                case LIMIT_REACHED -> FailureKind.EXPIRED;
                                case SERVER_ERROR -> FailureKind.TRANSIENT;
                                case IDLE -> FailureKind.IDLE;
                            });
        }

        @Test
        void shouldBeTransientWhenTheConnectionIsLost() {
            peer.script(1).afterMessage(2, new Act.Drop());
            Talk talk = talk(Map.of());
            talk.audio(speech(0, 50));

            assertThat(awaitOver(talk).failure().kind()).isEqualTo(FailureKind.TRANSIENT);
        }

        @Test
        void shouldBeSeenWhenTheServerGoesSilent() {
            peer.script(1).beforeMessage(2, new Act.Stall());
            Talk talk = talk(Map.of());
            talk.audio(speech(0, 50)).audio(speech(50, 50));
            await().until(() -> peer.openedEver() == 1 && peer.latest().audioBytes() == 16_000);

            assertThat(talk.heard()).containsExactly("ready ", "speech started 0");
            talk.abort();
            await().until(() -> peer.openNow() == 0);
        }
    }
}
