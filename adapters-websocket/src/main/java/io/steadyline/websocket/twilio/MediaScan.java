package io.steadyline.websocket.twilio;

import io.steadyline.signal.PeerEvent;
import io.steadyline.signal.Track;
import io.steadyline.websocket.dialect.DialectLimits;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the audio of one message in its bytes, without a string and without a tree. Knows only the shape that is sent 50
 * times a second: the documented fields, in any order and with any white space, no escapes, of this stream. Says null to
 * anything else, right or wrong; then the JSON reader decides. Owned by its codec.
 */
final class MediaScan {

    /** Fits a {@code long} whatever the digits are; the JSON reader takes no more either. */
    private static final int MAX_DIGITS = 18;

    private static final byte[] EVENT = quoted("event");
    private static final byte[] SEQUENCE_NUMBER = quoted("sequenceNumber");
    private static final byte[] STREAM_SID = quoted("streamSid");
    private static final byte[] MEDIA = quoted("media");
    private static final byte[] TRACK = quoted("track");
    private static final byte[] CHUNK = quoted("chunk");
    private static final byte[] TIMESTAMP = quoted("timestamp");
    private static final byte[] PAYLOAD = quoted("payload");
    private static final byte[] INBOUND = quoted("inbound");
    private static final byte[] OUTBOUND = quoted("outbound");

    private static final int SEEN_EVENT = 1;
    private static final int SEEN_SEQUENCE = 1 << 1;
    private static final int SEEN_STREAM = 1 << 2;
    private static final int SEEN_MEDIA = 1 << 3;
    private static final int SEEN_TRACK = 1 << 4;
    private static final int SEEN_CHUNK = 1 << 5;
    private static final int SEEN_TIMESTAMP = 1 << 6;
    private static final int SEEN_PAYLOAD = 1 << 7;
    private static final int NEEDED = SEEN_EVENT | SEEN_STREAM | SEEN_MEDIA | SEEN_TRACK | SEEN_PAYLOAD;

    private final byte[] ownStreamSid;
    private final DialectLimits limits;

    private byte[] text = {};
    private int at;
    private int end;
    private int seen;
    private long number;
    private Track track = Track.INBOUND;
    private long chunk;
    private long timestampMs;
    private int payloadFrom;
    private int payloadTo;

    MediaScan(String ownStreamSid, DialectLimits limits) {
        this.ownStreamSid = quoted(ownStreamSid);
        this.limits = limits;
    }

    PeerEvent.@Nullable Media find(byte[] utf8, int from, int to) {
        text = utf8;
        at = from;
        end = to;
        seen = 0;
        chunk = -1;
        timestampMs = -1;
        if (!message() || !atEnd() || (seen & NEEDED) != NEEDED) {
            return null;
        }
        byte[] payload = Payload.decodeOrEmpty(text, payloadFrom, payloadTo, limits);
        return payload.length == 0 ? null : new PeerEvent.Media(track, chunk, timestampMs, payload);
    }

    private boolean message() {
        if (!take('{')) {
            return false;
        }
        do {
            if (!take('"') || !messageField()) {
                return false;
            }
        } while (take(','));
        return take('}');
    }

    private boolean messageField() {
        if (word(EVENT)) {
            return first(SEEN_EVENT) && take('"') && word(MEDIA);
        }
        if (word(SEQUENCE_NUMBER)) {
            return first(SEEN_SEQUENCE) && count();
        }
        if (word(STREAM_SID)) {
            return first(SEEN_STREAM) && take('"') && word(ownStreamSid);
        }
        return word(MEDIA) && first(SEEN_MEDIA) && media();
    }

    private boolean media() {
        if (!take('{')) {
            return false;
        }
        do {
            if (!take('"') || !mediaField()) {
                return false;
            }
        } while (take(','));
        return take('}');
    }

    private boolean mediaField() {
        if (word(TRACK)) {
            return first(SEEN_TRACK) && take('"') && track();
        }
        if (word(CHUNK)) {
            boolean found = first(SEEN_CHUNK) && count();
            chunk = number;
            return found;
        }
        if (word(TIMESTAMP)) {
            boolean found = first(SEEN_TIMESTAMP) && count();
            timestampMs = number;
            return found;
        }
        return word(PAYLOAD) && first(SEEN_PAYLOAD) && payload();
    }

    private boolean track() {
        if (word(INBOUND)) {
            track = Track.INBOUND;
            return true;
        }
        track = Track.OUTBOUND;
        return word(OUTBOUND);
    }

    /** Leaves the payload's place; that it is base64 is seen when it is decoded. */
    private boolean payload() {
        if (!take('"')) {
            return false;
        }
        payloadFrom = at;
        while (at < end && text[at] != '"') {
            at++;
        }
        payloadTo = at;
        return take('"');
    }

    /** Digits, with or without quotes. */
    private boolean count() {
        boolean quoted = take('"');
        int from = at;
        number = 0;
        while (at < end && text[at] >= '0' && text[at] <= '9' && at - from < MAX_DIGITS) {
            number = number * 10 + (text[at] - '0');
            at++;
        }
        int digits = at - from;
        if (quoted) {
            return digits > 0 && at < end && text[at++] == '"';
        }
        // JSON has no number with a leading zero but zero itself.
        return digits == 1 || (digits > 1 && text[from] != '0');
    }

    /** After a field's name: it was not there before, and a colon follows. The same name twice is not the common shape. */
    private boolean first(int bit) {
        boolean first = (seen & bit) == 0;
        seen |= bit;
        return first && take(':');
    }

    /** The rest of a string, its closing quote included. */
    private boolean word(byte[] word) {
        if (end - at < word.length || !Arrays.equals(text, at, at + word.length, word, 0, word.length)) {
            return false;
        }
        at += word.length;
        return true;
    }

    private boolean take(char c) {
        skipSpace();
        if (at < end && text[at] == c) {
            at++;
            return true;
        }
        return false;
    }

    private boolean atEnd() {
        skipSpace();
        return at == end;
    }

    private void skipSpace() {
        while (at < end && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t')) {
            at++;
        }
    }

    private static byte[] quoted(String word) {
        return (word + '"').getBytes(StandardCharsets.US_ASCII);
    }
}
