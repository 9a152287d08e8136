package io.steadyline.websocket.downstream;

import io.steadyline.signal.BadInput;
import io.steadyline.websocket.dialect.JsonObject;
import io.steadyline.websocket.dialect.JsonReader;
import io.steadyline.websocket.dialect.Refused;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Reads what bots send to Twilio: media, mark and clear. Immutable; any thread. */
final class BotReader {

    private static final int MAX_MARK_NAME_CHARS = 256;

    private final JsonReader json;

    BotReader(int maxMessageBytes) {
        this.json = JsonReader.ofLargeMessages(maxMessageBytes);
    }

    /** @param streamSid of the connection; empty before its start */
    BotSaid read(String text, String streamSid) {
        try {
            return read(json.read(text), streamSid);
        } catch (Refused refused) {
            return new BotSaid.Unusable(refused.answer().detail());
        }
    }

    private static BotSaid read(JsonObject message, String streamSid) throws Refused {
        String event = message.text("event");
        return switch (event) {
            case "media", "mark", "clear" -> {
                String named = message.textOr("streamSid", "");
                yield streamSid.isEmpty() || !named.equals(streamSid)
                        ? new BotSaid.OtherStream(named)
                        : known(event, message);
            }
            default -> new BotSaid.Unknown(event);
        };
    }

    private static BotSaid known(String event, JsonObject message) throws Refused {
        return switch (event) {
            case "media" -> new BotSaid.Media(payload(message.object("media")));
            case "mark" -> mark(message.object("mark").text("name"));
            default -> new BotSaid.Clear();
        };
    }

    /** As of a call's own marks. */
    private static BotSaid mark(String name) {
        boolean isUsable = name.length() <= MAX_MARK_NAME_CHARS && name.chars().noneMatch(Character::isISOControl);
        return isUsable
                ? new BotSaid.Mark(name)
                : new BotSaid.Unusable("mark.name: " + name.length() + " characters (expected: at most "
                        + MAX_MARK_NAME_CHARS + ", none of them a control character)");
    }

    private static byte[] payload(JsonObject media) throws Refused {
        String base64 = media.text("payload");
        try {
            return Base64.getDecoder().decode(base64.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            throw media.refuse(
                    BadInput.BAD_PAYLOAD, "payload", base64.length() + " characters, " + e.getMessage(), "base64");
        }
    }
}
