package io.steadyline.websocket.twilio;

import static io.steadyline.signal.BadInput.BAD_PAYLOAD;
import static io.steadyline.signal.BadInput.MALFORMED;
import static io.steadyline.signal.BadInput.MISSING_FIELD;
import static io.steadyline.signal.BadInput.TOO_LARGE;
import static io.steadyline.signal.BadInput.UNKNOWN_EVENT;
import static io.steadyline.signal.BadInput.UNSUPPORTED_FORMAT;
import static io.steadyline.signal.BadInput.WRONG_STREAM;
import static io.steadyline.signal.BadInput.WRONG_TYPE;
import static io.steadyline.websocket.twilio.Messages.START;
import static io.steadyline.websocket.twilio.Messages.audio;
import static io.steadyline.websocket.twilio.Messages.codec;
import static io.steadyline.websocket.twilio.Messages.decode;
import static io.steadyline.websocket.twilio.Messages.media;
import static io.steadyline.websocket.twilio.Messages.start;
import static io.steadyline.websocket.twilio.Messages.startedCodec;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.signal.BadInput;
import io.steadyline.signal.PeerEvent;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a peer sends: an answer with a reason, nothing thrown, and a stream that goes on. */
final class MalformedInputTest {

    /** One bad message; each character of {@code bytes} is a byte. */
    record Bad(String what, String bytes, BadInput reason) {
        byte[] message() {
            return bytes.getBytes(ISO_8859_1);
        }

        @Override
        public String toString() {
            return what + " -> " + reason;
        }
    }

    private static Bad bad(String what, String message, BadInput reason) {
        return bytes(what, new String(message.getBytes(UTF_8), ISO_8859_1), reason);
    }

    private static Bad bytes(String what, String bytes, BadInput reason) {
        return new Bad(what, bytes, reason);
    }

