package io.steadyline.websocket.twilio;

import static io.steadyline.websocket.twilio.Messages.codec;
import static io.steadyline.websocket.twilio.Messages.decode;
import static io.steadyline.websocket.twilio.Messages.media;
import static io.steadyline.websocket.twilio.Messages.start;
import static io.steadyline.websocket.twilio.Messages.startedCodec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.steadyline.media.AudioFormat;
import io.steadyline.media.AudioFrame;
import io.steadyline.media.MediaItem;
import io.steadyline.signal.BadInput;
import io.steadyline.signal.CallFacts;
import io.steadyline.signal.PeerControl;
import io.steadyline.signal.PeerEvent;
import io.steadyline.signal.StreamMode;
import io.steadyline.signal.Track;
import io.steadyline.signal.TxControl;
import io.steadyline.websocket.dialect.DialectCodec;
import io.steadyline.websocket.dialect.DialectLimits;
import io.steadyline.websocket.dialect.JsonReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TwilioCodecTest {

    private static final TwilioDialect DIALECT = new TwilioDialect(DialectLimits.defaults());

    private static BadInput refusal(PeerEvent event) {
        return event instanceof PeerEvent.Unusable unusable ? unusable.reason() : fail(event);
    }

    private static BadInput fail(PeerEvent event) {
        throw new AssertionError("was used: " + event);
    }

    private static PeerEvent.Media audio(PeerEvent event) {
        return event instanceof PeerEvent.Media media
                ? media
                : new PeerEvent.Media(failTrack(event), 0, 0, new byte[0]);
    }

    private static Track failTrack(PeerEvent event) {
        throw new AssertionError("no audio: " + event);
    }

    private static CallFacts facts(PeerEvent event) {
        if (event instanceof PeerEvent.Started(CallFacts facts)) {
            return facts;
        }
        throw new AssertionError("no start: " + event);
    }

    @Nested
    class TheDialect {
        @Test
        void shouldKnowItsPaths() {
            assertThat(DIALECT.modeAt("/twilio/media")).contains(StreamMode.BIDIRECTIONAL);
            assertThat(DIALECT.modeAt("/twilio/listen")).contains(StreamMode.LISTEN_ONLY);
            assertThat(DIALECT.modeAt("/twilio/media/")).isEmpty();
            assertThat(DIALECT.name()).isEqualTo("twilio");
            assertThat(DIALECT.speaksText()).isTrue();
        }

        @Test
        void shouldRefuseBinary() {
            assertThat(codec().binary(160))
                    .isEqualTo(
                            new PeerEvent.Unusable(BadInput.BINARY, "message: 160 bytes of binary (expected: text)"));
        }
    }

    @Nested
    class BeforeTheStart {
        @Test
        void shouldGreet() {
            assertThat(decode(codec(), Messages.CONNECTED)).isEqualTo(new PeerEvent.Connected("Call", "1.0.0"));
            assertThat(decode(codec(), "{\"event\":\"connected\"}")).isEqualTo(new PeerEvent.Connected("", ""));
        }

        @Test
        void shouldRefuseWhatBelongsToAStream() {
            TwilioCodec codec = codec();
            for (String early : new String[] {Messages.mark("m"), Messages.dtmf("\"1\""), Messages.STOP}) {
                assertThat(refusal(decode(codec, early))).isEqualTo(BadInput.BEFORE_START);
            }
        }

        @Test
        void shouldNameTheStreamOfMediaWithoutAStart() {
            assertThat(decode(codec(), media(1))).isInstanceOf(PeerEvent.UnknownStream.class);
            assertThat(refusal(decode(codec(), "{\"event\":\"media\",\"media\":{}}")))
                    .isEqualTo(BadInput.BEFORE_START);
        }

        @Test
        void shouldSayWhatThePathSaidAboutTheMode() {
            assertThat(DIALECT.newCodec(StreamMode.LISTEN_ONLY).mode()).isEqualTo(StreamMode.LISTEN_ONLY);
            assertThat(DIALECT.newCodec(StreamMode.BIDIRECTIONAL).mode()).isEqualTo(StreamMode.BIDIRECTIONAL);
        }

        @Test
        void shouldNotEncode() {
            assertThatThrownBy(() -> codec().encode(new PeerControl.SendClear(), ByteBuffer.allocate(500)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("encode: no stream yet (expected: after the start)");
        }
    }

    @Nested
    class TheStart {
        @Test
        void shouldTellTheFacts() {
            CallFacts facts = facts(decode(codec(), Messages.START));
            assertThat(facts.callId()).hasToString("CA0001");
            assertThat(facts.streamId()).hasToString("MZ0001");
            assertThat(facts.accountId()).isEqualTo("AC0001");
            assertThat(facts.dialect()).isEqualTo("twilio");
            assertThat(facts.format()).isEqualTo(AudioFormat.MULAW_8K);
            assertThat(facts.mode()).isEqualTo(StreamMode.BIDIRECTIONAL);
            assertThat(facts.tracks()).containsExactly(Track.INBOUND);
            assertThat(facts.parameters()).containsOnly(org.assertj.core.api.Assertions.entry("tenant", "acme"));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "\"sampleRate\":8000 | \"sampleRate\":\"8000\"",
                    "\"channels\":1 | \"channels\":\"1\"",
                    "\"sequenceNumber\":\"1\" | \"sequenceNumber\":1",
                    "\"sequenceNumber\":\"1\", | ''",
                    "\"accountSid\":\"AC0001\", | ''",
                    "\"tracks\":[\"inbound\"] | \"tracks\":[\"inbound_track\"]",
                    "\"tracks\":[\"inbound\"], | ''",
                    "\"customParameters\":{\"tenant\":\"acme\"} | \"customParameters\":null",
                    "\"customParameters\":{\"tenant\":\"acme\"}, | ''",
                    "\"streamSid\":\"MZ0001\",\"start\" | \"start\"",
                    "\"streamSid\":\"MZ0001\",\"tracks\" | \"tracks\"",
                    "CA0001 | 3f2b8a1e-0c4d-4f6a-9b7e-1d2c3b4a5968",
                    "\"event\":\"start\" | \"event\":\"start\",\"new\":{\"in\":[1,{\"a\":null}]}",
                })
        void shouldTakeWhatLookAlikesWriteOtherwise(String written, String otherwise) {
            CallFacts facts = facts(decode(codec(), start(written, otherwise)));
            assertThat(facts.streamId()).hasToString("MZ0001");
            assertThat(facts.tracks()).containsExactly(Track.INBOUND);
        }

        @Test
        void shouldTurnPlainParametersIntoText() {
            String custom = "{\"a\":1.50,\"b\":true,\"c\":\"\",\"d\":null,\"e\":\"\\u0000\\u00e9\\ud83d\\ude00\"}";
            assertThat(facts(decode(codec(), start("{\"tenant\":\"acme\"}", custom)))
                            .parameters())
                    .containsOnlyKeys("a", "b", "c", "e")
                    .containsEntry("a", "1.50")
                    .containsEntry("b", "true")
                    .containsEntry("c", "")
                    .containsEntry("e", "\0é😀");
        }

        @Test
        void shouldNotCountTheTokenAmongTheCustomersParameters() {
            DialectLimits usual = DialectLimits.defaults();
            DialectLimits none = new DialectLimits(
                    usual.messageBytes(),
                    usual.depth(),
                    usual.tokens(),
                    usual.stringChars(),
                    usual.nameChars(),
                    usual.numberDigits(),
                    usual.payloadBytes(),
                    0,
                    1,
                    usual.idChars(),
                    usual.markNameChars());
            String token = new CallTokens(TokenKey.random(), 1).issue("CA0001", 0);
            String custom = "{\"steadyline-token\":\"" + token + "\"}";
            TwilioCodec strict = new TwilioCodec(none, new JsonReader(none), StreamMode.BIDIRECTIONAL);
            assertThat(facts(decode(strict, start("{\"tenant\":\"acme\"}", custom)))
                            .parameters())
                    .containsOnly(org.assertj.core.api.Assertions.entry(CallTokens.PARAMETER, token));
            TwilioCodec other = new TwilioCodec(none, new JsonReader(none), StreamMode.BIDIRECTIONAL);
            assertThat(decode(other, Messages.START)).isInstanceOf(PeerEvent.Unusable.class);
        }

        @Test
        void shouldListenOnlyWhenTheOutboundTrackComesToo() {
            TwilioCodec codec = codec();
            CallFacts facts = facts(decode(codec, start("[\"inbound\"]", "[\"inbound\",\"outbound\"]")));
            assertThat(facts.mode()).isEqualTo(StreamMode.LISTEN_ONLY);
            assertThat(codec.mode()).isEqualTo(StreamMode.LISTEN_ONLY);
            assertThatThrownBy(() -> codec.maxEncodedBytes(new PeerControl.SendClear()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("LISTEN_ONLY (expected: BIDIRECTIONAL)");
        }

        @Test
        void shouldListenOnlyOnTheListenPath() {
            DialectCodec codec = DIALECT.newCodec(StreamMode.LISTEN_ONLY);
            assertThat(facts(decode(codec, Messages.START)).mode()).isEqualTo(StreamMode.LISTEN_ONLY);
        }

        @Test
        void shouldRefuseASecondStart() {
            TwilioCodec codec = startedCodec();
            assertThat(refusal(decode(codec, Messages.START))).isEqualTo(BadInput.DUPLICATE_START);
            assertThat(refusal(decode(codec, start("MZ0001", "MZ0002")))).isEqualTo(BadInput.DUPLICATE_START);
            assertThat(audio(decode(codec, media(1))).chunk()).isEqualTo(1);
        }

        @Test
        void shouldTakeAGoodStartAfterABadOne() {
            TwilioCodec codec = codec();
            assertThat(refusal(decode(codec, start("8000", "16000")))).isEqualTo(BadInput.UNSUPPORTED_FORMAT);
            assertThat(facts(decode(codec, Messages.START)).callId()).hasToString("CA0001");
        }
    }

    @Nested
    class Audio {
        @Test
        void shouldHandOverThePayload() {
            PeerEvent.Media media = audio(decode(startedCodec(), media(2)));
            assertThat(media.track()).isEqualTo(Track.INBOUND);
            assertThat(media.chunk()).isEqualTo(2);
            assertThat(media.timestampMs()).isEqualTo(40);
            assertThat(media.payload()).isEqualTo(Base64.getDecoder().decode(Messages.audio(160)));
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 80, 159, 161, 800, 32_767, 32_768})
        void shouldTakeAnyLengthUpToTheLimit(int bytes) {
            String message = media(Messages.audio(160), Messages.audio(bytes));
            assertThat(audio(decode(startedCodec(), message)).payload()).hasSize(bytes);
        }

        @Test
        void shouldTakeAnUnnumberedChunk() {
            TwilioCodec codec = startedCodec();
            String unnumbered = media("\"chunk\":\"2\",\"timestamp\":\"40\",", "");
            for (int i = 0; i < 3; i++) {
                assertThat(audio(decode(codec, unnumbered)).chunk()).isEqualTo(-1);
            }
            assertThat(audio(decode(codec, unnumbered)).timestampMs()).isEqualTo(-1);
            assertThat(codec.missingChunks()).isZero();
        }

        @Test
        void shouldKnowTheTrackWhenThereIsJustOne() {
            String trackless = media("\"track\":\"inbound\",", "");
            assertThat(audio(decode(startedCodec(), trackless)).track()).isEqualTo(Track.INBOUND);
            TwilioCodec both = codec();
            facts(decode(both, start("[\"inbound\"]", "[\"inbound\",\"outbound\"]")));
            assertThat(refusal(decode(both, trackless))).isEqualTo(BadInput.MISSING_FIELD);
        }

        @Test
        void shouldRefuseAnotherStreamsAudio() {
            assertThat(decode(startedCodec(), media("MZ0001", "MZ0009")))
                    .isEqualTo(
                            new PeerEvent.Unusable(BadInput.WRONG_STREAM, "streamSid: 'MZ0009' (expected: 'MZ0001')"));
        }
    }

    @Nested
    class TheOrderOfChunks {
        @Test
        void shouldCountGaps() {
            TwilioCodec codec = startedCodec();
            for (int chunk : new int[] {1, 2, 5, 6, 10}) {
                assertThat(audio(decode(codec, media(chunk))).chunk()).isEqualTo(chunk);
            }
            assertThat(codec.missingChunks()).isEqualTo(5);
        }

        @ParameterizedTest
        @CsvSource({"0,0", "1,0", "2,1", "4,3"})
        void shouldCountWhatIsMissingBeforeTheFirst(int first, int missing) {
            TwilioCodec codec = startedCodec();
            decode(codec, media(first));
            decode(codec, media(first + 1));
            assertThat(codec.missingChunks()).isEqualTo(missing);
        }

        @Test
        void shouldRefuseWhatCameBefore() {
            TwilioCodec codec = startedCodec();
            decode(codec, media(3));
            assertThat(decode(codec, media(3)))
                    .isEqualTo(new PeerEvent.Unusable(BadInput.OUT_OF_ORDER, "media.chunk: 3 (expected: more than 3)"));
            assertThat(refusal(decode(codec, media(2)))).isEqualTo(BadInput.OUT_OF_ORDER);
            assertThat(audio(decode(codec, media(4))).chunk()).isEqualTo(4);
            assertThat(codec.missingChunks()).isEqualTo(2);
        }

        @Test
        void shouldCountEachTrackForItself() {
            TwilioCodec codec = codec();
            facts(decode(codec, start("[\"inbound\"]", "[\"inbound\",\"outbound\"]")));
            String outbound = media("inbound", "outbound");
            assertThat(audio(decode(codec, media(7))).chunk()).isEqualTo(7);
            assertThat(audio(decode(codec, outbound)).track()).isEqualTo(Track.OUTBOUND);
            assertThat(refusal(decode(codec, outbound))).isEqualTo(BadInput.OUT_OF_ORDER);
            assertThat(codec.missingChunks()).as("not known of two tracks").isZero();
        }

        @Test
        void shouldNotCountAChunkWhoseAudioIsBroken() {
            TwilioCodec codec = startedCodec();
            decode(codec, media(1));
            assertThat(refusal(decode(codec, media(Messages.audio(160), "*")))).isEqualTo(BadInput.BAD_PAYLOAD);
            assertThat(audio(decode(codec, media(2))).chunk()).isEqualTo(2);
        }
    }

    @Nested
    class OtherEvents {
        @ParameterizedTest
        @ValueSource(chars = {'0', '9', '*', '#', 'A', 'D'})
        void shouldTakeEachKey(char digit) {
            assertThat(decode(startedCodec(), Messages.dtmf("\"" + digit + "\"")))
                    .isEqualTo(new PeerEvent.Dtmf(digit));
        }

        @Test
        void shouldReturnMarks() {
            assertThat(decode(startedCodec(), Messages.mark("g1.\\\"\\u00e9")))
                    .isEqualTo(new PeerEvent.MarkReturned("g1.\"é"));
        }

        @Test
        void shouldStop() {
            assertThat(decode(startedCodec(), Messages.STOP)).isEqualTo(new PeerEvent.Stopped());
        }

        @Test
        void shouldIgnoreNewEvents() {
            assertThat(refusal(decode(startedCodec(), "{\"event\":\"hologram\"}")))
                    .isEqualTo(BadInput.UNKNOWN_EVENT);
        }
    }

    @Nested
    class Encoding {
        @ParameterizedTest
        @ValueSource(ints = {0, 1, 2, 3, 79, 80, 160, 161, 32_768})
        void shouldTakeExactlyTheRoomItAsksForAudio(int bytes) {
            TwilioCodec codec = startedCodec();
            byte[] payload = Base64.getDecoder().decode(Messages.audio(bytes));
            AudioFrame frame = new AudioFrame(payload, 0);
            ByteBuffer out = ByteBuffer.allocate(codec.maxEncodedBytes(frame));
            codec.encode(frame, out);
            assertThat(out.hasRemaining()).isFalse();
            assertThat(new String(out.array(), StandardCharsets.UTF_8))
                    .isEqualTo("{\"event\":\"media\",\"streamSid\":\"MZ0001\",\"media\":{\"payload\":\""
                            + Messages.audio(bytes) + "\"}}");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "plain", "with \" and \\ and /", "\0\n\u007f\u0085\u2028", "é漢😀", "\ud800 half"})
        void shouldWriteMarkNamesThatComeBackAsTheyWere(String name) {
            TwilioCodec codec = startedCodec();
            PeerControl.SendMark mark = new PeerControl.SendMark(name);
            ByteBuffer out = ByteBuffer.allocate(codec.maxEncodedBytes(mark));
            codec.encode(mark, out);
            String sent = StandardCharsets.US_ASCII.decode(out.flip()).toString();
            assertThat(sent)
                    .startsWith("{\"event\":\"mark\",\"streamSid\":\"MZ0001\",\"mark\":{")
                    .isPrintable();
            String returned = sent.replace("\"streamSid\"", "\"sequenceNumber\":\"3\",\"streamSid\"");
            assertThat(decode(codec, returned)).isEqualTo(new PeerEvent.MarkReturned(name));
        }

        @Test
        void shouldRefuseAMarkThatCouldNotComeBack() {
            PeerControl.SendMark mark = new PeerControl.SendMark("m".repeat(129));
            assertThatThrownBy(() -> startedCodec().maxEncodedBytes(mark))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("wireName: 129 characters (expected: at most 128)");
        }

        @Test
        void shouldRefuseABufferThatIsTooSmall() {
            AudioFrame frame = new AudioFrame(new byte[160], 0);
            assertThatThrownBy(() -> startedCodec().encode(frame, ByteBuffer.allocate(200)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("out.remaining: 200 bytes (expected: at least ");
        }

        @Test
        void shouldRefuseWhatNoPeerGets() {
            MediaItem ours = new TxControl.MarkPoint("m", 1);
            assertThatThrownBy(() -> startedCodec().encode(ours, ByteBuffer.allocate(200)))
                    .asInstanceOf(type(IllegalArgumentException.class))
                    .satisfies(e -> assertThat(e).hasMessageContaining("expected: an AudioFrame or a PeerControl"));
        }
    }
}
