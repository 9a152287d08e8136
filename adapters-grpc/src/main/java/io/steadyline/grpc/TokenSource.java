package io.steadyline.grpc;

/** Where the bearer token comes from; asked at every call, so that a token can be replaced while the server runs. */
@FunctionalInterface
public interface TokenSource {

    /** Shorter ones can be guessed. */
    int MIN_TOKEN_CHARS = 16;

    /** The token as it is now. Any thread; must not block. */
    String token();

    /** One that never changes. */
    static TokenSource fixed(String token) {
        return () -> token;
    }
}
