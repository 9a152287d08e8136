package io.steadyline.simulator;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * The messages of one stream as Twilio writes them: their order of fields, numbers as strings, {@code sequenceNumber}
 * from "1" with {@code start} and one more for each message after it. Media is put together from bytes.
 */
public final class ProviderMessages {

    static final byte[] CONNECTED =
            "{\"event\":\"connected\",\"protocol\":\"Call\",\"version\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8);

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Base64.Encoder BASE64 = Base64.getEncoder();
    private static final byte[] CHUNK = ascii("\",\"chunk\":\"");
    private static final byte[] TIMESTAMP = ascii("\",\"timestamp\":\"");
    private static final byte[] PAYLOAD = ascii("\",\"payload\":\"");
    private static final byte[] END = ascii("\"}}");

    /** Fields, sids and three numbers of up to 19 digits around the payload. */
    private static final int ROOM_AROUND_PAYLOAD = 256;

    private final String accountSid;
    private final String callSid;
    private final String streamSid;
    private final byte[] mediaHead = ascii("{\"event\":\"media\",\"sequenceNumber\":\"");
    private final byte[] mediaStream;
    private byte[] media = new byte[0];
    private byte[] base64 = new byte[0];
    private int mediaLength;
    private long sequenceNumber;

    public ProviderMessages(String accountSid, String callSid, String streamSid) {
        this.accountSid = accountSid;
        this.callSid = callSid;
        this.streamSid = streamSid;
        // Through the library, so that a sid with a quote in it stays a string.
        String quoted = JSON.getNodeFactory().textNode(streamSid).toString();
        mediaStream = ("\",\"streamSid\":" + quoted + ",\"media\":{\"track\":\"").getBytes(StandardCharsets.UTF_8);
    }

    public byte[] start(Tracks tracks, Map<String, String> parameters) {
        ObjectNode message = JSON.createObjectNode();
        message.put("event", "start").put("sequenceNumber", nextSequence()).put("streamSid", streamSid);
        ObjectNode start = message.putObject("start");
        start.put("accountSid", accountSid).put("callSid", callSid).put("streamSid", streamSid);
        tracks.names().forEach(start.putArray("tracks")::add);
        parameters.forEach(start.putObject("customParameters")::put);
        start.putObject("mediaFormat")
                .put("encoding", "audio/x-mulaw")
                .put("sampleRate", 8_000)
                .put("channels", 1);
        return bytes(message);
    }

    /** The first message on every socket. */
    public static byte[] connected() {
        return CONNECTED.clone();
    }

    /** Written into {@link #mediaBytes}, {@link #mediaLength} bytes of it, until the next call. Allocates nothing. */
    public void media(String track, long chunk, long timestampMs, byte[] audio) {
        int encodedBytes = (audio.length + 2) / 3 * 4;
        int room = encodedBytes + mediaStream.length + ROOM_AROUND_PAYLOAD;
        if (media.length < room) {
            media = new byte[room];
            base64 = new byte[encodedBytes];
        }
        mediaLength = 0;
        append(mediaHead);
        append(++sequenceNumber);
        append(mediaStream);
        append(track);
        append(CHUNK);
        append(chunk);
        append(TIMESTAMP);
        append(timestampMs);
        append(PAYLOAD);
        int encoded = BASE64.encode(audio, base64);
        System.arraycopy(base64, 0, media, mediaLength, encoded);
        mediaLength += encoded;
        append(END);
    }

    public byte[] mediaBytes() {
        return media;
    }

    public int mediaLength() {
        return mediaLength;
    }

    byte[] dtmf(char key) {
        ObjectNode message = JSON.createObjectNode();
        message.put("event", "dtmf").put("streamSid", streamSid).put("sequenceNumber", nextSequence());
        message.putObject("dtmf").put("track", "inbound_track").put("digit", String.valueOf(key));
        return bytes(message);
    }

    byte[] mark(String name) {
        ObjectNode message = JSON.createObjectNode();
        message.put("event", "mark").put("sequenceNumber", nextSequence()).put("streamSid", streamSid);
        message.putObject("mark").put("name", name);
        return bytes(message);
    }

    public byte[] stop() {
        ObjectNode message = JSON.createObjectNode();
        message.put("event", "stop").put("sequenceNumber", nextSequence()).put("streamSid", streamSid);
        message.putObject("stop").put("accountSid", accountSid).put("callSid", callSid);
        return bytes(message);
    }

    private String nextSequence() {
        return Long.toString(++sequenceNumber);
    }

    private void append(byte[] bytes) {
        System.arraycopy(bytes, 0, media, mediaLength, bytes.length);
        mediaLength += bytes.length;
    }

    private void append(String asciiText) {
        for (int i = 0; i < asciiText.length(); i++) {
            media[mediaLength++] = (byte) asciiText.charAt(i);
        }
    }

    private void append(long number) {
        int digits = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        long rest = number;
        for (int i = mediaLength + digits - 1; i >= mediaLength; i--) {
            media[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        mediaLength += digits;
    }

    private static byte[] bytes(ObjectNode message) {
        return message.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
