package io.steadyline.websocket.twilio;

import static io.steadyline.websocket.twilio.Messages.STREAM;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.signal.PeerEvent;
import io.steadyline.websocket.dialect.DialectLimits;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Audio is read in two ways: the quick one has to say the same as the strict one, or nothing. */
final class MediaScanAgreementTest {

    private static final int MESSAGES = 30_000;

    private final MediaScan scan = new MediaScan(STREAM, DialectLimits.defaults());
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    /** Both see every message in the same order, so that their chunks agree too. */
    private TwilioCodec quick = Messages.startedCodec();

    private TwilioCodec strict = Messages.startedCodec();
    private int chunk = 1;

    @Test
    void shouldFindEveryValidMessageOfTheCommonShape() {
        for (int i = 0; i < MESSAGES; i++) {
            byte[] message = valid(true).getBytes(UTF_8);
            if (scan.find(message, 0, message.length) == null) {
                throw new AssertionError("seed " + seed + ": not found: " + text(message));
            }
            assertAgreement(message);
        }
    }

    @Test
    void shouldAgreeOnValidAndBrokenMessages() {
        int found = 0;
        for (int i = 0; i < MESSAGES; i++) {
            byte[] message = valid(false).getBytes(UTF_8);
            for (int n = random.nextInt(4); n > 0; n--) {
                message = Mutations.one(message, random);
            }
            found += scan.find(message, 0, message.length) == null ? 0 : 1;
            assertAgreement(message);
        }
        assertThat(found).as("seed %d", seed).isBetween(MESSAGES / 20, MESSAGES - MESSAGES / 20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // As Twilio, then with spaces and without numbers, then with sorted names and plain numbers.
                "{\"event\":\"media\",\"sequenceNumber\":\"4\",\"media\":{\"track\":\"inbound\",\"chunk\":\"2\","
                        + "\"timestamp\":\"40\",\"payload\":\"//8=\"},\"streamSid\":\"MZ0001\"}",
                "{ \"event\": \"media\", \"streamSid\": \"MZ0001\", \"media\": { \"payload\": \"//8=\", \"track\":"
                        + " \"inbound\" } }\n",
                "{\"event\":\"media\",\"media\":{\"chunk\":2,\"payload\":\"//8=\",\"timestamp\":40,\"track\":\"outbound\"},"
                    + "\"sequenceNumber\":4,\"streamSid\":\"MZ0001\"}",
            })
    void shouldFindWhatIsSentInPractice(String message) {
        byte[] utf8 = message.getBytes(UTF_8);
        PeerEvent.Media media = scan.find(utf8, 0, utf8.length);
        assertThat(media).isNotNull();
        assertAgreement(utf8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"event\":\"media\" -> \"event\":\"media\",\"event\":\"media\"",
                "\"event\":\"media\", -> \"event\"",
                "\"event\" -> \"\\u0065vent\"",
                "\"inbound\" -> \"inbound_track\"",
                "\"chunk\":\"2\" -> \"chunk\":02",
                "\"chunk\":\"2\" -> \"chunk\":null",
                "\"chunk\":\"2\" -> \"chunk\":\"2\",\"codec\":\"mulaw\"",
                "MZ0001 -> MZ0002",
            })
    void shouldLeaveTheRestToTheStrictReader(String change) {
        String[] parts = change.split(" -> ", 2);
        byte[] utf8 = Messages.media(parts[0], parts[1]).getBytes(UTF_8);
        assertThat(scan.find(utf8, 0, utf8.length)).isNull();
        assertAgreement(utf8);
    }

    private void assertAgreement(byte[] message) {
        PeerEvent one = quick.decode(message, 0, message.length);
        PeerEvent other = strict.decodeAsJson(message, 0, message.length);
        if (!TwilioFuzz.isSame(one, other) || quick.missingChunks() != strict.missingChunks()) {
            throw new AssertionError("seed " + seed + ": " + text(message) + ": " + one + ", " + other);
        }
        if (one instanceof PeerEvent.Media media && media.chunk() > 1_000_000) {
            // Nothing comes after such a chunk: go on with new streams.
            quick = Messages.startedCodec();
            strict = Messages.startedCodec();
        }
    }

    private String valid(boolean common) {
        chunk += random.nextInt(8) == 0 ? random.nextInt(-2, 4) : 1;
        List<String> media = new ArrayList<>();
        media.add(field("track", quoted(random.nextBoolean() ? "inbound" : "outbound")));
        media.add(field("payload", quoted(payload())));
        addSometimes(media, field("chunk", number(Math.max(0, chunk))));
        addSometimes(media, field("timestamp", number(random.nextLong(1L << random.nextInt(1, 59)))));
        List<String> message = new ArrayList<>();
        message.add(field("event", quoted("media")));
        message.add(field("streamSid", quoted(STREAM)));
        message.add(field("media", object(media)));
        addSometimes(message, field("sequenceNumber", number(random.nextInt(1_000_000))));
        if (!common && random.nextInt(4) == 0) {
            message.add(field("extra" + random.nextInt(3), random.nextBoolean() ? "{\"a\":[1,\"b\"]}" : "\"é\\/\""));
        }
        return space() + object(message) + space();
    }

    private void addSometimes(List<String> fields, String field) {
        if (random.nextInt(5) > 0) {
            fields.add(field);
        }
    }

    private String object(List<String> fields) {
        Collections.shuffle(fields, random);
        return "{" + String.join(",", fields) + "}";
    }

    private String field(String name, String value) {
        return space() + quoted(name) + space() + ":" + space() + value + space();
    }

    private String number(long value) {
        return random.nextInt(3) > 0 ? quoted(String.valueOf(value)) : String.valueOf(value);
    }

    private String payload() {
        byte[] payload = new byte[random.nextInt(3) > 0 ? 160 : random.nextInt(1, 400)];
        random.nextBytes(payload);
        Base64.Encoder encoder = Base64.getEncoder();
        return (random.nextInt(10) == 0 ? encoder.withoutPadding() : encoder).encodeToString(payload);
    }

    private String space() {
        return random.nextInt(6) == 0 ? " \t\r\n".substring(random.nextInt(4)) : "";
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }

    private static String text(byte[] message) {
        return new String(message, UTF_8);
    }
}
