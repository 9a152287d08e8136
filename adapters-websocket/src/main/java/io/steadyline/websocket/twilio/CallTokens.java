package io.steadyline.websocket.twilio;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;

/**
 * One-time tokens between the webhook's answer and the stream's start: a signature of an upgrade can be repeated by who
 * has seen one, a token cannot. It carries its end of life, 128 random bits and an HMAC-SHA256 over both and the call's
 * id, so a successor with the same key takes it too.
 *
 * <p>Remembered: the used ones until they are too old. Bound: {@code maxUsed}; when full, tokens are refused, never
 * forgotten. A restart forgets them. Time is an argument, in ms since 1970, because it has to mean the same after a
 * restart. One owner, the media loop.
 */
public final class CallTokens {

    /** The name among the stream's parameters. */
    public static final String PARAMETER = "steadyline-token";

    /** From the webhook's answer to the start of its stream; a provider needs a second or two for that. */
    public static final Duration LIFETIME = Duration.ofSeconds(60);

    static final String ALGORITHM = "HmacSHA256";

    private static final int RANDOM_BYTES = 16;
    private static final int SIGNED_BYTES = Long.BYTES + RANDOM_BYTES;
    private static final int TOKEN_BYTES = SIGNED_BYTES + TokenKey.BYTES;

    /** Characters of a token: base64url without padding. */
    public static final int TOKEN_CHARS = (TOKEN_BYTES * 8 + 5) / 6;

    /** What a token is worth. */
    public enum Verdict {
        /** Used now; the next time it is not valid. */
        VALID("valid"),
        /** Made up, changed, of another key or of another call: which of them cannot be told. */
        FOREIGN("not given by this gateway for this call"),
        EXPIRED("older than " + LIFETIME.toSeconds() + " s"),
        USED("used before"),
        /** Nobody could say whether it comes again. */
        TOO_MANY("too many tokens at a time");

        private final String words;

        Verdict(String words) {
            this.words = words;
        }

        /** For a log line and a close reason. */
        public String words() {
            return words;
        }
    }

    private record Nonce(long high, long low) {}

    private final int maxUsed;
    private final Mac mac;
    private final SecureRandom random = new SecureRandom();
    /** The end of life of each, in the order of use: none of them lives longer than a lifetime from its use. */
    private final LinkedHashMap<Nonce, Long> used = new LinkedHashMap<>();

    /** @param maxUsed tokens that are used within one lifetime */
    public CallTokens(TokenKey key, int maxUsed) {
        if (maxUsed < 1) {
            throw new IllegalArgumentException("maxUsed: " + maxUsed + " (expected: 1 or more)");
        }
        this.maxUsed = maxUsed;
        this.mac = macOf(key);
    }

    /** A new token for this call, to be used within a {@link #LIFETIME}. */
    public String issue(String callSid, long nowMs) {
        byte[] nonce = new byte[RANDOM_BYTES];
        random.nextBytes(nonce);
        ByteBuffer token = ByteBuffer.allocate(TOKEN_BYTES);
        token.putLong(nowMs + LIFETIME.toMillis()).put(nonce);
        token.put(sign(token.array(), callSid));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token.array());
    }

    /** Uses the token up, if it is valid. */
    public Verdict redeem(String callSid, String token, long nowMs) {
        byte[] bytes = decode(token);
        if (bytes.length != TOKEN_BYTES) {
            return Verdict.FOREIGN;
        }
        ByteBuffer fields = ByteBuffer.wrap(bytes);
        long endMs = fields.getLong();
        Nonce nonce = new Nonce(fields.getLong(), fields.getLong());
        byte[] signature = new byte[fields.remaining()];
        fields.get(signature);
        if (!MessageDigest.isEqual(sign(bytes, callSid), signature)) {
            return Verdict.FOREIGN;
        }
        if (nowMs >= endMs) {
            return Verdict.EXPIRED;
        }
        forgetExpired(nowMs);
        if (used.containsKey(nonce)) {
            return Verdict.USED;
        }
        if (used.size() >= maxUsed) {
            return Verdict.TOO_MANY;
        }
        used.put(nonce, endMs);
        return Verdict.VALID;
    }

    /** Used tokens that are remembered. */
    int remembered() {
        return used.size();
    }

    private void forgetExpired(long nowMs) {
        Iterator<Map.Entry<Nonce, Long>> oldest = used.entrySet().iterator();
        while (oldest.hasNext() && nowMs >= oldest.next().getValue()) {
            oldest.remove();
        }
    }

    /** The signed fields have a fixed length, so the call's id behind them cannot be shifted into them. */
    private byte[] sign(byte[] token, String callSid) {
        mac.update(token, 0, SIGNED_BYTES);
        return mac.doFinal(callSid.getBytes(StandardCharsets.UTF_8));
    }

    /** Empty, which no token is, when it is no base64url. */
    private static byte[] decode(String token) {
        if (token.length() != TOKEN_CHARS) {
            return new byte[0];
        }
        try {
            return Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException malformed) {
            return new byte[0];
        }
    }

    private static Mac macOf(TokenKey key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key.secret());
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + ": not in this JDK (expected: in every JDK)", e);
        }
    }
}
