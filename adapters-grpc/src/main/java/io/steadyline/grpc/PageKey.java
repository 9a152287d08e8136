package io.steadyline.grpc;

import io.steadyline.call.CallView;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;

/**
 * A call's place in the list, and the page token made of it. The place depends on the call alone, so it still means
 * something when other calls have come and gone; a call that ends only ever moves towards the end of the list.
 */
record PageKey(boolean live, Instant startedAt, String callId) {

    /** Live before ended; live ones oldest first, ended ones latest start first. */
    static final Comparator<PageKey> ORDER = Comparator.comparing((PageKey key) -> !key.live())
            .thenComparing((a, b) -> a.live()
                    ? a.startedAt().compareTo(b.startedAt())
                    : b.startedAt().compareTo(a.startedAt()))
            .thenComparing(PageKey::callId);

    static PageKey of(CallView call) {
        return new PageKey(
                call.state().isLive(), call.startedAt(), call.facts().callId().value());
    }

    String token() {
        String text = (live ? "L" : "E") + " " + startedAt.getEpochSecond() + " " + startedAt.getNano() + " " + callId;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws IllegalArgumentException it was not made by {@link #token()} */
    static PageKey parse(String token) {
        String[] parts = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8).split(" ", 4);
        if (parts.length != 4 || !(parts[0].equals("L") || parts[0].equals("E"))) {
            throw new IllegalArgumentException("page token of " + parts.length + " parts (expected: 4)");
        }
        try {
            Instant startedAt = Instant.ofEpochSecond(Long.parseLong(parts[1]), Long.parseLong(parts[2]));
            return new PageKey(parts[0].equals("L"), startedAt, parts[3]);
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("page token with a time out of range", e);
        }
    }
}