    static Stream<Bad> badAnywhere() {
        String deep = "{\"event\":\"x\",\"a\":";
        String payload = audio(160);
        return Stream.of(
                bad("nothing", "", MALFORMED),
                bad("white space", " \r\n\t ", MALFORMED),
                bad("words", "hello", MALFORMED),
                bad("an array", "[]", MALFORMED),
                bad("an array of messages", "[" + media(1) + "]", MALFORMED),
                bad("a string", "\"media\"", MALFORMED),
                bad("a number", "17", MALFORMED),
                bad("null", "null", MALFORMED),
                bad("true", "true", MALFORMED),
                bad("an empty object", "{}", MISSING_FIELD),
                bad("event null", "{\"event\":null}", MISSING_FIELD),
                bad("event a number", "{\"event\":1}", WRONG_TYPE),
                bad("event an array", "{\"event\":[\"media\"]}", WRONG_TYPE),
                bad("event an object", "{\"event\":{}}", WRONG_TYPE),
                bad("event empty", "{\"event\":\"\"}", UNKNOWN_EVENT),
                bad("event in capitals", "{\"event\":\"MEDIA\"}", UNKNOWN_EVENT),
                bad("event with controls", "{\"event\":\"a\\u0000\\n\\u001b[31m\"}", UNKNOWN_EVENT),
                bad("event of half a pair", "{\"event\":\"\\ud800\"}", UNKNOWN_EVENT),
                bad("event of separators", "{\"event\":\"\u2028\u0085\"}", UNKNOWN_EVENT),
                bad("raw control in a name", "{\"ev\nent\":\"media\"}", MALFORMED),
                bad("raw NUL in a string", "{\"event\":\"me\0dia\"}", MALFORMED),
                bad("NUL behind", START + "\0", MALFORMED),
                bad("NUL before", "\0" + START, MALFORMED),
                bad("NUL between", START.replace(":{", ":\0{"), MALFORMED),
                bad("a byte order mark", "\uFEFF" + START, MALFORMED),
                bytes("UTF-16", new String(START.getBytes(UTF_16BE), ISO_8859_1), MALFORMED),
                bytes("UTF-16 with mark", new String(START.getBytes(UTF_16), ISO_8859_1), MALFORMED),
                bytes("a lone continuation byte", "{\"event\":\"\u0080\"}", MALFORMED),
                bytes("an overlong slash", "{\"event\":\"\u00c0\u00af\"}", MALFORMED),
                bytes("a surrogate in UTF-8", "{\"event\":\"\u00ed\u00a0\u0080\"}", MALFORMED),
                bytes("half a character", "{\"event\":\"\u00e2\u0082\"}", MALFORMED),
                bytes("0xff bytes", "\u00ff\u00fe\u00fd", MALFORMED),
                bytes("invalid UTF-8 in a field nobody reads", "{\"event\":\"x\",\"y\":\"\u00f8\"}", MALFORMED),
                bad("single quotes", "{'event':'media'}", MALFORMED),
                bad("a bare name", "{event:\"media\"}", MALFORMED),
                bad("a comment", "/* hi */" + START, MALFORMED),
                bad("a comma at the end", "{\"event\":\"media\",}", MALFORMED),
                bad("two messages", START + START, MALFORMED),
                bad("text behind", START + " x", MALFORMED),
                bad("a bracket too many", START + "}", MALFORMED),
                bad("NaN", "{\"event\":\"x\",\"a\":NaN}", MALFORMED),
                bad("a number with a leading zero", "{\"event\":\"x\",\"a\":01}", MALFORMED),
                bad("a number with a plus", "{\"event\":\"x\",\"a\":+1}", MALFORMED),
                bad("an invalid escape", "{\"event\":\"\\x41\"}", MALFORMED),
                bad("a cut escape", "{\"event\":\"\\u00\"}", MALFORMED),
                bad("event twice", "{\"event\":\"connected\",\"event\":\"connected\"}", MALFORMED),
                bad("event twice, escaped", "{\"event\":\"connected\",\"\\u0065vent\":\"stop\"}", MALFORMED),
                bad("an unread field twice", "{\"event\":\"connected\",\"a\":1,\"a\":1}", MALFORMED),
                bad("a field twice further down", "{\"event\":\"connected\",\"a\":{\"b\":1,\"b\":2}}", MALFORMED),
                bad("nested 9 deep", deep + "[".repeat(8) + "]".repeat(8) + "}", MALFORMED),
                bad("nested 1000 deep", deep + "[".repeat(1000) + "]".repeat(1000) + "}", MALFORMED),
                bad("30000 objects deep", "{\"a\":".repeat(10_000), MALFORMED),
                bad("nested 8 deep, in limits", deep + "[".repeat(7) + "]".repeat(7) + "}", UNKNOWN_EVENT),
                bad("70 KiB", "{\"event\":\"" + "x".repeat(70 * 1024) + "\"}", TOO_LARGE),
                bad("70 KiB of spaces", " ".repeat(70 * 1024), TOO_LARGE),
                bad("70 KiB of audio", media(payload, "A".repeat(70 * 1024)), TOO_LARGE),
                bad("a string of 49153", "{\"event\":\"" + "x".repeat(49_153) + "\"}", TOO_LARGE),
                bad("a name of 65", "{\"" + "n".repeat(65) + "\":1,\"event\":\"x\"}", TOO_LARGE),
                bad("a number of 21 digits", "{\"event\":\"x\",\"a\":" + "1".repeat(21) + "}", TOO_LARGE),
                bad("3000 values", deep + "[" + "1,".repeat(2_999) + "1]}", TOO_LARGE),
                bad("1000 fields", "{" + numbered(1000, "\"f%d\":0") + "}", TOO_LARGE),
                bad("a huge exponent", "{\"event\":\"x\",\"a\":1e999999999}", UNKNOWN_EVENT),
                bad("protocol a number", "{\"event\":\"connected\",\"protocol\":1}", WRONG_TYPE),
                bad("a long protocol", "{\"event\":\"connected\",\"protocol\":\"" + "p".repeat(65) + "\"}", TOO_LARGE));
    }

