package io.steadyline.bootstrap.system;

import io.steadyline.media.AudioFormat;
import io.steadyline.media.AudioFrame;
import io.steadyline.media.Encoding;
import io.steadyline.media.MediaItem;
import io.steadyline.media.Ptime;
import io.steadyline.signal.BadInput;
import io.steadyline.signal.CallFacts;
import io.steadyline.signal.CallId;
import io.steadyline.signal.PeerControl;
import io.steadyline.signal.PeerEvent;
import io.steadyline.signal.StreamId;
import io.steadyline.signal.StreamMode;
import io.steadyline.signal.Track;
import io.steadyline.websocket.dialect.DialectCodec;
import io.steadyline.websocket.dialect.JsonObject;
import io.steadyline.websocket.dialect.JsonReader;
import io.steadyline.websocket.dialect.Refused;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** No greeting, numbers as numbers, times since 1970, parameters in one string; marks are called checkpoints. */
final class PlivoLikeCodec implements DialectCodec {

    private final JsonReader json;
    private final StreamMode mode;
    private @Nullable CallFacts facts;
    private long firstTimestampMs = -1;

    PlivoLikeCodec(JsonReader json, StreamMode mode) {
        this.json = json;
        this.mode = mode;
    }

    @Override
    public PeerEvent decode(byte[] utf8, int offset, int length) {
        try {
            JsonObject message = json.read(utf8, offset, length);
            return switch (message.text("event")) {
                case "start" -> start(message);
                case "media" -> media(message.object("media"));
                case "dtmf" ->
                    new PeerEvent.Dtmf(message.object("dtmf").text("digit").charAt(0));
                case "playedStream" -> new PeerEvent.MarkReturned(message.text("name"));
                // Nothing follows from it: who clears knows already what was interrupted.
                case "clearedAudio" -> new PeerEvent.Connected("clearedAudio", "");
                case "stop" -> new PeerEvent.Stopped();
                case String other -> new PeerEvent.Unusable(BadInput.UNKNOWN_EVENT, other, "start, media or dtmf");
            };
        } catch (Refused refused) {
            return refused.answer();
        }
    }

    private PeerEvent start(JsonObject message) throws Refused {
        JsonObject start = message.object("start");
        JsonObject format = start.object("mediaFormat");
        Encoding encoding = format.text("encoding").equals("audio/x-l16") ? Encoding.L16 : Encoding.MULAW;
        CallFacts started = new CallFacts(
                new CallId(start.text("callId")),
                new StreamId(start.text("streamId")),
                "plivo-like",
                start.text("accountId"),
                new AudioFormat(encoding, (int) format.count("sampleRate"), Ptime.MS_20),
                mode,
                Set.of(Track.INBOUND),
                parameters(message.textOr("extra_headers", "")));
        facts = started;
        return new PeerEvent.Started(started);
    }

    private static Map<String, String> parameters(String extraHeaders) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : extraHeaders.split("[,;]", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return parameters;
    }

    private PeerEvent media(JsonObject media) throws Refused {
        long timestampMs = media.count("timestamp");
        firstTimestampMs = firstTimestampMs < 0 ? timestampMs : firstTimestampMs;
        byte[] payload = Base64.getDecoder().decode(media.text("payload"));
        return new PeerEvent.Media(Track.INBOUND, media.count("chunk"), timestampMs - firstTimestampMs, payload);
    }

    @Override
    public PeerEvent.Unusable binary(int length) {
        return new PeerEvent.Unusable(BadInput.BINARY, length + " bytes of binary", "text");
    }

    @Override
    public void encode(MediaItem item, ByteBuffer out) {
        out.put(bytes(item));
    }

    @Override
    public int maxEncodedBytes(MediaItem item) {
        return bytes(item).length;
    }

    private byte[] bytes(MediaItem item) {
        CallFacts call = facts;
        if (call == null) {
            throw new IllegalStateException("item: " + item + " (expected: after the start)");
        }
        String text = switch (item) {
            case AudioFrame frame ->
                "{\"event\":\"playAudio\",\"media\":{\"contentType\":\""
                        + (call.format().encoding() == Encoding.L16 ? "audio/x-l16" : "audio/x-mulaw")
                        + "\",\"sampleRate\":" + call.format().sampleRateHz() + ",\"payload\":\""
                        + Base64.getEncoder().encodeToString(frame.payload()) + "\"}}";
            case PeerControl.SendMark(String name) ->
                "{\"event\":\"checkpoint\",\"streamId\":\"" + call.streamId() + "\",\"name\":\"" + name + "\"}";
            case PeerControl.SendClear _ -> "{\"event\":\"clearAudio\",\"streamId\":\"" + call.streamId() + "\"}";
            default -> throw new IllegalArgumentException("item: " + item + " (expected: audio, a mark or a clear)");
        };
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public StreamMode mode() {
        return mode;
    }

    @Override
    public void continueAfter(long chunk) {
        // Nothing is remembered of chunks.
    }

    @Override
    public long missingChunks() {
        return 0;
    }
}
