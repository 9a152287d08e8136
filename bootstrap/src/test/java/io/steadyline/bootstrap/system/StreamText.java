package io.steadyline.bootstrap.system;

import java.util.Base64;
import java.util.UUID;

/** The provider's messages of one stream, as text. */
record StreamText(String callSid, String streamSid) {

    static final String CONNECTED = "{\"event\":\"connected\",\"protocol\":\"Call\",\"version\":\"1.0.0\"}";

    static StreamText fresh() {
        return new StreamText(sid("CA"), sid("MZ"));
    }

    /** The same call on another stream. */
    StreamText again() {
        return new StreamText(callSid, sid("MZ"));
    }

    String start() {
        return start("audio/x-mulaw");
    }

    String start(String encoding) {
        return """
            {"event":"start","sequenceNumber":"1","streamSid":"%s","start":{"accountSid":"AC1","streamSid":"%s",\
            "callSid":"%s","tracks":["inbound"],"mediaFormat":{"encoding":"%s","sampleRate":8000,"channels":1},\
            "customParameters":{"tenant":"acme"}}}\
            """.formatted(streamSid, streamSid, callSid, encoding);
    }

    /** With the token that the webhook gave. */
    String startWithToken(String token) {
        return start().replace("\"tenant\"", "\"steadyline-token\":\"" + token + "\",\"tenant\"");
    }

    String media(long chunk) {
        return media(chunk, new byte[160]);
    }

    String media(long chunk, byte[] audio) {
        return """
            {"event":"media","sequenceNumber":"%d","streamSid":"%s","media":{"track":"inbound","chunk":"%d",\
            "timestamp":"%d","payload":"%s"}}\
            """.formatted(
                chunk + 1, streamSid, chunk, chunk * 20, Base64.getEncoder().encodeToString(audio));
    }

    /** As some look-alikes write it. */
    String mediaWithNumbers(long chunk) {
        return """
            {"event":"media","sequenceNumber":%d,"streamSid":"%s","media":{"track":"inbound","chunk":%d,\
            "timestamp":%d,"payload":"%s"}}\
            """.formatted(
                chunk + 1, streamSid, chunk, chunk * 20, Base64.getEncoder().encodeToString(new byte[160]));
    }

    String dtmf(char key) {
        return "{\"event\":\"dtmf\",\"streamSid\":\"" + streamSid
                + "\",\"sequenceNumber\":\"5\",\"dtmf\":{\"track\":\"inbound_track\",\"digit\":\"" + key + "\"}}";
    }

    String stop() {
        return "{\"event\":\"stop\",\"sequenceNumber\":\"9\",\"streamSid\":\"" + streamSid
                + "\",\"stop\":{\"accountSid\":\"AC1\",\"callSid\":\"" + callSid + "\"}}";
    }

    private static String sid(String prefix) {
        return prefix + UUID.randomUUID().toString().replace("-", "");
    }
}
