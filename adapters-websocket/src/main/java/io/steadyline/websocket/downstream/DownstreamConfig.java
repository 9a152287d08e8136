package io.steadyline.websocket.downstream;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which bot, and how much of it.
 *
 * @param url of the bot's media socket; {@code ws} or {@code wss}
 * @param authToken signs the upgrade, as the account's token does at Twilio; absent: no signature
 * @param connectTimeout from the search to the upgrade
 * @param headers of the upgrade, beside ours
 * @param maxMessageBytes one message of the bot, all its frames together
 * @param backlog caller audio that may wait because the bot does not read, beside what it missed before it came
 */
public record DownstreamConfig(
        URI url,
        Optional<String> authToken,
        Duration connectTimeout,
        Map<String, String> headers,
        int maxMessageBytes,
        Duration backlog) {

    private static final String URL_EXPECTED = " (expected: ws:// or wss:// with a host, without user and fragment)";

    /** What the JDK's client sets itself, and refuses from others. */
    private static final Set<String> RESERVED_HEADERS =
            Set.of("connection", "content-length", "expect", "host", "upgrade", "user-agent", "x-twilio-signature");

    public DownstreamConfig {
        headers = Map.copyOf(headers);
        boolean isUsable =
                isSocket(url) && url.getHost() != null && url.getRawUserInfo() == null && url.getRawFragment() == null;
        if (!isUsable) {
            throw new IllegalArgumentException("url: " + shown(url) + URL_EXPECTED);
        }
        requireRange("connectTimeout", connectTimeout, Duration.ofMillis(1), Duration.ofMinutes(1));
        requireRange("backlog", backlog, Duration.ofMillis(100), Duration.ofMinutes(10));
        if (maxMessageBytes < 1_024 || maxMessageBytes > 268_435_456) {
            throw new IllegalArgumentException(
                    "maxMessageBytes: " + maxMessageBytes + " (expected: 1024 to 268435456)");
        }
        headers.keySet().forEach(DownstreamConfig::requireFree);
    }

    /** 5 s to connect, messages of 16 MiB, 10 s of backlog, no signature. */
    public static DownstreamConfig to(URI url) {
        return new DownstreamConfig(
                url, Optional.empty(), Duration.ofSeconds(5), Map.of(), 16 * 1024 * 1024, Duration.ofSeconds(10));
    }

    public DownstreamConfig withAuthToken(String token) {
        return new DownstreamConfig(url, Optional.of(token), connectTimeout, headers, maxMessageBytes, backlog);
    }

    /** The bot's name: host and port. */
    String agent() {
        return url.getHost() + ":" + (url.getPort() >= 0 ? url.getPort() : defaultPort());
    }

    /** For sentences: a query may hold secrets. */
    String address() {
        return shown(url);
    }

    /**
     * What Twilio signs: the URL as it was given. A default port that is written out is left out, because Twilio's own
     * validators refuse {@code wss://host:443/…}.
     */
    String signedUrl() {
        String text = url.toString();
        String written = ":" + defaultPort();
        boolean isWritten =
                url.getPort() == defaultPort() && url.getRawAuthority().endsWith(written);
        return isWritten ? text.replaceFirst(written + "(?=[/?]|$)", "") : text;
    }

    /** Without the token. */
    @Override
    public String toString() {
        return address() + (authToken.isPresent() ? ", signed" : "");
    }

    private int defaultPort() {
        return url.getScheme().equalsIgnoreCase("wss") ? 443 : 80;
    }

    private static boolean isSocket(URI url) {
        return "ws".equalsIgnoreCase(url.getScheme()) || "wss".equalsIgnoreCase(url.getScheme());
    }

    private static String shown(URI url) {
        return url.toString().replaceFirst("//[^/?#]*@", "//…@").replaceFirst("\\?.*", "");
    }

    private static void requireFree(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        if (RESERVED_HEADERS.contains(name) || name.startsWith("sec-websocket-")) {
            throw new IllegalArgumentException(
                    "headers: " + header + " (expected: none that the upgrade itself needs)");
        }
    }

    private static void requireRange(String name, Duration value, Duration min, Duration max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException(name + ": " + value.toMillis() + " ms (expected: " + min.toMillis()
                    + " to " + max.toMillis() + " ms)");
        }
    }
}
