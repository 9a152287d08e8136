package io.steadyline.websocket.twilio;

import io.steadyline.signal.PeerEvent;
import io.steadyline.signal.StreamMode;
import io.steadyline.websocket.dialect.DialectCodec;
import io.steadyline.websocket.dialect.DialectLimits;
import io.steadyline.websocket.dialect.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Twilio's messages for tests. Ids are invented. */
final class Messages {

    static final String STREAM = "MZ0001";
    static final String CONNECTED = "{\"event\":\"connected\",\"protocol\":\"Call\",\"version\":\"1.0.0\"}";
    static final String START = start("", "");
    static final String STOP = "{\"event\":\"stop\",\"sequenceNumber\":\"9\",\"streamSid\":\"MZ0001\","
            + "\"stop\":{\"accountSid\":\"AC0001\",\"callSid\":\"CA0001\"}}";

    private Messages() {}

    /** A valid start in which one piece of text stands in for another. */
    static String start(String replaced, String by) {
        String valid = "{\"event\":\"start\",\"sequenceNumber\":\"1\",\"streamSid\":\"MZ0001\",\"start\":{"
                + "\"accountSid\":\"AC0001\",\"callSid\":\"CA0001\",\"streamSid\":\"MZ0001\",\"tracks\":[\"inbound\"],"
                + "\"customParameters\":{\"tenant\":\"acme\"},"
                + "\"mediaFormat\":{\"encoding\":\"audio/x-mulaw\",\"sampleRate\":8000,\"channels\":1}}}";
        return replacing(valid, replaced, by);
    }

    static String media(long chunk) {
        return media("\"chunk\":\"2\"", "\"chunk\":\"" + chunk + "\"");
    }

    static String media(String replaced, String by) {
        String valid = "{\"event\":\"media\",\"sequenceNumber\":\"4\",\"streamSid\":\"MZ0001\",\"media\":{"
                + "\"track\":\"inbound\",\"chunk\":\"2\",\"timestamp\":\"40\",\"payload\":\"" + audio(160) + "\"}}";
        return replacing(valid, replaced, by);
    }

    static String dtmf(String digit) {
        return "{\"event\":\"dtmf\",\"streamSid\":\"MZ0001\",\"sequenceNumber\":\"5\","
                + "\"dtmf\":{\"track\":\"inbound_track\",\"digit\":" + digit + "}}";
    }

    static String mark(String name) {
        return "{\"event\":\"mark\",\"sequenceNumber\":\"7\",\"streamSid\":\"MZ0001\",\"mark\":{\"name\":\"" + name
                + "\"}}";
    }

    /** Base64 of that many bytes, none like its neighbour. */
    static String audio(int bytes) {
        byte[] payload = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            payload[i] = (byte) (i * 7 + 3);
        }
        return Base64.getEncoder().encodeToString(payload);
    }

    static TwilioCodec codec() {
        DialectLimits limits = DialectLimits.defaults();
        return new TwilioCodec(limits, new JsonReader(limits), StreamMode.BIDIRECTIONAL);
    }

    static TwilioCodec startedCodec() {
        TwilioCodec codec = codec();
        if (!(decode(codec, START) instanceof PeerEvent.Started)) {
            throw new AssertionError("the start was not taken");
        }
        return codec;
    }

    static PeerEvent decode(DialectCodec codec, String message) {
        byte[] utf8 = message.getBytes(StandardCharsets.UTF_8);
        return codec.decode(utf8, 0, utf8.length);
    }

    private static String replacing(String valid, String replaced, String by) {
        if (!valid.contains(replaced)) {
            throw new AssertionError("not in the message: " + replaced);
        }
        return replaced.isEmpty() ? valid : valid.replace(replaced, by);
    }
}
