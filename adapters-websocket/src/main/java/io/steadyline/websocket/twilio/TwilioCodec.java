package io.steadyline.websocket.twilio;

import io.steadyline.media.MediaItem;
import io.steadyline.signal.BadInput;
import io.steadyline.signal.CallFacts;
import io.steadyline.signal.PeerEvent;
import io.steadyline.signal.StreamId;
import io.steadyline.signal.StreamMode;
import io.steadyline.websocket.dialect.DialectCodec;
import io.steadyline.websocket.dialect.DialectLimits;
import io.steadyline.websocket.dialect.JsonObject;
import io.steadyline.websocket.dialect.JsonReader;
import io.steadyline.websocket.dialect.Refused;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One connection's messages. Audio comes 50 times a second and is found by {@link MediaScan} in the bytes; whatever is
 * not of that one shape, and everything that is wrong, goes through the strict JSON reader, which knows the reasons.
 * Both ways give the same events.
 */
final class TwilioCodec implements DialectCodec {

    private final DialectLimits limits;
    private final JsonReader json;
    private final StreamMode pathMode;
    private final ChunkOrder chunks = new ChunkOrder();
    private @Nullable Stream stream;

    /** What there is from the start on. */
    private record Stream(CallFacts facts, MediaScan scan, TwilioWriter writer) {}

    TwilioCodec(DialectLimits limits, JsonReader json, StreamMode pathMode) {
        this.limits = limits;
        this.json = json;
        this.pathMode = pathMode;
    }

    @Override
    public PeerEvent decode(byte[] utf8, int offset, int length) {
        Stream current = stream;
        if (current != null && length <= limits.messageBytes()) {
            PeerEvent.Media media = current.scan.find(utf8, offset, offset + length);
            if (media != null) {
                return inOrder(media);
            }
        }
        return decodeAsJson(utf8, offset, length);
    }

    /** The same by the general way, for whatever the message is. */
    PeerEvent decodeAsJson(byte[] utf8, int offset, int length) {
        try {
            return read(json.read(utf8, offset, length));
        } catch (Refused refused) {
            return refused.answer();
        }
    }

    private PeerEvent read(JsonObject message) throws Refused {
        String event = message.text("event");
        return switch (event) {
            case "media" ->
                stream == null && TwilioStart.isId(message.textOr("streamSid", ""))
                        ? new PeerEvent.UnknownStream(new StreamId(message.text("streamSid")))
                        : inOrder(TwilioMessages.media(streamOf(message), message, limits));
            case "connected" -> TwilioMessages.connected(message, limits);
            case "start" -> started(message);
            case "dtmf" -> {
                streamOf(message);
                yield TwilioMessages.dtmf(message);
            }
            case "mark" -> {
                streamOf(message);
                yield TwilioMessages.mark(message, limits);
            }
            case "stop" -> {
                streamOf(message);
                yield new PeerEvent.Stopped();
            }
            default ->
                throw message.refuse(
                        BadInput.UNKNOWN_EVENT,
                        "event",
                        "'" + event + "'",
                        "connected, start, media, dtmf, mark or stop");
        };
    }

    private PeerEvent started(JsonObject message) throws Refused {
        CallFacts facts = TwilioStart.read(message, pathMode, limits);
        Stream current = stream;
        if (current != null) {
            throw message.refuse(
                    BadInput.DUPLICATE_START,
                    "start",
                    "'" + facts.streamId() + "'",
                    "one start on a connection, it was '" + current.facts.streamId() + "'");
        }
        String streamSid = facts.streamId().value();
        stream = new Stream(facts, new MediaScan(streamSid, limits), new TwilioWriter(streamSid, limits));
        chunks.start(facts.tracks().size() <= 1);
        return new PeerEvent.Started(facts);
    }

    /** The facts of the stream that the message belongs to. */
    private CallFacts streamOf(JsonObject message) throws Refused {
        Stream current = stream;
        if (current == null) {
            throw message.refuse(BadInput.BEFORE_START, "event", "'" + message.text("event") + "'", "start first");
        }
        message.countOr("sequenceNumber", -1);
        String streamSid = message.text("streamSid");
        String ours = current.facts.streamId().value();
        if (!streamSid.equals(ours)) {
            throw message.refuse(BadInput.WRONG_STREAM, "streamSid", "'" + streamSid + "'", "'" + ours + "'");
        }
        return current.facts;
    }

    private PeerEvent inOrder(PeerEvent.Media media) {
        long last = chunks.last(media.track());
        if (chunks.take(media.track(), media.chunk())) {
            return media;
        }
        return new PeerEvent.Unusable(
                BadInput.OUT_OF_ORDER, "media.chunk: " + media.chunk() + " (expected: more than " + last + ")");
    }

    @Override
    public PeerEvent.Unusable binary(int length) {
        return new PeerEvent.Unusable(BadInput.BINARY, "message: " + length + " bytes of binary (expected: text)");
    }

    @Override
    public void encode(MediaItem item, ByteBuffer out) {
        writer().write(item, out);
    }

    @Override
    public int maxEncodedBytes(MediaItem item) {
        return writer().maxBytes(item);
    }

    private TwilioWriter writer() {
        Stream current = stream;
        if (current == null) {
            throw new IllegalStateException("encode: no stream yet (expected: after the start)");
        }
        if (current.facts.mode() != StreamMode.BIDIRECTIONAL) {
            // Twilio ends a one-way stream to which anything is sent: error 31924.
            throw new IllegalStateException("mode: " + current.facts.mode() + " (expected: BIDIRECTIONAL)");
        }
        return current.writer;
    }

    @Override
    public StreamMode mode() {
        Stream current = stream;
        return current == null ? pathMode : current.facts.mode();
    }

    @Override
    public void continueAfter(long chunk) {
        chunks.continueAfter(chunk);
    }

    @Override
    public long missingChunks() {
        return chunks.missing();
    }
}
