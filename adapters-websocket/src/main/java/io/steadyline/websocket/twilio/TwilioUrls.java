package io.steadyline.websocket.twilio;

import io.steadyline.signal.Printable;
import io.steadyline.signal.StreamMode;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that Twilio is given, and that it signs: one place, so that TwiML and signature check have the same bytes.
 * Immutable; any thread.
 */
public final class TwilioUrls {

    public static final String VOICE_PATH = "/twilio/voice";

    /** Marks the request of a call that comes back because its stream ended. */
    public static final String RESUME_QUERY = "resume=1";

    private final String webBase;
    private final String socketBase;

    /**
     * @param publicBaseUrl as the outside sees us, such as {@code https://gw.example.com} or {@code
     *     https://example.com/voicebot}; kept byte for byte, but for slashes at its end. With {@code http} only for tests:
     *     Twilio connects to {@code wss} only
     */
    public TwilioUrls(String publicBaseUrl) {
        String base = publicBaseUrl;
        while (base.endsWith("/")) {
            base = base.substring(0, base.length() - 1);
        }
        check(publicBaseUrl, base);
        this.webBase = base;
        this.socketBase = "ws" + base.substring("http".length());
    }

    /** For {@code <Stream url>} and the signature of the upgrade. No query: Twilio refuses one there (error 31920). */
    public String mediaUrl(StreamMode mode) {
        return socketBase
                + switch (mode) {
                    case BIDIRECTIONAL -> TwilioDialect.MEDIA_PATH;
                    case LISTEN_ONLY -> TwilioDialect.LISTEN_PATH;
                };
    }

    /** What the number's voice webhook is set to. */
    public String voiceUrl() {
        return webhookUrl(VOICE_PATH, null);
    }

    /** Where a call is sent when its stream has ended. */
    public String resumeUrl() {
        return webhookUrl(VOICE_PATH, RESUME_QUERY);
    }

    /**
     * The URL that Twilio signed for a webhook.
     *
     * @param path ours, without a prefix that the public URL has and a proxy takes away
     * @param rawQuery as it came, not decoded
     */
    public String webhookUrl(String path, @Nullable String rawQuery) {
        return webBase + path + (rawQuery == null || rawQuery.isEmpty() ? "" : "?" + rawQuery);
    }

    private static void check(String given, String base) {
        URI uri;
        try {
            uri = new URI(base);
        } catch (URISyntaxException e) {
            throw unusable(given);
        }
        boolean web = base.startsWith("https://") || base.startsWith("http://");
        boolean plain = uri.getRawQuery() == null && uri.getRawFragment() == null && uri.getRawUserInfo() == null;
        boolean ascii = base.chars().allMatch(c -> c > ' ' && c < 0x7f);
        if (!web || !plain || !ascii || uri.getHost() == null) {
            throw unusable(given);
        }
    }

    private static IllegalArgumentException unusable(String given) {
        return new IllegalArgumentException("publicBaseUrl: '" + Printable.of(given)
                + "' (expected: https://host with an optional path, no user, query or fragment)");
    }
}
