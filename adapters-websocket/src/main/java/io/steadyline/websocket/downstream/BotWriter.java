package io.steadyline.websocket.downstream;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.steadyline.signal.CallFacts;
import java.util.Base64;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Twilio's messages to one bot, field for field: numbers are strings, but for the format's; {@code sequenceNumber} begins
 * with 1 at the start and rises with each message, {@code chunk} with each piece of audio. Twilio's Media Streams messages
 * page. One user at a time.
 */
final class BotWriter {

    static final String CONNECTED = "{\"event\":\"connected\",\"protocol\":\"Call\",\"version\":\"1.0.0\"}";

    private final CallFacts facts;
    private final String streamSid;
    private long sequence;
    private long chunk;

    BotWriter(CallFacts facts) {
        this.facts = facts;
        this.streamSid = quoted(facts.streamId().value());
    }

    String start(Map<String, String> parameters) {
        return begin("start")
                + ",\"start\":{\"accountSid\":" + quoted(facts.accountId())
                + ",\"streamSid\":" + streamSid
                + ",\"callSid\":" + quoted(facts.callId().value())
                + ",\"tracks\":[\"inbound\"]"
                + ",\"mediaFormat\":{\"encoding\":\"audio/x-mulaw\",\"sampleRate\":8000,\"channels\":1}"
                + ",\"customParameters\":" + object(new TreeMap<>(parameters)) + "}"
                + end();
    }

    /** @param timestampMs since the call's beginning */
    String media(byte[] mulaw, long timestampMs) {
        return begin("media")
                + ",\"media\":{\"track\":\"inbound\",\"chunk\":\"" + ++chunk
                + "\",\"timestamp\":\"" + timestampMs
                + "\",\"payload\":\"" + Base64.getEncoder().encodeToString(mulaw) + "\"}"
                + end();
    }

    String dtmf(char digit) {
        return begin("dtmf")
                + ",\"dtmf\":{\"track\":\"inbound_track\",\"digit\":" + quoted(String.valueOf(digit)) + "}"
                + end();
    }

    String mark(String name) {
        return begin("mark") + ",\"mark\":{\"name\":" + quoted(name) + "}" + end();
    }

    String stop() {
        return begin("stop")
                + ",\"stop\":{\"accountSid\":" + quoted(facts.accountId())
                + ",\"callSid\":" + quoted(facts.callId().value()) + "}"
                + end();
    }

    private String begin(String event) {
        return "{\"event\":\"" + event + "\",\"sequenceNumber\":\"" + ++sequence + "\"";
    }

    private String end() {
        return ",\"streamSid\":" + streamSid + "}";
    }

    private static String object(SortedMap<String, String> fields) {
        StringBuilder json = new StringBuilder("{");
        fields.forEach((name, value) -> json.append(json.length() > 1 ? "," : "")
                .append(quoted(name))
                .append(':')
                .append(quoted(value)));
        return json.append('}').toString();
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, json);
        return json.append('"').toString();
    }
}
