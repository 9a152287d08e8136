package io.steadyline.stt.vendor;

import java.time.Instant;
import java.util.List;

/**
 * What one connection is opened for.
 *
 * @param sessionId of the call's session; the same for each of its connections
 * @param attempt number of the connection in its session, from 1
 * @param audio what will be sent
 * @param language BCP 47, such as {@code en-US}
 * @param hints words and phrases that are likely
 * @param context what was said last before this connection; empty: nothing is known
 * @param at wall clock, for signatures
 */
public record Opening(
        String sessionId,
        int attempt,
        VendorAudio audio,
        Options options,
        String language,
        List<String> hints,
        String context,
        Instant at) {
    public Opening {
        hints = List.copyOf(hints);
    }
}