    static Stream<Bad> badStarts() {
        String parameters = "{\"tenant\":\"acme\"}";
        return Stream.of(
                bad("no start object", "{\"event\":\"start\",\"streamSid\":\"MZ0001\"}", MISSING_FIELD),
                bad("start null", "{\"event\":\"start\",\"streamSid\":\"MZ0001\",\"start\":null}", MISSING_FIELD),
                bad("start an array", "{\"event\":\"start\",\"streamSid\":\"MZ0001\",\"start\":[]}", WRONG_TYPE),
                bad("no callSid", start("\"callSid\":\"CA0001\",", ""), MISSING_FIELD),
                bad("callSid null", start("\"CA0001\"", "null"), MISSING_FIELD),
                bad("callSid empty", start("CA0001", ""), WRONG_TYPE),
                bad("callSid a number", start("\"CA0001\"", "1"), WRONG_TYPE),
                bad("callSid of 65", start("CA0001", "C".repeat(65)), TOO_LARGE),
                bad("callSid with a space", start("CA0001", "CA 0001"), WRONG_TYPE),
                bad("callSid with a line break", start("CA0001", "CA\\n[RX] mode=normal"), WRONG_TYPE),
                bad("callSid with dots of another script", start("CA0001", "CA。"), WRONG_TYPE),
                bad("callSid a path", start("CA0001", "../../etc/passwd"), WRONG_TYPE),
                bad("streamSid of quotes", start("\"streamSid\":\"MZ0001\"", "\"streamSid\":\"\\\"\""), WRONG_TYPE),
                bad("no streamSid", start("\"streamSid\":\"MZ0001\",", ""), MISSING_FIELD),
                bad("two streamSids", start("\"MZ0001\",\"tracks\"", "\"MZ0002\",\"tracks\""), WRONG_STREAM),
                bad("accountSid with a NUL", start("AC0001", "AC\\u0000"), WRONG_TYPE),
                bad(
                        "sequenceNumber of words",
                        start("\"sequenceNumber\":\"1\"", "\"sequenceNumber\":\"one\""),
                        WRONG_TYPE),
                bad("sequenceNumber negative", start("\"sequenceNumber\":\"1\"", "\"sequenceNumber\":-1"), WRONG_TYPE),
                bad("no mediaFormat", start("mediaFormat", "format"), MISSING_FIELD),
                bad("mediaFormat a string", start("\"mediaFormat\":{", "\"mediaFormat\":\"\",\"x\":{"), WRONG_TYPE),
                bad("no encoding", start("\"encoding\":\"audio/x-mulaw\",", ""), MISSING_FIELD),
                bad("another encoding", start("audio/x-mulaw", "audio/x-alaw"), UNSUPPORTED_FORMAT),
                bad("another rate", start("8000", "16000"), UNSUPPORTED_FORMAT),
                bad("rate with a fraction", start("8000", "8000.0"), WRONG_TYPE),
                bad("a huge rate", start("8000", "99999999999999999999"), WRONG_TYPE),
                bad("stereo", start("\"channels\":1", "\"channels\":2"), UNSUPPORTED_FORMAT),
                bad("tracks a string", start("[\"inbound\"]", "\"inbound\""), WRONG_TYPE),
                bad("tracks of numbers", start("[\"inbound\"]", "[1]"), WRONG_TYPE),
                bad("tracks of null", start("[\"inbound\"]", "[null]"), WRONG_TYPE),
                bad("an unknown track", start("[\"inbound\"]", "[\"sideways\"]"), WRONG_TYPE),
                bad("parameters an array", start(parameters, "[]"), WRONG_TYPE),
                bad("a nested parameter", start("\"acme\"", "{\"a\":1}"), WRONG_TYPE),
                bad("a parameter list", start("\"acme\"", "[\"a\"]"), WRONG_TYPE),
                bad("a parameter of 500", start("acme", "v".repeat(500 - "tenant".length())), TOO_LARGE),
                bad("65 parameters", start(parameters, "{" + numbered(65, "\"p%d\":\"v\"") + "}"), TOO_LARGE),
                bad("a parameter twice", start(parameters, "{\"a\":\"1\",\"a\":\"2\"}"), MALFORMED),
                bad("half a pair in a value", start("acme", "\\udc00"), MALFORMED),
                bad("half a pair in a name", start("tenant", "\\ud83d"), MALFORMED));
    }

