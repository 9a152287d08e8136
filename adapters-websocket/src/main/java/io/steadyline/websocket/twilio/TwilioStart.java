package io.steadyline.websocket.twilio;

import io.steadyline.media.AudioFormat;
import io.steadyline.signal.BadInput;
import io.steadyline.signal.CallFacts;
import io.steadyline.signal.CallId;
import io.steadyline.signal.StreamId;
import io.steadyline.signal.StreamMode;
import io.steadyline.signal.Track;
import io.steadyline.websocket.dialect.DialectLimits;
import io.steadyline.websocket.dialect.Json;
import io.steadyline.websocket.dialect.JsonObject;
import io.steadyline.websocket.dialect.Refused;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The start message: who calls, on which stream, in which format. */
final class TwilioStart {

    private final JsonObject message;
    private final JsonObject start;
    private final DialectLimits limits;

    private TwilioStart(JsonObject message, JsonObject start, DialectLimits limits) {
        this.message = message;
        this.start = start;
        this.limits = limits;
    }

    static CallFacts read(JsonObject message, StreamMode pathMode, DialectLimits limits) throws Refused {
        return new TwilioStart(message, message.object("start"), limits).facts(pathMode);
    }

    private CallFacts facts(StreamMode pathMode) throws Refused {
        message.countOr("sequenceNumber", -1);
        String callSid = id(start, "callSid", start.text("callSid"));
        String streamSid = streamSid();
        String accountSid = start.textOr("accountSid", "");
        checkFormat();
        Set<Track> tracks = tracks();
        StreamMode mode = tracks.contains(Track.OUTBOUND) ? StreamMode.LISTEN_ONLY : pathMode;
        return new CallFacts(
                new CallId(callSid),
                new StreamId(streamSid),
                TwilioDialect.NAME,
                accountSid.isEmpty() ? "" : id(start, "accountSid", accountSid),
                AudioFormat.MULAW_8K,
                mode,
                tracks,
                parameters());
    }

    /** Stands in the message and again in its start; one of them is enough, two have to agree. */
    private String streamSid() throws Refused {
        String outer = message.textOr("streamSid", "");
        String inner = outer.isEmpty() ? start.text("streamSid") : start.textOr("streamSid", outer);
        if (!outer.isEmpty() && !outer.equals(inner)) {
            throw start.refuse(BadInput.WRONG_STREAM, "streamSid", "'" + inner + "'", "'" + outer + "'");
        }
        return id(start, "streamSid", inner);
    }

    private void checkFormat() throws Refused {
        JsonObject format = start.object("mediaFormat");
        String encoding = format.text("encoding");
        if (!encoding.equals("audio/x-mulaw")) {
            throw format.refuse(BadInput.UNSUPPORTED_FORMAT, "encoding", "'" + encoding + "'", "'audio/x-mulaw'");
        }
        expect(format, "sampleRate", format.count("sampleRate"), 8000);
        expect(format, "channels", format.countOr("channels", 1), 1);
    }

    private static void expect(JsonObject format, String field, long value, long expected) throws Refused {
        if (value != expected) {
            throw format.refuse(BadInput.UNSUPPORTED_FORMAT, field, String.valueOf(value), String.valueOf(expected));
        }
    }

    private Set<Track> tracks() throws Refused {
        List<Json> named = switch (start.optional("tracks")) {
            case null -> List.of(new Json.Text("inbound"));
            case Json.Arr(List<Json> items) -> items;
            case Json other -> throw start.refuse(BadInput.WRONG_TYPE, "tracks", other.shown(), "an array");
        };
        Set<Track> tracks = EnumSet.noneOf(Track.class);
        for (Json name : named) {
            if (!(name instanceof Json.Text(String track))) {
                throw start.refuse(BadInput.WRONG_TYPE, "tracks", name.shown(), "inbound or outbound");
            }
            tracks.add(TwilioMessages.track(start, "tracks", track));
        }
        return tracks;
    }

    /** The customer's own parameters; their values may be secrets and are not shown. */
    private Map<String, String> parameters() throws Refused {
        JsonObject custom = start.objectOrEmpty("customParameters");
        // The token is ours, not the customer's.
        int own = custom.fields().size() - (custom.fields().containsKey(CallTokens.PARAMETER) ? 1 : 0);
        if (own > limits.parameters()) {
            throw start.refuse(
                    BadInput.TOO_LARGE, "customParameters", own + " parameters", "at most " + limits.parameters());
        }
        Map<String, String> parameters = HashMap.newHashMap(custom.fields().size());
        for (Map.Entry<String, Json> field : custom.fields().entrySet()) {
            String value = value(custom, field.getKey(), field.getValue());
            if (value != null) {
                parameters.put(field.getKey(), checked(custom, field.getKey(), value));
            }
        }
        return parameters;
    }

    private static @Nullable String value(JsonObject custom, String name, Json value) throws Refused {
        return switch (value) {
            case Json.Text(String text) -> text;
            case Json.Num(String literal) -> literal;
            case Json.Bool(boolean truth) -> String.valueOf(truth);
            case Json.Null _ -> null;
            case Json.Arr _, JsonObject _ -> throw custom.refuse(BadInput.WRONG_TYPE, name, value.shown(), "a string");
        };
    }

    private String checked(JsonObject custom, String name, String value) throws Refused {
        int chars = name.length() + value.length();
        int most = name.equals(CallTokens.PARAMETER)
                ? Math.max(limits.parameterChars(), name.length() + CallTokens.TOKEN_CHARS)
                : limits.parameterChars();
        if (chars > most) {
            throw custom.refuse(
                    BadInput.TOO_LARGE, name, chars + " characters", "at most " + most + " of name and value");
        }
        if (hasLoneSurrogate(name) || hasLoneSurrogate(value)) {
            throw custom.refuse(BadInput.MALFORMED, name, "half of a surrogate pair", "Unicode text");
        }
        return value;
    }

    /** Such text has no UTF-8 form: whoever sends it on would send something else. */
    private static boolean hasLoneSurrogate(String text) {
        return text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    private String id(JsonObject holder, String field, String id) throws Refused {
        if (id.length() > limits.idChars()) {
            throw holder.refuse(BadInput.TOO_LARGE, field, id.length() + " characters", "at most " + limits.idChars());
        }
        if (id.isEmpty() || !id.chars().allMatch(TwilioStart::isIdCharacter)) {
            throw holder.refuse(BadInput.WRONG_TYPE, field, "'" + id + "'", "characters of A-Z a-z 0-9 _ . : -");
        }
        return id;
    }

    /** The characters of an id, and at most as many as the default limit allows. */
    static boolean isId(String text) {
        return !text.isEmpty()
                && text.length() <= DialectLimits.defaults().idChars()
                && text.chars().allMatch(TwilioStart::isIdCharacter);
    }

    private static boolean isIdCharacter(int c) {
        return (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '.'
                || c == ':'
                || c == '-';
    }
}
