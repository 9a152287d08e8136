package io.steadyline.websocket.twilio;

import java.util.Map;
import java.util.TreeMap;

/** The TwiML documents that Steadyline answers with. Text from outside is escaped here, and nowhere else. */
public final class TwiML {

    /** Twilio, {@code <Parameter>}: name and value together less than 500 characters. */
    private static final int MAX_PARAMETER_CHARS = 499;

    private static final String BEGIN = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Response>";
    private static final String END = "</Response>\n";
    private static final String HANG_UP = "<Hangup/>";

    private TwiML() {}

    /**
     * A stream in both directions. When it ends, for whatever reason, Twilio goes on with the redirect: so the call comes
     * back to be decided about, instead of being hung up.
     */
    public static String connect(String streamUrl, Map<String, String> parameters, String whenEndedUrl) {
        return BEGIN + "<Connect>" + stream(streamUrl, "", parameters) + "</Connect>" + redirect(whenEndedUrl) + END;
    }

    /**
     * A copy of both voices, while the call goes on with the flow at {@code nextUrl}; without a next verb Twilio would
     * hang up.
     */
    public static String listen(String streamUrl, Map<String, String> parameters, String nextUrl) {
        String tracks = " track=\"both_tracks\"";
        return BEGIN + "<Start>" + stream(streamUrl, tracks, parameters) + "</Start>" + redirect(nextUrl) + END;
    }

    public static String hangUp() {
        return BEGIN + HANG_UP + END;
    }

    /** Says one sentence with the provider's own voice, then hangs up. */
    public static String farewell(String sentence) {
        return BEGIN + "<Say>" + escaped(sentence) + "</Say>" + HANG_UP + END;
    }

    /** The call goes on at another flow, and does not come back. */
    public static String handBack(String url) {
        return BEGIN + redirect(url) + END;
    }

    private static String stream(String url, String attributes, Map<String, String> parameters) {
        StringBuilder stream = new StringBuilder("<Stream url=\"")
                .append(escaped(url))
                .append('"')
                .append(attributes)
                .append('>');
        new TreeMap<>(parameters).forEach((name, value) -> {
            checkLength(name, value);
            stream.append("<Parameter name=\"").append(escaped(name));
            stream.append("\" value=\"").append(escaped(value)).append("\"/>");
        });
        return stream.append("</Stream>").toString();
    }

    private static String redirect(String url) {
        return "<Redirect method=\"POST\">" + escaped(url) + "</Redirect>";
    }

    private static void checkLength(String name, String value) {
        int chars = name.length() + value.length();
        if (name.isEmpty() || chars > MAX_PARAMETER_CHARS) {
            throw new IllegalArgumentException("parameter '" + name + "': " + chars + " characters with its value"
                    + " (expected: a name, and at most " + MAX_PARAMETER_CHARS + ")");
        }
    }

    /** For text and attributes alike. Control characters and what XML 1.0 cannot hold are left out. */
    static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&apos;");
                default -> {
                    if (isPrintable(c)) {
                        safe.appendCodePoint(c);
                    }
                }
            }
        });
        return safe.toString();
    }

    private static boolean isPrintable(int c) {
        boolean halfAPair = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
        return !Character.isISOControl(c) && !halfAPair && c != 0xFFFE && c != 0xFFFF;
    }
}