    static Stream<Bad> badInAStream() {
        String payload = audio(160);
        return Stream.of(
                bad("no media object", "{\"event\":\"media\",\"streamSid\":\"MZ0001\"}", MISSING_FIELD),
                bad("media a string", "{\"event\":\"media\",\"streamSid\":\"MZ0001\",\"media\":\"\"}", WRONG_TYPE),
                bad("no streamSid", media("\"streamSid\":\"MZ0001\",", ""), MISSING_FIELD),
                bad("streamSid null", media("\"MZ0001\"", "null"), MISSING_FIELD),
                bad("streamSid a number", media("\"MZ0001\"", "1"), WRONG_TYPE),
                bad("another stream", media("MZ0001", "MZ00010"), WRONG_STREAM),
                bad("no payload", media(",\"payload\":\"" + payload + "\"", ""), MISSING_FIELD),
                bad("payload null", media("\"" + payload + "\"", "null"), MISSING_FIELD),
                bad("payload a number", media("\"" + payload + "\"", "1"), WRONG_TYPE),
                bad("payload an array", media("\"" + payload + "\"", "[1,2]"), WRONG_TYPE),
                bad("payload empty", media(payload, ""), BAD_PAYLOAD),
                bad("payload padding only", media(payload, "===="), BAD_PAYLOAD),
                bad("payload of one character", media(payload, "A"), BAD_PAYLOAD),
                bad("payload with a character left over", media(payload, "AAAAA"), BAD_PAYLOAD),
                bad("payload with padding inside", media(payload, "AA==AAAA"), BAD_PAYLOAD),
                bad("payload with a space", media(payload, "AAAA AAAA"), BAD_PAYLOAD),
                bad("payload with a line break", media(payload, "AAAA\\r\\nAAAA"), BAD_PAYLOAD),
                bad("payload for URLs", media(payload, "__--"), BAD_PAYLOAD),
                bad("payload in another script", media(payload, "ÀÁÂÃ"), BAD_PAYLOAD),
                bad("payload with a NUL", media(payload, "AAA\\u0000"), BAD_PAYLOAD),
                bad("payload of 32769 bytes", media(payload, audio(32_769)), TOO_LARGE),
                bad("chunk of words", media("\"chunk\":\"2\"", "\"chunk\":\"two\""), WRONG_TYPE),
                bad("chunk empty", media("\"chunk\":\"2\"", "\"chunk\":\"\""), WRONG_TYPE),
                bad("chunk negative", media("\"chunk\":\"2\"", "\"chunk\":\"-2\""), WRONG_TYPE),
                bad("chunk with a space", media("\"chunk\":\"2\"", "\"chunk\":\" 2\""), WRONG_TYPE),
                bad("chunk in other digits", media("\"chunk\":\"2\"", "\"chunk\":\"٢\""), WRONG_TYPE),
                bad("chunk of 19 digits", media("\"chunk\":\"2\"", "\"chunk\":9999999999999999999"), WRONG_TYPE),
                bad("chunk with an exponent", media("\"chunk\":\"2\"", "\"chunk\":2e3"), WRONG_TYPE),
                bad("chunk true", media("\"chunk\":\"2\"", "\"chunk\":true"), WRONG_TYPE),
                bad("chunk an object", media("\"chunk\":\"2\"", "\"chunk\":{}"), WRONG_TYPE),
                bad("timestamp with a fraction", media("\"timestamp\":\"40\"", "\"timestamp\":40.5"), WRONG_TYPE),
                bad("sequenceNumber an array", media("\"sequenceNumber\":\"4\"", "\"sequenceNumber\":[4]"), WRONG_TYPE),
                bad("an unknown track", media("\"inbound\"", "\"both\""), WRONG_TYPE),
                bad("track a number", media("\"inbound\"", "1"), WRONG_TYPE),
                bad("chunk twice", media("\"chunk\":\"2\"", "\"chunk\":\"2\",\"chunk\":\"2\""), MALFORMED),
                bad("no digit", "{\"event\":\"dtmf\",\"streamSid\":\"MZ0001\",\"dtmf\":{}}", MISSING_FIELD),
                bad("digit empty", Messages.dtmf("\"\""), WRONG_TYPE),
                bad("two digits", Messages.dtmf("\"12\""), WRONG_TYPE),
                bad("a letter as digit", Messages.dtmf("\"E\""), WRONG_TYPE),
                bad("a digit of another script", Messages.dtmf("\"٥\""), WRONG_TYPE),
                bad("digit null", Messages.dtmf("null"), MISSING_FIELD),
                bad("mark of 129", Messages.mark("m".repeat(129)), TOO_LARGE),
                bad("mark without a name", "{\"event\":\"mark\",\"streamSid\":\"MZ0001\",\"mark\":{}}", MISSING_FIELD),
                bad("mark an array", "{\"event\":\"mark\",\"streamSid\":\"MZ0001\",\"mark\":[]}", WRONG_TYPE),
                bad("stop of another stream", Messages.STOP.replace("MZ0001", "MZ0002"), WRONG_STREAM));
    }

    private static String numbered(int count, String form) {
        return IntStream.range(0, count).mapToObj(form::formatted).collect(Collectors.joining(","));
    }

    private static void assertRefused(TwilioCodec codec, Bad bad) {
        PeerEvent event = codec.decode(bad.message(), 0, bad.message().length);
        assertThat(event).isInstanceOf(PeerEvent.Unusable.class);
        if (event instanceof PeerEvent.Unusable(BadInput reason, String detail)) {
            assertThat(reason).as(detail).isEqualTo(bad.reason);
            assertSafeToLog(detail);
            assertThat(detail).contains(" (expected: ").hasSizeLessThan(300);
        }
    }

    private static void assertSafeToLog(String detail) {
        boolean safe = detail.chars().noneMatch(c -> Character.isISOControl(c) || c == '\u2028' || c == '\u2029');
        if (!safe) {
            throw new AssertionError("not safe to log: " + detail);
        }
    }

