package io.steadyline.websocket.twilio;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Checks {@code X-Twilio-Signature}, and makes it for a bot: base64 of HMAC-SHA1 over the URL as Twilio was given it,
 * followed by the form's fields. The URL is the public one of {@link TwilioUrls}, never the one seen behind a proxy. It is tried as it stands,
 * without its port and with its scheme's default port. Immutable; any thread.
 *
 * <p>The signature of an upgrade is the same for every call: whoever has seen one can use it again. So a stream also needs
 * a one-time token among its parameters.
 */
public final class TwilioSignature {

    public static final String HEADER = "X-Twilio-Signature";

    private static final String ALGORITHM = "HmacSHA1";
    private static final String BODY_HASH = "bodySHA256=";

    private final List<SecretKeySpec> keys;

    /** @param secondaryToken a second token that is valid while tokens are changed */
    public TwilioSignature(String primaryToken, @Nullable String secondaryToken) {
        List<SecretKeySpec> both = new ArrayList<>();
        both.add(key("primaryToken", primaryToken));
        if (secondaryToken != null) {
            both.add(key("secondaryToken", secondaryToken));
        }
        this.keys = List.copyOf(both);
    }

    /** A GET request, or the upgrade to a WebSocket, whose URL begins with {@code wss:}. */
    public boolean matchesGet(String url, @Nullable String signature) {
        return matches(url, "", signature);
    }

    /**
     * What the upgrade to a WebSocket carries, made with the primary token.
     *
     * @param url as it is connected to, {@code ws:} or {@code wss:}
     */
    public String signGet(String url) {
        return new String(sign(keys.getFirst(), url), StandardCharsets.US_ASCII);
    }

    /** A POST with a form. */
    public boolean matchesForm(String url, FormBody form, @Nullable String signature) {
        StringBuilder fields = new StringBuilder();
        for (Map.Entry<String, List<String>> field : new TreeMap<>(form.fields()).entrySet()) {
            for (String value : new TreeSet<>(field.getValue())) {
                fields.append(field.getKey()).append(value);
            }
        }
        return matches(url, fields.toString(), signature);
    }

    /** A POST with another body, such as JSON: the URL carries the body's hash and is signed alone. */
    public boolean matchesBody(String url, byte[] body, @Nullable String signature) {
        boolean sameBody = MessageDigest.isEqual(sha256(body), namedHash(url));
        boolean signed = matches(url, "", signature);
        return signed && sameBody;
    }

    /** Tries everything, whatever matched already: the time tells nothing about a token. */
    private boolean matches(String url, String fields, @Nullable String signature) {
        if (signature == null) {
            return false;
        }
        byte[] given = signature.getBytes(StandardCharsets.UTF_8);
        boolean matched = false;
        for (SecretKeySpec key : keys) {
            for (String candidate : candidates(url)) {
                matched |= MessageDigest.isEqual(sign(key, candidate + fields), given);
            }
        }
        return matched;
    }

    private static Set<String> candidates(String url) {
        Set<String> candidates = new LinkedHashSet<>();
        candidates.add(url);
        int authority = url.indexOf("://") + 3;
        if (authority < 3) {
            return candidates;
        }
        int authorityEnd = endOfAuthority(url, authority);
        int port = startOfPort(url, authority, authorityEnd);
        String begin = url.substring(0, port);
        String rest = url.substring(authorityEnd);
        candidates.add(begin + rest);
        candidates.add(begin + defaultPort(url.substring(0, authority - 3)) + rest);
        return candidates;
    }

    private static int endOfAuthority(String url, int from) {
        int i = from;
        while (i < url.length() && "/?#".indexOf(url.charAt(i)) < 0) {
            i++;
        }
        return i;
    }

    /** The colon before the port, or the authority's end. An IPv6 address has colons of its own, within brackets. */
    private static int startOfPort(String url, int from, int to) {
        int i = to;
        while (i > from && Character.isDigit(url.charAt(i - 1))) {
            i--;
        }
        return i > from && url.charAt(i - 1) == ':' ? i - 1 : to;
    }

    private static String defaultPort(String scheme) {
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "https", "wss" -> ":443";
            case "http", "ws" -> ":80";
            default -> "";
        };
    }

    /** The hash that the URL names; empty, which no body has, when there is none. */
    private static byte[] namedHash(String url) {
        int query = url.indexOf('?');
        for (String parameter : url.substring(query + 1).split("[&#]", -1)) {
            if (query >= 0 && parameter.startsWith(BODY_HASH)) {
                return hex(parameter.substring(BODY_HASH.length()));
            }
        }
        return new byte[0];
    }

    private static byte[] hex(String digits) {
        boolean valid = digits.length() == 64 && digits.chars().allMatch(HexFormat::isHexDigit);
        return valid ? HexFormat.of().parseHex(digits) : new byte[0];
    }

    private static byte[] sign(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] hash = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encode(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + ": not in this JDK (expected: in every JDK)", e);
        }
    }

    private static byte[] sha256(byte[] body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-256: not in this JDK (expected: in every JDK)", e);
        }
    }

    private static SecretKeySpec key(String name, String token) {
        if (token.isBlank()) {
            throw new IllegalArgumentException(name + ": blank (expected: the account's auth token)");
        }
        return new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }
}
