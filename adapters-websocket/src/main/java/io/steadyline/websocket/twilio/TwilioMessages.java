package io.steadyline.websocket.twilio;

import io.steadyline.signal.BadInput;
import io.steadyline.signal.CallFacts;
import io.steadyline.signal.PeerEvent;
import io.steadyline.signal.Track;
import io.steadyline.websocket.dialect.DialectLimits;
import io.steadyline.websocket.dialect.JsonObject;
import io.steadyline.websocket.dialect.Refused;

/** The messages of a running stream, out of JSON. Field names and forms: Twilio's Media Streams messages page. */
final class TwilioMessages {

    private static final String DIGITS = "0123456789*#ABCD";

    private TwilioMessages() {}

    static PeerEvent connected(JsonObject message, DialectLimits limits) throws Refused {
        return new PeerEvent.Connected(shortText(message, "protocol", limits), shortText(message, "version", limits));
    }

    static PeerEvent.Media media(CallFacts facts, JsonObject message, DialectLimits limits) throws Refused {
        JsonObject media = message.object("media");
        Track track = trackOf(facts, media);
        long chunk = media.countOr("chunk", -1);
        long timestampMs = media.countOr("timestamp", -1);
        return new PeerEvent.Media(track, chunk, timestampMs, Payload.read(media, limits));
    }

    static PeerEvent dtmf(JsonObject message) throws Refused {
        JsonObject dtmf = message.object("dtmf");
        String digit = dtmf.text("digit");
        if (digit.length() != 1 || DIGITS.indexOf(digit.charAt(0)) < 0) {
            throw dtmf.refuse(BadInput.WRONG_TYPE, "digit", digit.length() + " characters", "one of " + DIGITS);
        }
        return new PeerEvent.Dtmf(digit.charAt(0));
    }

    static PeerEvent mark(JsonObject message, DialectLimits limits) throws Refused {
        JsonObject mark = message.object("mark");
        String name = mark.text("name");
        if (name.length() > limits.markNameChars()) {
            throw mark.refuse(
                    BadInput.TOO_LARGE,
                    "name",
                    name.length() + " characters",
                    "at most " + limits.markNameChars() + " characters");
        }
        return new PeerEvent.MarkReturned(name);
    }

    /** Spelled {@code inbound} in media and {@code inbound_track} in DTMF and TwiML: both are taken everywhere. */
    static Track track(JsonObject holder, String field, String value) throws Refused {
        return switch (value) {
            case "inbound", "inbound_track" -> Track.INBOUND;
            case "outbound", "outbound_track" -> Track.OUTBOUND;
            default -> throw holder.refuse(BadInput.WRONG_TYPE, field, "'" + value + "'", "inbound or outbound");
        };
    }

    /** Without a track it can only be the one that the stream has. */
    private static Track trackOf(CallFacts facts, JsonObject media) throws Refused {
        boolean needed = facts.tracks().size() > 1;
        if (needed || media.optional("track") != null) {
            return track(media, "track", media.text("track"));
        }
        return facts.recognisedTrack();
    }

    private static String shortText(JsonObject message, String name, DialectLimits limits) throws Refused {
        String text = message.textOr(name, "");
        if (text.length() > limits.idChars()) {
            throw message.refuse(
                    BadInput.TOO_LARGE,
                    name,
                    text.length() + " characters",
                    "at most " + limits.idChars() + " characters");
        }
        return text;
    }
}
