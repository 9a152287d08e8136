package io.steadyline.websocket.twilio;

import java.security.SecureRandom;
import javax.crypto.spec.SecretKeySpec;

/** The secret behind {@link CallTokens}. Who keeps it over a restart has tokens that outlive one. Never printed. Immutable. */
public final class TokenKey {

    /** As long as the hash that it is used with. */
    public static final int BYTES = 32;

    private final SecretKeySpec secret;

    private TokenKey(byte[] secret) {
        this.secret = new SecretKeySpec(secret, CallTokens.ALGORITHM);
    }

    /** @param secret {@link #BYTES} random bytes; copied */
    public static TokenKey of(byte[] secret) {
        if (secret.length != BYTES) {
            throw new IllegalArgumentException("secret: " + secret.length + " bytes (expected: " + BYTES + ")");
        }
        return new TokenKey(secret);
    }

    /** A new one, from the system's source of random. */
    public static TokenKey random() {
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        return new TokenKey(secret);
    }

    /** A copy of the secret, for the file that keeps it. */
    public byte[] bytes() {
        return secret.getEncoded();
    }

    SecretKeySpec secret() {
        return secret;
    }

    @Override
    public String toString() {
        return "TokenKey[not shown]";
    }
}