    @ParameterizedTest
    @MethodSource("badAnywhere")
    void shouldRefuseBeforeAndWithinAStream(Bad bad) {
        assertRefused(codec(), bad);
        TwilioCodec started = startedCodec();
        assertRefused(started, bad);
        assertThat(decode(started, media(1))).as("the stream goes on").isInstanceOf(PeerEvent.Media.class);
    }

    @ParameterizedTest
    @MethodSource("badStarts")
    void shouldRefuseTheStart(Bad bad) {
        TwilioCodec codec = codec();
        assertRefused(codec, bad);
        assertThat(decode(codec, START)).as("a good one is taken").isInstanceOf(PeerEvent.Started.class);
    }

    @ParameterizedTest
    @MethodSource("badInAStream")
    void shouldRefuseWithinAStream(Bad bad) {
        TwilioCodec codec = startedCodec();
        assertRefused(codec, bad);
        assertThat(decode(codec, media(1))).as("the stream goes on").isInstanceOf(PeerEvent.Media.class);
        assertThat(codec.missingChunks()).isZero();
    }

    @Nested
    class CutOff {
        @Test
        void shouldRefuseAStartCutAtAnyByte() {
            assertEachCutRefused(codec(), START);
        }

        @Test
        void shouldRefuseAudioCutAtAnyByte() {
            assertEachCutRefused(startedCodec(), media(2));
        }

        private void assertEachCutRefused(TwilioCodec codec, String message) {
            for (int length = 0; length < message.length(); length++) {
                assertRefused(codec, bad("cut at " + length, message.substring(0, length), MALFORMED));
            }
            assertThat(decode(codec, message)).isNotInstanceOf(PeerEvent.Unusable.class);
        }
    }

    @Nested
    class WhatIsShown {
        @Test
        void shouldNameTheFieldTheValueAndTheExpectation() {
            assertThat(decode(codec(), start("8000", "16000")))
                    .isEqualTo(new PeerEvent.Unusable(
                            UNSUPPORTED_FORMAT, "start.mediaFormat.sampleRate: 16000 (expected: 8000)"));
        }

        @Test
        void shouldNotLetAValueWriteItsOwnLogLine() {
            assertThat(decode(codec(), start("CA0001", "CA\\n[RX] mode=normal")))
                    .isEqualTo(new PeerEvent.Unusable(
                            WRONG_TYPE,
                            "start.callSid: 'CA\\u000a[RX] mode=normal'"
                                    + " (expected: characters of A-Z a-z 0-9 _ . : -)"));
        }

        @Test
        void shouldNotShowAudioOrParameters() {
            assertThat(decode(startedCodec(), media(audio(160), "SECRET!")).toString())
                    .doesNotContain("SECRET");
            assertThat(decode(codec(), start("acme", "SECRET".repeat(90))).toString())
                    .contains("start.customParameters.tenant")
                    .doesNotContain("SECRET");
        }
    }

    @Nested
    class Mutated {
        private static final int MESSAGES = 100_000;
        private static final String[] SEEDS = {
            START, media(2), Messages.dtmf("\"5\""), Messages.mark("g1"), Messages.STOP, Messages.CONNECTED
        };

        @Test
        void shouldAnswerToEveryMutation() {
            long seed = System.nanoTime();
            Random random = new Random(seed);
            System.out.println("MalformedInputTest seed " + seed);
            TwilioCodec codec = startedCodec();
            int refused = 0;
            for (int i = 0; i < MESSAGES; i++) {
                byte[] message = mutated(SEEDS[random.nextInt(SEEDS.length)].getBytes(UTF_8), random);
                PeerEvent event = answer(i % 10 == 0 ? codec() : codec, message, seed, i);
                if (event instanceof PeerEvent.Unusable unusable) {
                    refused++;
                    assertSafeToLog(unusable.detail());
                }
            }
            assertThat(refused).as("seed %d", seed).isBetween(MESSAGES / 4, MESSAGES);
        }

        private PeerEvent answer(TwilioCodec codec, byte[] message, long seed, int i) {
            try {
                return codec.decode(message, 0, message.length);
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("seed " + seed + ", message " + i + ": " + new String(message, UTF_8), e);
            }
        }

        private static byte[] mutated(byte[] message, Random random) {
            byte[] changed = message;
            for (int n = random.nextInt(3); n >= 0; n--) {
                changed = Mutations.one(changed, random);
            }
            return changed;
        }
    }
}
